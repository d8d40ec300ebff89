import { readFileSync, truncateSync, writeFileSync } from "node:fs";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { CommandWord } from "../model/command.ts";
import type { RecordSample, SampleEntry } from "../testing/journal-samples.ts";
import { RunsFolder, replay } from "../testing/recorded-run.ts";
import { FEW, scenarioOf } from "../testing/scenario-text.ts";
import { EntryKind } from "../store/journal/entry-kind.ts";
import { JournalCorrupt } from "../store/journal/journal-error.ts";
import { verifyJournal } from "../store/journal/recovery.ts";
import { Divergence } from "./journal-verifier.ts";
import type { Manifest } from "./manifest.ts";
import type { Recorded } from "./record-run.ts";
import { readOutline } from "./replay-run.ts";

const folder = new RunsFolder();
let recorded: Recorded;
let journal = "";

beforeAll(async () => {
  recorded = await folder.record(scenarioOf({ population: FEW }));
  ({ journal } = recorded.directory);
});
afterAll(() => {
  folder[Symbol.dispose]();
});

/** Replays the journal with other entries, and returns how the replay differs from it. */
async function divergenceOf(edit: (entries: readonly SampleEntry[]) => readonly SampleEntry[]): Promise<Divergence> {
  const path = folder.rewrite(journal, edit);
  const error: unknown = await replay(path).then(
    () => "no divergence",
    (caught: unknown) => caught,
  );
  if (error instanceof Divergence) return error;
  throw error;
}

function isCommand(entry: SampleEntry): entry is RecordSample {
  return entry.kind === EntryKind.command;
}

/** Changes the first entry that fits. */
function changeFirst(
  fits: (entry: SampleEntry) => boolean,
  change: (entry: SampleEntry) => readonly SampleEntry[],
): (entries: readonly SampleEntry[]) => readonly SampleEntry[] {
  return (entries) => {
    const place = entries.findIndex(fits);
    return [...entries.slice(0, place), ...change(entries[place]), ...entries.slice(place + 1)];
  };
}

function withScenario(
  change: Partial<Manifest["scenario"]>,
): (entries: readonly SampleEntry[]) => readonly SampleEntry[] {
  return changeFirst(
    ({ kind }) => kind === EntryKind.manifest,
    (entry) => {
      const manifest = (entry as { json: Manifest }).json;
      return [
        { kind: EntryKind.manifest, timeNs: 0, json: { ...manifest, scenario: { ...manifest.scenario, ...change } } },
      ];
    },
  );
}

function withEnd(change: object): (entries: readonly SampleEntry[]) => readonly SampleEntry[] {
  return changeFirst(
    ({ kind }) => kind === EntryKind.end,
    (entry) => [{ ...entry, json: { ...(entry as { json: object }).json, ...change } } as SampleEntry],
  );
}

describe("an untouched run", () => {
  test("is made again, word for word", async () => {
    const { world, proof, compared, checkpoints } = await replay(journal);
    expect(proof).toBe("equal");
    expect(world.kernel.tape.digest()).toBe(recorded.summary.tape);
    expect(world.kernel.events).toBe(recorded.summary.events);
    expect(compared).toBe(verifyJournal(journal).entries - 2);
    expect(checkpoints).toBe(1);
  });

  test("stops where it is told to", async () => {
    const byEvents = await replay(journal, { eventsMax: 500 });
    expect([byEvents.proof, byEvents.world.kernel.events]).toEqual(["partial", 500]);
    const byTime = await replay(journal, { untilNs: 60e9 });
    expect(byTime.proof).toBe("partial");
    expect(byTime.world.kernel.nowNs).toBeLessThanOrEqual(60e9);
    expect(byTime.world.kernel.nextTimeNs).toBeGreaterThan(60e9);
    const nothing = await replay(journal, { eventsMax: 0 });
    expect([nothing.proof, nothing.compared]).toEqual(["partial", 0]);
    const all = await replay(journal, { eventsMax: recorded.summary.events });
    expect(all.proof).toBe("equal");
  });

  test("is not called equal when the replay is interrupted", async () => {
    const { proof, world } = await replay(journal, { signal: AbortSignal.abort() });
    expect([proof, world.kernel.events]).toEqual(["partial", 0]);
  });
});

describe("a journal that says something else is contradicted", () => {
  test.each(Object.entries(CommandWord).filter(([field]) => field !== "kind"))(
    "%s of a command",
    async (field, word) => {
      const { message, sequence } = await divergenceOf(
        changeFirst(isCommand, (entry) => [
          { ...entry, words: (entry as RecordSample).words.with(word, (entry as RecordSample).words[word] ^ 1) },
        ]),
      );
      expect(message).toMatch(
        new RegExp(
          String.raw`^the replay differs from the journal at entry 1 \(\d+ ns\): submitOrder: ${field} is -?\d+, was -?\d+$`,
        ),
      );
      expect(sequence).toBe(1);
    },
  );

  test("the kind of a command", async () => {
    const { message } = await divergenceOf(
      changeFirst(isCommand, (entry) => [{ ...entry, words: (entry as RecordSample).words.with(0, 2) } as SampleEntry]),
    );
    expect(message).toMatch(/: submitOrder: kind is 1, was 2 \(submitOrder, was cancelOrder\)$/);
  });

  test("the time of a command", async () => {
    const { message } = await divergenceOf(changeFirst(isCommand, (entry) => [{ ...entry, timeNs: entry.timeNs - 1 }]));
    expect(message).toMatch(/at entry 1 .*: submitOrder at \d+ ns, was submitOrder at \d+ ns$/);
  });

  test("a command less, a command more", async () => {
    const less = await divergenceOf(changeFirst(isCommand, () => []));
    expect(less.message).toMatch(/at entry 1 /);
    const more = await divergenceOf(changeFirst(isCommand, (entry) => [entry, entry]));
    expect(more.message).toMatch(/at entry 2 /);
  });

  test("the last command less: the checkpoint behind it is found instead", async () => {
    const { message } = await divergenceOf((entries) => entries.toSpliced(entries.findLastIndex(isCommand), 1));
    expect(message).toMatch(/: \w+ at \d+ ns, was a checkpoint at \d+ ns$/);
  });

  test("a checkpoint", async () => {
    const isCheckpoint = ({ kind }: SampleEntry): boolean => kind === EntryKind.checkpoint;
    const hash = await divergenceOf(
      changeFirst(isCheckpoint, (entry) => [
        { ...entry, words: (entry as RecordSample).words.with(3, (entry as RecordSample).words[3] ^ 1) } as SampleEntry,
      ]),
    );
    expect(hash.message).toMatch(/: another hash after \d+ events: what was delivered differs$/);
    const events = await divergenceOf(
      changeFirst(isCheckpoint, (entry) => [
        { ...entry, words: (entry as RecordSample).words.with(1, (entry as RecordSample).words[1] ^ 1) } as SampleEntry,
      ]),
    );
    expect(events.message).toMatch(/: a checkpoint after \d+ events, was after [\d.]+$/);
  });

  test.each([
    ["the seed", { seed: 2 }, /at entry \d+ /],
    ["a delay", { network: { kind: "constant", delay: 1 } } as const, /at entry 1 /],
    ["a shorter duration", { duration: 300e9 }, /: it came to \d+ events, the run to \d+ \((time|idle)\)$/],
    ["the agents", { population: [] }, /: it came to \d+ events, the run to \d+ \((time|idle)\)$/],
  ])("%s of the scenario in the manifest", async (_name, change, expected) => {
    expect((await divergenceOf(withScenario(change))).message).toMatch(expected);
  });

  test("a longer duration", async () => {
    const { message } = await divergenceOf(withScenario({ duration: 601e9 }));
    expect(message).toMatch(/: it goes on after \d+ events, where the run ended$/);
  });

  test("the end", async () => {
    const { events } = recorded.summary;
    expect((await divergenceOf(withEnd({ events: events + 1 }))).message).toMatch(
      `it came to ${events} events, the run to ${events + 1}`,
    );
    expect((await divergenceOf(withEnd({ events: events - 1 }))).message).toMatch(/: a checkpoint |: another hash /);
    expect((await divergenceOf(withEnd({ failure: "x failed", reason: "failed" }))).message).toMatch(
      /it came to \d+ events, the run to \d+ \(x failed\)/,
    );
  });
});

describe("a journal that was cut", () => {
  test("proves everything up to its last entry, wherever it was cut", async () => {
    const bytes = readFileSync(journal);
    const scenario = scenarioOf({ population: FEW });
    let cuts = 0;
    for (let length = bytes.length - 1; length > 0; length -= Math.ceil(bytes.length / 23)) {
      const path = folder.create().journal;
      writeFileSync(path, bytes.subarray(0, length));
      const report = verifyJournal(path);
      expect(report.complete).toBe(false);
      if (report.entries === 0) continue;
      const outline = readOutline(path);
      expect(outline.manifest.scenario).toEqual(scenario);
      expect((await replay(path)).proof).toBe("partial");
      cuts++;
    }
    expect(cuts).toBeGreaterThan(10);
  });

  test("between two segments, as a process that is killed leaves it, loses what comes after the last one", async () => {
    const { entries } = verifyJournal(journal);
    for (const kept of [1, 2, entries >> 1, entries - 1]) {
      const cut = folder.rewrite(journal, (all) => all.slice(0, kept));
      expect(verifyJournal(cut).tail.kind).toBe("whole");
      const { proof, compared, world } = await replay(cut);
      expect([proof, compared]).toEqual(["partial", kept === entries - 1 ? kept - 2 : kept - 1]);
      expect(world.kernel.nowNs).toBeLessThanOrEqual(readOutline(cut).lastTimeNs);
    }
  });

  test("before the manifest was written, cannot be replayed, and says where it ends", () => {
    const path = folder.create().journal;
    writeFileSync(path, readFileSync(journal));
    truncateSync(path, 40);
    expect(() => readOutline(path)).toThrow(
      expect.objectContaining({
        message: `${path} is torn at byte 16, after entry -1, and holds no manifest: nothing can be replayed`,
        exitCode: 3,
      }),
    );
    truncateSync(path, 16);
    expect(() => readOutline(path)).toThrow(/is 0 entries long, and holds no manifest/);
  });

  test("in its middle is refused, with byte and entry", () => {
    const path = folder.create().journal;
    const bytes = readFileSync(journal);
    bytes[300] ^= 1;
    writeFileSync(path, bytes);
    expect(() => readOutline(path)).toThrow(JournalCorrupt);
    expect(() => readOutline(path)).toThrow(/is corrupt at byte 16 \(segment 0, entry 0\)/);
  });

  test("a manifest of somebody else's is refused", () => {
    for (const json of [{ seed: 7 }, { format: 2 }, { format: 1, scenario: {} }, [], null]) {
      const path = folder.rewrite(journal, () => [{ kind: EntryKind.manifest, timeNs: 0, json }]);
      expect(() => readOutline(path)).toThrow(/was not made by this version of tradeswarm/);
    }
  });
});

describe("over a network of links", () => {
  const network =
    "{ kind: routed, topology: { kind: star, places: [hub, west, east] }, link: { delay: 20ms, jitter: { kind: logNormal, median: 5ms, sigma: 1 }, loss: { kind: bernoulli, probability: 0.05 } }, faults: [{ kind: cut, at: 1m, for: 10s, links: [[hub, west]] }, { kind: crash, at: 2m, for: 5s, who: [maker-1] }, { kind: clog, at: 599s, for: 900ms, links: [[hub, east]] }, { kind: clog, at: 599999999us, for: 1us, links: [[hub, west]] }] }";

  test("a run is made again, though the last that happened in it were steps that no actor saw", async () => {
    const run = await folder.record(scenarioOf({ network, duration: "10m" }));
    const { compared, proof } = await replay(run.directory.journal);
    expect(proof).toBe("equal");
    expect(compared).toBeGreaterThan(1_000);
    expect(run.summary.network?.dropped.lost).toBeGreaterThan(100);
  });
});
