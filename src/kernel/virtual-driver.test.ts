import { describe, expect, test } from "vitest";

import { InvariantError } from "../core/assert.ts";
import { FakeClock } from "../testing/fake-clock.ts";
import { recordOf } from "../testing/scripted-actor.ts";
import { scriptedKernel } from "../testing/scripted-kernel.ts";
import type { ScriptedKernel } from "../testing/scripted-kernel.ts";
import type { ActorContext } from "./actor.ts";
import { VirtualDriver } from "./virtual-driver.ts";

const NS_PER_MS = 1_000_000;

/** An actor with a timer each 10 ms of kernel time, and what the clock showed at each. */
function ticking(clock: FakeClock): ScriptedKernel & { wallMs: number[] } {
  const wallMs: number[] = [];
  const tick = (context: ActorContext): void => {
    context.setTimer(context.nowNs + 10 * NS_PER_MS, 1);
  };
  const onTimer = (context: ActorContext): void => {
    wallMs.push(clock.nowMs());
    tick(context);
  };
  return { ...scriptedKernel({ ticker: { onStart: tick, onTimer } }), wallMs };
}

describe("a paced run", () => {
  test.each([
    [1, [10, 20, 30, 40, 50]],
    [0.5, [20, 40, 60, 80, 100]],
    [60, [1 / 6, 2 / 6, 3 / 6, 4 / 6, 5 / 6]],
  ])("at pace %d keeps its events back until their time has come on the wall", async (pace, expectedMs) => {
    const clock = new FakeClock({ startMs: 0 });
    const { kernel, wallMs } = ticking(clock);
    expect(await new VirtualDriver(kernel, { clock, pace }).run({ untilNs: 50 * NS_PER_MS })).toBe("time");
    expect(wallMs).toHaveLength(5);
    for (const [i, atMs] of wallMs.entries()) expect(atMs).toBeCloseTo(expectedMs[i], 5);
  });

  test("catches up after a slow moment and does not wait before it has", async () => {
    const clock = new FakeClock({ startMs: 0 });
    const { kernel, wallMs } = ticking(clock);
    let slow = true;
    clock.yieldMs = () => {
      const ms = slow && kernel.nowNs >= 20 * NS_PER_MS ? 35 : 0;
      if (ms > 0) slow = false;
      return ms;
    };
    await new VirtualDriver(kernel, { clock, pace: 1 }).run({ untilNs: 70 * NS_PER_MS });
    expect(wallMs.map((atMs) => Math.round(atMs))).toEqual([10, 20, 55, 55, 55, 60, 70]);
  });

  test("counts from the moment of each call, so that time between two calls is no time of the run", async () => {
    const clock = new FakeClock({ startMs: 0 });
    const { kernel, wallMs } = ticking(clock);
    const driver = new VirtualDriver(kernel, { clock, pace: 1 });
    await driver.run({ untilNs: 20 * NS_PER_MS });
    clock.spend(1_000);
    await driver.run({ untilNs: 40 * NS_PER_MS });
    expect(wallMs.map((atMs) => Math.round(atMs))).toEqual([10, 20, 1_030, 1_040]);
  });

  test("never sleeps longer than a second at a time, or than the next word of progress", async () => {
    const clock = new FakeClock();
    const { kernel } = scriptedKernel({ late: { onStart: (context) => context.setTimer(10_000 * NS_PER_MS, 1) } });
    await new VirtualDriver(kernel, { clock, pace: 1 }).run();
    expect(clock.sleeps).toBe(10);
    const again = scriptedKernel({ late: { onStart: (context) => context.setTimer(10_000 * NS_PER_MS, 1) } });
    let words = 0;
    const onProgress = (): void => void words++;
    await new VirtualDriver(again.kernel, { clock, pace: 1 }).run({ onProgress, progressMs: 500 });
    expect(words).toBe(20);
  });

  test.each([0, -1, Number.NaN])("has no pace of %d", (pace) => {
    const { kernel } = scriptedKernel({});
    expect(() => new VirtualDriver(kernel, { clock: new FakeClock(), pace })).toThrow(InvariantError);
  });
});

describe("a run as fast as possible", () => {
  test("never sleeps, and ends when nothing is left to happen", async () => {
    const clock = new FakeClock();
    const { kernel, log } = scriptedKernel({ a: { onStart: (context) => context.setTimer(1e15, 1) } });
    expect(await new VirtualDriver(kernel, { clock }).run()).toBe("idle");
    expect(log).toEqual(["1000000000000000 a timer 1"]);
    expect(clock.sleeps).toBe(0);
  });

  test("is idle, not at its time, when nothing is left before its time", async () => {
    const { kernel } = scriptedKernel({ a: {} });
    expect(await new VirtualDriver(kernel, { clock: new FakeClock() }).run({ untilNs: 100 })).toBe("idle");
  });

  test("of nobody is idle at once", async () => {
    const { kernel } = scriptedKernel({});
    expect(await new VirtualDriver(kernel, { clock: new FakeClock() }).run()).toBe("idle");
  });
});

describe("recorded inputs", () => {
  test("enter when everything before their time has happened, and before anything that follows from it", async () => {
    const { kernel, log } = scriptedKernel({
      a: {
        onStart: (context) => context.setTimer(49, 1),
        onTimer: (context, tag) => {
          if (tag === 1) context.setTimer(50, 2);
        },
        onValue: (context) => context.setTimer(50, 3),
      },
    });
    const inputs = [
      { timeNs: 50, to: 0, records: recordOf(7) },
      { timeNs: 50, to: 0, records: recordOf(8) },
      { timeNs: 900, to: 0, records: recordOf(9) },
    ];
    const driver = new VirtualDriver(kernel, { clock: new FakeClock(), inputs });
    expect(await driver.run({ untilNs: 800 })).toBe("time");
    expect(await driver.run()).toBe("idle");
    expect(log).toEqual([
      "49 a timer 1",
      "50 a timer 2",
      "50 a hears 7 from outside",
      "50 a hears 8 from outside",
      "50 a timer 3",
      "50 a timer 3",
      "900 a hears 9 from outside",
      "900 a timer 3",
    ]);
  });

  test("may be made while they are needed", async () => {
    const { kernel, log } = scriptedKernel({ a: {} });
    let made = 0;
    function* inputs() {
      for (let i = 1; i <= 3; i++) {
        made++;
        yield { timeNs: i * 100, to: 0, records: recordOf(i) };
      }
    }
    const driver = new VirtualDriver(kernel, { clock: new FakeClock(), inputs: inputs() });
    await driver.run({ untilNs: 100 });
    expect(made).toBe(2);
    await driver.run();
    expect(log).toHaveLength(3);
  });

  test("are refused out of order", async () => {
    const { kernel } = scriptedKernel({ a: {} });
    const inputs = [20, 10].map((timeNs) => ({ timeNs, to: 0, records: recordOf(1) }));
    const driver = new VirtualDriver(kernel, { clock: new FakeClock(), inputs });
    await expect(driver.run()).rejects.toThrow("recorded inputs are in order of time");
  });
});
