import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { CommandWord } from "../../model/command.ts";
import { RecordKind, recordKindName } from "../../model/record.ts";
import { EntryKind } from "../../store/journal/entry-kind.ts";
import type { LogObject } from "../../testing/exported-log.ts";
import { MemoryByteSink, exportTo, exportedRows, rowsOf } from "../../testing/exported-log.ts";
import type { RecordSample, SampleEntry } from "../../testing/journal-samples.ts";
import { readAll } from "../../testing/journal-samples.ts";
import { RunsFolder } from "../../testing/recorded-run.ts";
import { FEW, VENUE, scenarioOf } from "../../testing/scenario-text.ts";
import { Divergence } from "../journal-verifier.ts";
import type { Recorded } from "../record-run.ts";
import { COLUMNS } from "./columns.ts";

/** Two venues that list two instruments on grids of their own, and agents at both. */
const SECOND =
  "{ name: YSIM, instruments: [{ symbol: BOLT, base: BOLT, quote: USD, tick: 0.5, lot: 0.001, referencePrice: 50 }] }";
const OTHERS = [
  "{ kind: noise, name: near, count: 3, symbol: BOLT, parameters: { ordersPerDay: 300 } }",
  "{ kind: value, name: far, count: 3, symbol: BOLT, parameters: { meanInterval: 5s } }",
];
const VALUES = ["ACME, mean: 1000", "BOLT, mean: 50"].map(
  (value) => `{ symbol: ${value}, kappaPerNs: 1.67e-16, sigmaTicksPerSqrtNs: 5.0e-5 }`,
);

const folder = new RunsFolder();
let recorded: Recorded;
let journal = "";
let rows: LogObject[] = [];

beforeAll(async () => {
  recorded = await folder.record(
    scenarioOf({ venues: [VENUE, SECOND], fundamentals: VALUES, population: [...FEW, ...OTHERS], duration: "5m" }),
  );
  ({ journal } = recorded.directory);
  rows = await exportedRows({ journal });
});
afterAll(() => {
  folder[Symbol.dispose]();
});

const atVenue = (kind: string): LogObject[] => rows.filter((row) => row["source"] === "venue" && row["kind"] === kind);
const delivered = (kind?: string): LogObject[] =>
  rows.filter((row) => row["source"] === "delivery" && (kind ?? row["kind"]) === row["kind"]);

describe("the log of a run", () => {
  test("numbers its rows without a gap, in order of time", () => {
    expect(rows.map((row) => row["sequence"])).toEqual(rows.map((_, index) => index));
    const times = rows.map((row) => Number(row["timeNs"]));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  test("has every message that was delivered", () => {
    expect(delivered()).toHaveLength(recorded.world.kernel.messages);
    expect(delivered().every((row) => row["receiver"] !== undefined && row["sender"] !== undefined)).toBe(true);
  });

  test("has every command of the journal, word for word", () => {
    const commands = readAll(readFileSync(journal)).entries.filter(isCommand);
    const logged = rows.filter(({ source, kind }) => source === "venue" && kindCode(kind) <= RecordKind.disconnect);
    expect(logged.length).toBeGreaterThan(100);
    expect(logged.map((row) => [row["timeNs"], row["kind"], row["account"], row["orderId"]])).toEqual(
      commands.map(({ timeNs, words }) => {
        const kind = words[CommandWord.kind];
        const orderId = kind <= RecordKind.replaceOrder ? words[CommandWord.orderId] : undefined;
        return [timeNs, recordKindName(kind), words[CommandWord.owner], orderId];
      }),
    );
  });

  test("accounts for every trade, each side of it and each fee", () => {
    const volumes = new Map<unknown, number>();
    for (const row of atVenue("trade")) {
      volumes.set(row["instrument"], (volumes.get(row["instrument"]) ?? 0) + Number(row["qty"]));
    }
    const { instruments, money } = recorded.summary;
    expect(volumes.get("ACME")).toBe(Number(instruments[0].volume));
    expect(atVenue("trade")).toHaveLength(instruments[0].trades + instruments[1].trades);
    const units = atVenue("trade").reduce((sum, row) => sum + decimal(row["fee"]) + decimal(row["counterFee"]), 0);
    const usd = money.find(({ asset }) => asset === "USD");
    expect(units).toBe(decimal(usd?.fees));
    expect(delivered("fill").length).toBeGreaterThan(atVenue("trade").length);
  });

  test("tells the life of an order under its agent's name", () => {
    const fill = delivered("fill").find((row) => row["leavesQty"] === "0");
    const { agent, orderId } = fill as LogObject;
    const life = rows.filter(
      (row) => row["source"] === "venue" && row["agent"] === agent && row["orderId"] === orderId,
    );
    expect(life.slice(0, 2).map((row) => row["kind"])).toEqual(["submitOrder", "orderAccepted"]);
    expect(life[0]).toMatchObject({ instrument: "ACME", venue: "XSIM", side: fill?.["side"] });
  });

  test("writes prices and quantities with the decimals of their grids", () => {
    const [acme, bolt] = ["ACME", "BOLT"].map((symbol) =>
      atVenue("submitOrder").find((row) => row["instrument"] === symbol && row["orderType"] === "limit"),
    );
    expect(acme?.["price"]).toMatch(/^\d+\.\d\d$/);
    expect(acme?.["qty"]).toMatch(/^\d+$/);
    expect(bolt?.["price"]).toMatch(/^\d+\.[05]$/);
    expect(bolt?.["qty"]).toMatch(/^\d+\.\d{3}$/);
  });

  test("uses columns that are documented, and no others", () => {
    const names = new Set(rows.flatMap((row) => Object.keys(row)));
    expect([...names].filter((name) => !COLUMNS.some((column) => column.name === name))).toEqual([]);
  });

  test("is the same at each export, and leaves the run as it was", async () => {
    const sink = new MemoryByteSink();
    const { isProven, replayed, rowsInAll } = await exportTo(sink, { journal });
    expect(isProven).toBe(true);
    expect(replayed.world.kernel.tape.digest()).toBe(recorded.summary.tape);
    expect(rowsInAll).toBe(rows.length);
    expect(sink.state).toBe("committed");
    expect(rowsOf(sink.bytes)).toEqual(rows);
  });
});

describe("a filter lets pass exactly what it names:", () => {
  const parties = (row: LogObject): unknown[] =>
    ["agent", "counterAgent", "sender", "receiver"].map((name) => row[name]);
  test.each<[string, Parameters<typeof exportTo>[1]["query"], (row: LogObject) => boolean]>([
    ["an agent", { agents: ["maker-1"] }, (row) => parties(row).includes("maker-1")],
    [
      "agents",
      { agents: ["noise-1", "near-2"] },
      (row) => parties(row).some((name) => name === "noise-1" || name === "near-2"),
    ],
    ["an instrument", { instruments: ["BOLT"] }, (row) => row["instrument"] === "BOLT"],
    ["a venue", { venues: ["XSIM"] }, (row) => row["venue"] === "XSIM"],
    ["kinds", { kinds: ["trade", "quote"] }, (row) => row["kind"] === "trade" || row["kind"] === "quote"],
    ["a source", { source: "venue" }, (row) => row["source"] === "venue"],
    ["a time", { fromNs: 60e9, toNs: 120e9 }, (row) => Number(row["timeNs"]) >= 60e9 && Number(row["timeNs"]) < 120e9],
    [
      "all of it",
      { agents: ["noise-1"], kinds: ["fill"], fromNs: 30e9, instruments: ["ACME"] },
      (row) => parties(row).includes("noise-1") && row["kind"] === "fill" && Number(row["timeNs"]) >= 30e9,
    ],
  ])("%s", async (_, query, passes) => {
    const found = await exportedRows({ journal, query: query ?? {} });
    expect(found.length).toBeGreaterThan(0);
    expect(found).toEqual(rows.filter(passes));
  });
});

describe("an export is refused, and what was written is discarded,", () => {
  test.each<[string, (entries: readonly SampleEntry[]) => readonly SampleEntry[]]>([
    [
      "where a command was altered",
      (entries) => changeFirst(entries, isCommand, (words) => (words[CommandWord.qtyLots] += 1)),
    ],
    ["where a command is missing", (entries) => entries.toSpliced(entries.findIndex(isCommand), 1)],
    [
      "where a hash was altered",
      (entries) =>
        changeFirst(
          entries,
          (entry) => entry.kind === EntryKind.checkpoint,
          (words) => (words[2] ^= 1),
        ),
    ],
  ])("%s", async (_, edit) => {
    const sink = new MemoryByteSink();
    await expect(exportTo(sink, { journal: folder.rewrite(journal, edit) })).rejects.toThrow(Divergence);
    expect(sink.state).toBe("discarded");
  });

  test("where it is interrupted", async () => {
    const sink = new MemoryByteSink();
    const { isProven } = await exportTo(sink, { journal, signal: AbortSignal.abort() });
    expect([sink.state, isProven]).toEqual(["discarded", false]);
  });

  test("where the disk is full, with the disk's own error", async () => {
    const sink = new MemoryByteSink();
    sink.write = () => {
      throw new Error("no space left");
    };
    await expect(exportTo(sink, { journal })).rejects.toThrow("no space left");
    expect(sink.state).toBe("discarded");
  });
});

test("a journal without an end is exported as far as it goes, and says that this is not all", async () => {
  const cut = folder.rewrite(journal, (entries) => entries.slice(0, entries.findIndex(isCommand) + 200));
  const sink = new MemoryByteSink();
  const { isProven } = await exportTo(sink, { journal: cut });
  expect([sink.state, isProven]).toEqual(["committed", false]);
  const found = rowsOf(sink.bytes);
  expect(found.length).toBeGreaterThan(200);
  expect(found).toEqual(rows.slice(0, found.length));
});

function isCommand(entry: SampleEntry): entry is RecordSample {
  return entry.kind === EntryKind.command;
}

function changeFirst(
  entries: readonly SampleEntry[],
  fits: (entry: SampleEntry) => boolean,
  change: (words: number[]) => unknown,
): readonly SampleEntry[] {
  const place = entries.findIndex(fits);
  const words = [...(entries[place] as RecordSample).words];
  change(words);
  return entries.with(place, { ...(entries[place] as RecordSample), words });
}

function kindCode(name: unknown): number {
  return RecordKind[name as keyof typeof RecordKind];
}

/** Dollars as text, in their smallest unit: BOLT's tick times its lot asks for four decimals. */
function decimal(text: unknown): number {
  expect(text).toMatch(/^-?\d+\.\d{4}$/);
  return Number(String(text).replace(".", ""));
}
