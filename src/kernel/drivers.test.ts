import { describe, expect, test, vi } from "vitest";

import { RandomStream } from "../core/random.ts";
import { FakeClock } from "../testing/fake-clock.ts";
import { tapesByName, toySwarm } from "../testing/toy-swarm.ts";
import { recordOf } from "../testing/scripted-actor.ts";
import type { Driver, Progress, RunEnd, RunOptions } from "./driver.ts";
import type { ExternalInput } from "./external-input.ts";
import { discardingJournal } from "./journal-port.ts";
import type { JournalPort } from "./journal-port.ts";
import type { Kernel } from "./kernel.ts";
import { VirtualDriver } from "./virtual-driver.ts";
import { WallDriver } from "./wall-driver.ts";

const UNTIL_NS = 200_000;

type MakeDriver = (kernel: Kernel, clock: FakeClock) => Driver;

const DRIVERS: readonly (readonly [name: string, make: MakeDriver])[] = [
  ["virtual, as fast as possible", (kernel, clock) => new VirtualDriver(kernel, { clock })],
  ["virtual, in real time", (kernel, clock) => new VirtualDriver(kernel, { clock, pace: 1 })],
  ["virtual, a minute a second", (kernel, clock) => new VirtualDriver(kernel, { clock, pace: 60 })],
  ["virtual, a thousand times slower", (kernel, clock) => new VirtualDriver(kernel, { clock, pace: 0.001 })],
  ["wall", (kernel, clock) => new WallDriver(kernel, { clock })],
];

/** A clock on which slices take no time, a little or a lot. */
function clockOf(seed: number): FakeClock {
  const random = RandomStream.named(seed, "test", "clock");
  return new FakeClock({ yieldMs: () => (random.chance(0.5) ? 0 : random.uniform() * 0.05) });
}

async function drive(make: MakeDriver, seed: number, options: RunOptions = {}): Promise<[Kernel, RunEnd]> {
  const kernel = toySwarm({ seed });
  const end = await make(kernel, clockOf(seed)).run({ untilNs: UNTIL_NS, ...options });
  return [kernel, end];
}

describe.each(DRIVERS)("the driver: %s", (_, make) => {
  test("lets the same actors live through the same events as the kernel alone", async () => {
    for (const seed of [1, 2, 3]) {
      const plain = toySwarm({ seed });
      plain.run(UNTIL_NS);
      const [kernel, end] = await drive(make, seed);
      expect(end).toBe("time");
      expect(kernel.tape.digest()).toBe(plain.tape.digest());
      expect(tapesByName(kernel)).toEqual(tapesByName(plain));
      expect(kernel).toMatchObject({ events: plain.events, messages: plain.messages, nowNs: plain.nowNs });
    }
  });

  test("stops after exactly so many events, and goes on from there", async () => {
    const plain = toySwarm({ seed: 4 });
    plain.run(UNTIL_NS);
    const kernel = toySwarm({ seed: 4 });
    const driver = make(kernel, clockOf(4));
    for (const eventsMax of [0, 1, 17, 1_000]) {
      expect(await driver.run({ untilNs: UNTIL_NS, eventsMax })).toBe("events");
      expect(kernel.events).toBe(eventsMax);
    }
    expect(await driver.run({ untilNs: UNTIL_NS })).toBe("time");
    expect(kernel.tape.digest()).toBe(plain.tape.digest());
  });

  test("stops between two events when it is told to, and nothing is lost", async () => {
    const plain = toySwarm({ seed: 5 });
    plain.run(UNTIL_NS);
    const kernel = toySwarm({ seed: 5 });
    const clock = new FakeClock({ yieldMs: () => 0.01 });
    const driver = make(kernel, clock);
    const stopping = new AbortController();
    clock.at(clock.nowMs() + 0.03, () => stopping.abort());
    expect(await driver.run({ untilNs: UNTIL_NS, signal: stopping.signal })).toBe("stopped");
    expect(kernel.events).toBeLessThan(plain.events);
    expect(await driver.run({ untilNs: UNTIL_NS, signal: stopping.signal })).toBe("stopped");
    expect(await driver.run({ untilNs: UNTIL_NS, signal: new AbortController().signal })).toBe("time");
    expect(kernel.tape.digest()).toBe(plain.tape.digest());
  });

  test("fails as the run fails", async () => {
    const kernel = toySwarm({ seed: 6, mailboxEventsMax: 1 });
    await expect(make(kernel, clockOf(6)).run({ untilNs: UNTIL_NS })).rejects.toThrow("mailbox is full");
  });

  test("tells how far it is, at most every so many milliseconds", async () => {
    const kernel = toySwarm({ seed: 7 });
    const clock = new FakeClock({ yieldMs: () => 40 });
    const seen: (Progress & { atMs: number })[] = [];
    const onProgress = (progress: Progress): void => {
      seen.push({ ...progress, atMs: clock.nowMs() });
      expect(progress).toEqual({ timeNs: kernel.nowNs, events: kernel.events, messages: kernel.messages });
    };
    await make(kernel, clock).run({ untilNs: 10 * UNTIL_NS, onProgress, progressMs: 100 });
    const gapsMs = seen.map(({ atMs }, i) => atMs - (seen[i - 1]?.atMs ?? 5_000));
    expect(seen.length).toBeGreaterThan(2);
    expect(Math.min(...gapsMs)).toBeGreaterThanOrEqual(100);
    expect(seen.at(-1)?.events).toBeGreaterThan(seen[0].events);
  });

  test("leaves no listener behind on the signal", async () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, "addEventListener");
    const removed = vi.spyOn(signal, "removeEventListener");
    await drive(make, 8, { signal });
    expect(added.mock.calls.length).toBeGreaterThan(0);
    expect(removed.mock.calls).toEqual(added.mock.calls);
  });
});

describe("slices", () => {
  test("grow while they are quick and shrink while they are slow, so that the program stays awake", async () => {
    const clock = new FakeClock();
    const kernel = toySwarm({ seed: 1 });
    const events: number[] = [];
    let eventMs = 0;
    const run = kernel.run.bind(kernel);
    kernel.run = (untilNs, eventsMax) => {
      const before = kernel.events;
      run(untilNs, eventsMax);
      events.push(kernel.events - before);
      clock.spend((kernel.events - before) * eventMs);
    };
    const driver = new VirtualDriver(kernel, { clock });
    await driver.run({ eventsMax: 1_000 });
    expect(events).toEqual([16, 32, 64, 128, 256, 504]);
    eventMs = 1;
    events.length = 0;
    await driver.run({ eventsMax: 2_000 });
    expect(events.every((count) => count <= 20)).toBe(true);
    expect(clock.yields).toBe(6 + events.length);
  });

  test("of actors that take a second an event have one event", async () => {
    const clock = new FakeClock();
    const kernel = toySwarm({ seed: 1 });
    const run = kernel.run.bind(kernel);
    kernel.run = (untilNs, eventsMax) => {
      const before = kernel.events;
      run(untilNs, eventsMax);
      clock.spend((kernel.events - before) * 1_000);
    };
    await new VirtualDriver(kernel, { clock }).run({ eventsMax: 131 });
    // 16, 8, 4, 2 and then one at a time.
    expect(clock.yields).toBe(4 + 131 - 30);
  });
});

describe("a replay by the virtual driver", () => {
  function keepIn(inputs: ExternalInput[]): JournalPort["input"] {
    return (timeNs, to, records) => inputs.push({ timeNs, to, records });
  }

  /** Hands in inputs at odd moments, on a machine that is behind or not, with slices cut anywhere. */
  async function recordedRun(seed: number): Promise<{ kernel: Kernel; inputs: ExternalInput[] }> {
    const random = RandomStream.named(seed, "test", "inputs");
    const clock = clockOf(seed);
    const inputs: ExternalInput[] = [];
    const kernel = toySwarm({ seed, journal: { ...discardingJournal, input: keepIn(inputs) } });
    const driver = new WallDriver(kernel, { clock });
    for (let i = 0; i < 200; i++) {
      const to = random.integer(0, kernel.actorCount - 1);
      clock.at(clock.nowMs() + random.integer(0, 150) / 1_000, () => driver.hand(to, recordOf(i)));
    }
    // An input may also come in the middle of a slice.
    const run = kernel.run.bind(kernel);
    kernel.run = (untilNs, eventsMax) => {
      run(untilNs, Math.min(eventsMax ?? Infinity, kernel.events + random.integer(0, 20)));
      if (inputs.length < 300 && random.chance(0.1)) driver.hand(random.integer(0, 8), recordOf(-1));
      run(untilNs, eventsMax);
    };
    await driver.run({ untilNs: UNTIL_NS });
    return { kernel, inputs };
  }

  test("of what was handed in gives the same tape, however the clock and the slices went", async () => {
    for (let seed = 0; seed < 10; seed++) {
      const { kernel, inputs } = await recordedRun(seed);
      expect(inputs.length).toBeGreaterThanOrEqual(200);
      const replayed: ExternalInput[] = [];
      const replay = toySwarm({ seed, journal: { ...discardingJournal, input: keepIn(replayed) } });
      const driver = new VirtualDriver(replay, { clock: new FakeClock(), inputs });
      expect(await driver.run({ untilNs: UNTIL_NS })).toBe("time");
      expect(replay.tape.digest()).toBe(kernel.tape.digest());
      expect(tapesByName(replay)).toEqual(tapesByName(kernel));
      expect(replayed).toEqual(inputs);
    }
  });

  test("of other inputs gives another tape", async () => {
    const { kernel, inputs } = await recordedRun(1);
    for (const changed of [inputs.slice(1), [{ ...inputs[0], records: recordOf(99) }, ...inputs.slice(1)]]) {
      const replay = toySwarm({ seed: 1 });
      await new VirtualDriver(replay, { clock: new FakeClock(), inputs: changed }).run({ untilNs: UNTIL_NS });
      expect(replay.tape.digest()).not.toBe(kernel.tape.digest());
    }
  });
});
