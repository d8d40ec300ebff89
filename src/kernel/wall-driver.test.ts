import { describe, expect, test } from "vitest";

import { InvariantError } from "../core/assert.ts";
import { FakeClock } from "../testing/fake-clock.ts";
import { recordOf } from "../testing/scripted-actor.ts";
import { scriptedKernel } from "../testing/scripted-kernel.ts";
import type { ExternalInput } from "./external-input.ts";
import { discardingJournal } from "./journal-port.ts";
import { INPUTS_WAITING_MAX, WallDriver } from "./wall-driver.ts";

const NS_PER_MS = 1_000_000;

function setup(options: { yieldMs?: () => number } = {}) {
  const clock = new FakeClock({ startMs: 100, ...options });
  const inputs: ExternalInput[] = [];
  const scripted = scriptedKernel(
    { a: { onStart: (context) => context.setTimer(20 * NS_PER_MS, 1) }, b: {} },
    { journal: { ...discardingJournal, input: (timeNs, to, records) => inputs.push({ timeNs, to, records }) } },
  );
  const driver = new WallDriver(scripted.kernel, { clock });
  return { ...scripted, clock, driver, inputs };
}

describe("a run against the wall clock", () => {
  test("stamps inputs with the clock's time and lets events happen at their own", async () => {
    const { clock, driver, log, inputs } = setup();
    const stamps: (number | undefined)[] = [];
    clock.at(105, () => stamps.push(driver.hand(0, recordOf(7))));
    clock.at(130, () => stamps.push(driver.hand(1, recordOf(8)), driver.hand(1, recordOf(9))));
    expect(await driver.run({ untilNs: 40 * NS_PER_MS })).toBe("time");
    expect(clock.nowMs()).toBe(140);
    expect(stamps).toEqual([5 * NS_PER_MS, 30 * NS_PER_MS, 30 * NS_PER_MS]);
    expect(inputs).toEqual([
      { timeNs: 5 * NS_PER_MS, to: 0, records: recordOf(7) },
      { timeNs: 30 * NS_PER_MS, to: 1, records: recordOf(8) },
      { timeNs: 30 * NS_PER_MS, to: 1, records: recordOf(9) },
    ]);
    expect(log).toEqual([
      "5000000 a hears 7 from outside",
      "20000000 a timer 1",
      "30000000 b hears 8 from outside",
      "30000000 b hears 9 from outside",
    ]);
  });

  test("waits for inputs when nothing else is left, until it is told that none will come", async () => {
    const { clock, driver, log, inputs } = setup();
    clock.at(3_000, () => driver.hand(1, recordOf(5)));
    // It does not sleep on when an input comes.
    clock.at(3_000.001, () => expect(inputs).toHaveLength(1));
    clock.at(4_000, () => driver.close());
    expect(await driver.run()).toBe("idle");
    expect(clock.nowMs()).toBe(4_000);
    expect(log).toEqual(["20000000 a timer 1", "2900000000 b hears 5 from outside"]);
  });

  test("handles what was handed in before it is idle", async () => {
    const { driver, log } = setup();
    driver.hand(1, recordOf(5));
    driver.close();
    expect(await driver.run()).toBe("idle");
    expect(log).toEqual(["1 b hears 5 from outside", "20000000 a timer 1"]);
  });

  test("stamps an input after every event that has happened, even if the clock stands still", async () => {
    const clock = new FakeClock({ startMs: 0 });
    const heard: string[] = [];
    const heardAtMs: number[] = [];
    const { kernel, log } = scriptedKernel({
      a: {
        onStart: (context) => context.setTimer(NS_PER_MS, 1),
        // In the middle of a slice, at the horizon of the slice.
        onTimer: (context) => {
          heard.push(`timer at ${context.nowNs}, input at ${driver.hand(1, recordOf(1))}`);
          if (heard.length < 3) context.setTimer(context.nowNs, 1);
        },
      },
      b: { onValue: () => heardAtMs.push(clock.nowMs()) },
    });
    const driver = new WallDriver(kernel, { clock });
    await driver.run({ untilNs: 2 * NS_PER_MS });
    // The nanosecond more is no reason to wait.
    expect(heardAtMs).toEqual([1, 1, 1]);
    expect(heard).toEqual(Array(3).fill("timer at 1000000, input at 1000001"));
    expect(log.slice(3)).toEqual(Array(3).fill("1000001 b hears 1 from outside"));
  });

  test("stamps an input after every event that the slice at hand will still handle", async () => {
    const stamps: (number | undefined)[] = [];
    let startedSlice = false;
    const clock = new FakeClock({ startMs: 0, yieldMs: () => (startedSlice ? 0 : ((startedSlice = true), 1)) });
    const { kernel, log } = scriptedKernel({
      a: {
        onStart: (context) => {
          context.setTimer(0.5 * NS_PER_MS, 1);
          context.setTimer(NS_PER_MS, 2);
        },
        onTimer: (_context, tag) => {
          if (tag === 1) stamps.push(driver.hand(0, recordOf(1)));
        },
      },
    });
    const driver = new WallDriver(kernel, { clock });
    await driver.run({ untilNs: 2 * NS_PER_MS });
    expect(stamps).toEqual([NS_PER_MS + 1]);
    expect(log).toEqual(["500000 a timer 1", "1000000 a timer 2", "1000001 a hears 1 from outside"]);
  });

  test("keeps the events' times when the machine is behind, and stamps inputs with the clock all the same", async () => {
    let late = true;
    const { clock, driver, log } = setup({
      yieldMs: () => {
        if (!late) return 0;
        late = false;
        return 50;
      },
    });
    clock.at(150, () => driver.hand(1, recordOf(3)));
    await driver.run({ untilNs: 60 * NS_PER_MS });
    expect(log).toEqual(["20000000 a timer 1", "50000000 b hears 3 from outside"]);
  });

  test("leaves an input that came after its end for the next run", async () => {
    const { clock, driver, log } = setup();
    expect(await driver.run({ untilNs: 30 * NS_PER_MS })).toBe("time");
    clock.spend(20);
    expect(driver.hand(1, recordOf(4))).toBe(50 * NS_PER_MS);
    expect(await driver.run({ untilNs: 40 * NS_PER_MS })).toBe("time");
    expect(log).toEqual(["20000000 a timer 1"]);
    expect(await driver.run({ untilNs: 60 * NS_PER_MS })).toBe("time");
    expect(log.at(-1)).toBe("50000000 b hears 4 from outside");
  });

  test("stops at once when it sleeps", async () => {
    const { clock, driver, log } = setup();
    const stopping = new AbortController();
    clock.at(107, () => stopping.abort());
    expect(await driver.run({ signal: stopping.signal })).toBe("stopped");
    expect(clock.nowMs()).toBe(107);
    expect(log).toEqual([]);
  });
});

describe("an input", () => {
  test("is copied, so that its memory may be used again at once", async () => {
    const { driver, log } = setup();
    const records = recordOf(1);
    driver.hand(1, records);
    records[1] = 2;
    driver.hand(1, records);
    driver.close();
    await driver.run();
    expect(log.slice(0, 2)).toEqual(["1 b hears 1 from outside", "1 b hears 2 from outside"]);
  });

  test("is not taken when too many wait, and is again when they are through", async () => {
    const { driver, kernel } = setup();
    for (let i = 0; i < INPUTS_WAITING_MAX; i++) driver.hand(1, recordOf(i));
    expect(driver.hand(1, recordOf(0))).toBeUndefined();
    await driver.run({ eventsMax: 100 });
    expect(driver.hand(1, recordOf(0))).toBeDefined();
    driver.close();
    expect(await driver.run()).toBe("idle");
    expect(kernel.messages).toBe(INPUTS_WAITING_MAX + 1);
  });

  test.each([
    ["to nobody", 2, recordOf(1)],
    ["to an actor before the first", -1, recordOf(1)],
    ["of half a record", 0, new Int32Array(8)],
    ["of no record", 0, new Int32Array(0)],
    ["of more records than a message has", 0, new Int32Array(65 * 16)],
  ])("is refused %s, where it is handed in", (_, to, records) => {
    expect(() => setup().driver.hand(to, records)).toThrow(InvariantError);
  });

  test("is refused after the inputs were closed", () => {
    const { driver } = setup();
    driver.close();
    expect(() => driver.hand(0, recordOf(1))).toThrow(InvariantError);
  });
});
