import { existsSync, readFileSync, readdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";

import { afterAll, describe, expect, test } from "vitest";

import type { Agent, AgentFactory, Market } from "../agents/port.ts";
import { MAILBOX_EVENTS_MAX } from "../kernel/mailboxes.ts";
import { WallDriver } from "../kernel/wall-driver.ts";
import { RECORD_WORDS, RecordKind } from "../model/record.ts";
import { EntryKind } from "../store/journal/entry-kind.ts";
import { verifyJournal } from "../store/journal/recovery.ts";
import { FakeClock } from "../testing/fake-clock.ts";
import { readAll } from "../testing/journal-samples.ts";
import { RunsFolder, manifestOf, replay } from "../testing/recorded-run.ts";
import { FEW, scenarioOf } from "../testing/scenario-text.ts";
import { Divergence } from "./journal-verifier.ts";
import type { Recorded } from "./record-run.ts";
import { readOutline } from "./replay-run.ts";

const folder = new RunsFolder();
afterAll(() => {
  folder[Symbol.dispose]();
});

const OWN = scenarioOf({ population: FEW, agents: ["{ file: ./own.ts, name: own, parameters: { mode: loud } }"] });

/** An agent that does this three minutes after the start. */
function atThreeMinutes(act: (agent: Agent, market: Market) => unknown): AgentFactory {
  return ({ market }) => ({
    onStart: (agent) => void agent.setTimer(180e9, 7),
    // What an agent of somebody's own returns, nobody has checked.
    onTimer: (agent) => act(agent, market) as undefined,
  });
}

function entriesOf({ directory }: Recorded): ReturnType<typeof readAll>["entries"] {
  return readAll(readFileSync(directory.journal)).entries;
}

test("a run leaves manifest, journal, result and report, and `latest` points to it", async () => {
  const scenario = scenarioOf({ duration: "1m" });
  const { directory, summary, failure } = await folder.record(scenario);
  expect(failure).toBeUndefined();
  expect(readdirSync(directory.path).sort()).toEqual(["journal.tsj", "manifest.json", "report.html", "result.json"]);
  expect(join(folder.path, readlinkSync(join(folder.path, "latest")))).toBe(directory.path);
  const read = (file: string): unknown => JSON.parse(readFileSync(join(directory.path, file), "utf8"));
  expect(read("manifest.json")).toEqual(manifestOf(scenario));
  expect(read("result.json")).toEqual(JSON.parse(JSON.stringify(summary)));
  const entries = entriesOf({ directory } as Recorded);
  expect(entries[0]).toEqual({ kind: EntryKind.manifest, timeNs: 0, json: manifestOf(scenario) });
  expect(entries.at(-2)?.kind).toBe(EntryKind.checkpoint);
  expect(entries.at(-1)).toMatchObject({
    kind: EntryKind.end,
    json: { reason: summary.ended, events: summary.events, tape: summary.tape },
  });
});

describe("an actor that fails stops the run, which is written down whole", () => {
  test.each<[string, (agent: Agent, market: Market) => unknown, string, string]>([
    [
      "throws",
      () => {
        throw new RangeError("out of luck");
      },
      "timer 7",
      "out of luck",
    ],
    [
      "returns a promise",
      () => Promise.resolve(),
      "timer 7",
      "it returned a promise; a handler is synchronous and returns nothing",
    ],
    ["returns a promise that fails", () => Promise.reject(new Error("later")), "timer 7", "it returned a promise;"],
    ["returns something", () => 42, "timer 7", "it returned 42; a handler returns nothing"],
    [
      "sends a price that is no number",
      (agent, market) => void agent.submit(market, { side: "buy", qtyLots: 1, priceTicks: Number.NaN }),
      "timer 7",
      "priceTicks is a whole number of at most 2^31 - 1, found NaN",
    ],
    [
      "sends half a lot",
      (agent, market) => void agent.submit(market, { side: "buy", qtyLots: 0.5, priceTicks: 1 }),
      "timer 7",
      "qtyLots is a whole number of at most 2^31 - 1, found 0.5",
    ],
  ])("one that %s", async (_name, act, event, reason) => {
    const factories = { "./own.ts": atThreeMinutes(act) };
    const { failure, summary, directory } = await folder.record(OWN, { factories });
    expect(failure).toMatchObject({ actor: "own-1", event, timeNs: 180e9 });
    expect(failure?.message).toMatch(`own-1 failed at event ${summary.events} (${event}, 180000000000 ns): ${reason}`);
    expect(summary).toMatchObject({
      ended: "failed",
      simulatedNs: 180e9,
      money: [{ conserved: true }, { conserved: true }],
    });
    expect(verifyJournal(directory.journal)).toMatchObject({ complete: true, tail: { kind: "whole" } });
    expect(JSON.parse(readFileSync(join(directory.path, "result.json"), "utf8"))).toMatchObject({
      ended: "failed",
      failure: failure?.message,
    });

    const again = await replay(directory.journal, { factories });
    expect([again.proof, again.failure?.message]).toEqual(["equal", failure?.message]);
    const before = await replay(directory.journal, { factories, eventsMax: summary.events - 1 });
    expect([before.proof, before.failure]).toEqual(["partial", undefined]);

    // Mended since, or failing in another way: then the run is not the same any more.
    const mended = { "./own.ts": atThreeMinutes(() => undefined) };
    await expect(replay(directory.journal, { factories: mended })).rejects.toThrow(
      /: it came to \d+ events, the run to \d+ \(own-1 failed/,
    );
    const other = { "./own.ts": atThreeMinutes(() => "x") };
    await expect(replay(directory.journal, { factories: other })).rejects.toThrow(
      /: it failed \(own-1 failed at .*\), the run failed \(/,
    );
  });

  test("one that cannot keep up", async () => {
    const factories = {
      "./own.ts": (() => ({
        onStart: (agent) => {
          for (let i = 0; i <= MAILBOX_EVENTS_MAX; i++) agent.setTimer(180e9, i);
          agent.spend(300e9);
        },
      })) satisfies AgentFactory,
    };
    const { failure, directory, summary } = await folder.record(OWN, { factories });
    expect(failure?.message).toMatch(
      /^own-1 failed at event \d+ \(timer \d+, 180000000000 ns\): its mailbox is full \(\d+ events\): it cannot keep up$/,
    );
    const again = await replay(directory.journal, { factories });
    expect([again.proof, again.failure?.message]).toEqual(["equal", failure?.message]);
    const before = await replay(directory.journal, { factories, eventsMax: summary.events });
    expect([before.proof, before.failure]).toEqual(["partial", undefined]);
    await expect(replay(directory.journal, { factories: { "./own.ts": () => ({}) } })).rejects.toThrow(
      /the replay differs/,
    );
  });

  test("a run that did not fail is not equal to a replay that does", async () => {
    const { directory } = await folder.record(OWN, { factories: { "./own.ts": atThreeMinutes(() => undefined) } });
    const failing = { "./own.ts": atThreeMinutes(() => 42) };
    await expect(replay(directory.journal, { factories: failing })).rejects.toThrow(/^own-1 failed at event/);
  });
});

describe("a run that is interrupted", () => {
  test("is whole up to there, and is made again up to there", async () => {
    const controller = new AbortController();
    const factories = { "./own.ts": atThreeMinutes(() => controller.abort()) };
    // On a machine that takes no time for it, slices of events are as long as they can be.
    const options = { factories, signal: controller.signal, clock: new FakeClock() };
    const { summary, directory } = await folder.record(OWN, options);
    expect(summary.ended).toBe("interrupted");
    expect(summary.simulatedNs).toBeGreaterThanOrEqual(180e9);
    expect(summary.simulatedNs).toBeLessThan(600e9);
    expect(verifyJournal(directory.journal).complete).toBe(true);
    expect(readOutline(directory.journal).end).toMatchObject({ reason: "interrupted", events: summary.events });
    const again = await replay(directory.journal, { factories });
    expect([again.proof, again.world.kernel.tape.digest()]).toEqual(["equal", summary.tape]);
  });

  test("before its first event is a run too", async () => {
    const { summary, directory } = await folder.record(scenarioOf(), { signal: AbortSignal.abort() });
    expect(summary).toMatchObject({ ended: "interrupted", events: 0, simulatedNs: 0 });
    expect((await replay(directory.journal)).proof).toBe("equal");
  });
});

describe("a run with changes on the way", () => {
  const scenario = scenarioOf({ population: FEW });
  const change = { events: 3_000, path: "value.meanInterval", value: "1s" };

  test("is the old run up to there, and another one from there", async () => {
    const plain = await folder.record(scenario);
    const changed = await folder.record(scenario, { changes: [change] });
    expect(changed.summary.tape).not.toBe(plain.summary.tape);
    const upTo = async ({ directory }: Recorded, events: number): Promise<string> =>
      (await replay(directory.journal, { eventsMax: events })).world.kernel.tape.digest();
    expect(await upTo(changed, 3_000)).toBe(await upTo(plain, 3_000));
    expect(await upTo(changed, 6_000)).not.toBe(await upTo(plain, 6_000));
    expect(readOutline(changed.directory.journal).changes).toEqual([change]);
    const again = await replay(changed.directory.journal);
    expect([again.proof, again.world.kernel.tape.digest()]).toEqual(["equal", changed.summary.tape]);
    // The manifest says what the run began with.
    expect(readOutline(changed.directory.journal).manifest.scenario).toEqual(scenario);
  });

  test("several at once, and one after its end, take effect in their order", async () => {
    const late = { ...change, events: 1e9, path: "noise.typicalLots", value: 3 };
    const both = [change, { ...change, value: "2s" }, { ...change, events: 5_000, value: "30s" }, late];
    const { directory, world } = await folder.record(scenario, { changes: both });
    expect(readOutline(directory.journal).changes).toEqual(both.slice(0, 3));
    expect(world.groups[1].parameters["meanInterval"]).toBe(30e9);
    expect((await replay(directory.journal)).proof).toBe("equal");
  });

  test("with no change at all is the run itself", async () => {
    const same = { ...change, value: "5s" };
    const plain = await folder.record(scenario);
    expect((await folder.record(scenario, { changes: [same] })).summary.tape).toBe(plain.summary.tape);
  });
});

test("what cannot be made leaves nothing behind", async () => {
  using empty = new RunsFolder();
  const factories = { "./own.ts": () => ({ onQoute: () => undefined }) as object };
  await expect(empty.record(OWN, { factories })).rejects.toThrow("own-1 cannot be made");
  expect(readdirSync(empty.path)).toEqual([]);
  expect(existsSync(join(empty.path, "latest"))).toBe(false);
});

describe("a run with messages from outside", () => {
  const scenario = scenarioOf({ duration: "1m" });

  /** Follows a clock; at two moments somebody asks the venue something. */
  function recordLive(): Promise<Recorded> {
    const clock = new FakeClock({ startMs: 0 });
    return folder.record(scenario, {
      clock,
      createDriver: (kernel) => {
        const driver = new WallDriver(kernel, { clock });
        const question = new Int32Array(2 * RECORD_WORDS);
        question[0] = RecordKind.cancelAllOrders;
        for (const atMs of [500, 30_000]) clock.at(atMs, () => driver.hand(kernel.find("XSIM"), question));
        clock.at(50_000, () => driver.close());
        return driver;
      },
    });
  }

  test("is made again, by its journal alone", async () => {
    const { directory, summary, world } = await recordLive();
    const { inputs } = readOutline(directory.journal);
    const records = new Int32Array(2 * RECORD_WORDS);
    records[0] = RecordKind.cancelAllOrders;
    const to = world.kernel.find("XSIM");
    expect(inputs).toEqual([500e6, 30_000e6].map((timeNs) => ({ timeNs, to, records })));
    expect(summary.tape).not.toBe((await folder.record(scenario)).summary.tape);
    const again = await replay(directory.journal);
    expect([again.proof, again.world.kernel.tape.digest()]).toEqual(["equal", summary.tape]);
    expect((await replay(directory.journal, { untilNs: 20e9 })).proof).toBe("partial");
  });

  test("is another run without one of them", async () => {
    const { directory } = await recordLive();
    const without = folder.rewrite(directory.journal, (entries) => {
      const place = entries.findIndex(({ kind }) => kind === EntryKind.input);
      return entries.toSpliced(place, 1);
    });
    await expect(replay(without)).rejects.toThrow(Divergence);
  });
});
