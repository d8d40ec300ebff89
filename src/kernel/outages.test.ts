import { expect, test } from "vitest";

import type { Nanos } from "../core/units.ts";
import type { Actor, ActorContext } from "./actor.ts";
import type { Carrier, CarrierHost } from "./carrier.ts";
import { ClockSkew } from "./clock-skew.ts";
import { Kernel } from "./kernel.ts";

/** Delivers everything after 10 ns, and does at given times what a test asks for. */
class ToyCarrier implements Carrier {
  readonly #deeds: readonly (readonly [atNs: Nanos, (host: CarrierHost, atNs: Nanos) => void])[];
  readonly #messages: { to: number; message: number }[] = [];
  host!: CarrierHost;

  constructor(deeds: ToyCarrier["deeds"] = []) {
    this.#deeds = deeds;
  }

  get deeds(): readonly (readonly [atNs: Nanos, (host: CarrierHost, atNs: Nanos) => void])[] {
    return this.#deeds;
  }

  attach(host: CarrierHost): void {
    this.host = host;
    for (const [number, [atNs]] of this.#deeds.entries()) host.schedule(atNs, -1 - number);
  }

  join(): void {}

  carry(_from: number, to: number, message: number, departureNs: Nanos): void {
    this.host.schedule(departureNs + 10, this.#messages.push({ to, message }) - 1);
  }

  onStep(step: number, timeNs: Nanos): void {
    if (step < 0) this.#deeds[-1 - step][1](this.host, timeNs);
    else this.host.deliver(this.#messages[step].to, this.#messages[step].message, timeNs);
  }
}

/** Hears everything, and has a timer every 100 ns. */
function clockwork(log: string[]): Actor {
  return {
    onStart: (context) => {
      log.push(`start ${context.nowNs}`);
      context.setTimer(context.nowNs + 100, 0);
    },
    onTimer: (context) => {
      log.push(`timer ${context.nowNs}`);
      context.spend(20);
      context.setTimer(context.nowNs + 100, 0);
    },
    onMessage: (context, words, at) => {
      log.push(`message ${words[at + 1]} ${context.nowNs}`);
    },
  };
}

/** Sends the numbers 0, 1, 2, … to the clockwork, one every 70 ns. */
const talker: Actor = {
  onStart: (context) => {
    context.setTimer(70, 0);
  },
  onTimer: (context, count) => {
    send(context, count);
    context.setTimer(context.nowNs + 70, count + 1);
  },
  onMessage: () => {},
};

function send(context: ActorContext, number: number): void {
  const message = context.compose();
  context.words[message << 4] = 64;
  context.words[(message << 4) + 1] = number;
  context.send(context.find("clockwork"), message);
}

function lifeOf(deeds: ToyCarrier["deeds"], untilNs: number): { log: string[]; kernel: Kernel } {
  const log: string[] = [];
  const kernel = new Kernel({ seed: 1, link: new ToyCarrier(deeds) });
  kernel.add("clockwork", clockwork(log));
  kernel.add("talker", talker);
  kernel.run(untilNs);
  return { log, kernel };
}

test("a carrier delivers by steps that no actor sees", () => {
  const { log, kernel } = lifeOf([[55, () => {}]], 230);
  expect(log).toEqual(["start 0", "message 0 80", "timer 100", "message 1 150", "timer 200", "message 2 220"]);
  // Two starts, five timers, three messages; the steps are no events.
  expect([kernel.events, kernel.messages]).toEqual([10, 3]);
});

test("a step that delivers nothing leaves the time as it was", () => {
  const { kernel } = lifeOf([[225, () => {}]], 229);
  expect(kernel.nowNs).toBe(220);
});

test("a pause holds back everything, in order, and then it goes on", () => {
  const { log } = lifeOf([[90, (host) => host.outages.pause(0, 300)]], 310);
  expect(log).toEqual(["start 0", "message 0 80", "timer 300"]);
  const later = lifeOf([[90, (host) => host.outages.pause(0, 300)]], 330).log;
  expect(later.slice(3)).toEqual(["message 1 320", "message 2 320", "message 3 320"]);
});

test("a pause also holds back an actor that has a turn coming", () => {
  // At 110 the actor is busy until 120, and the message that came at 115 waits for its turn.
  const log: string[] = [];
  const carrier = new ToyCarrier([[116, (host) => host.outages.pause(0, 200)]]);
  const kernel = new Kernel({ seed: 1, link: carrier });
  kernel.add("clockwork", clockwork(log));
  kernel.add("once", {
    onStart: (context) => {
      context.setTimer(105, 0);
    },
    onTimer: (context) => send(context, 7),
    onMessage: () => {},
  });
  kernel.run(210);
  expect(log).toEqual(["start 0", "timer 100", "message 7 200", "timer 200"]);
});

test("a crash loses timers, mailbox and what comes, and a restart begins anew", () => {
  const deeds = [
    [115, (host: CarrierHost) => host.outages.crash(0)],
    [260, (host: CarrierHost, atNs: number) => host.outages.restart(0, atNs)],
  ] as const;
  const { log, kernel } = lifeOf(deeds, 400);
  expect(log).toEqual([
    "start 0",
    "message 0 80",
    "timer 100",
    "start 260",
    "message 3 290",
    "timer 360",
    "message 4 380",
  ]);
  expect(kernel.pool.held).toBe(0);
});

test("a timer from before a crash does not come due after the restart", () => {
  const deeds = [
    [115, (host: CarrierHost) => host.outages.crash(0)],
    [150, (host: CarrierHost, atNs: number) => host.outages.restart(0, atNs)],
  ] as const;
  const { log } = lifeOf(deeds, 260);
  expect(log.slice(3)).toEqual(["start 150", "message 1 150", "message 2 220", "timer 250"]);
});

test("a crash lets go of the messages that waited", () => {
  const deeds = [
    [10, (host: CarrierHost) => host.outages.pause(0, 1_000)],
    [200, (host: CarrierHost) => host.outages.crash(0)],
  ] as const;
  const { log, kernel } = lifeOf(deeds, 205);
  expect(log).toEqual(["start 0"]);
  expect(kernel.pool.held).toBe(0);
});

test("who is slowed down takes longer for everything, until it ends", () => {
  const leaves: number[] = [];
  const deeds = [
    [1, (host: CarrierHost) => host.outages.slowDown(0, 3)],
    [500, (host: CarrierHost) => host.outages.slowDown(0, 1)],
  ] as const;
  const kernel = new Kernel({ seed: 1, link: new ToyCarrier(deeds) });
  const worker: Actor = {
    onStart: (context) => {
      context.setTimer(100, 0);
      context.setTimer(600, 0);
    },
    onTimer: (context) => {
      context.spend(5);
      const message = context.compose();
      context.send(context.find("sink"), message);
    },
    onMessage: () => {},
  };
  kernel.add("worker", worker, { computeDelayNs: 7 });
  kernel.add("sink", { onMessage: (context) => void leaves.push(context.nowNs - 10) });
  kernel.run(1_000);
  expect(leaves).toEqual([100 + 3 * 12, 600 + 12]);
});

test("whose clock is off sees and sets other times than the kernel's", () => {
  const { log } = lifeOf(
    [
      [50, (host) => host.outages.skewClock(0, new ClockSkew({ offsetNs: 1_000, driftPpm: 0, sinceNs: 50 }))],
      [250, (host) => host.outages.skewClock(0, undefined)],
    ],
    330,
  );
  expect(log).toEqual([
    "start 0",
    "message 0 1080",
    "timer 1100",
    "message 1 1150",
    "timer 1200",
    "message 2 1220",
    "message 3 290",
    "timer 300",
  ]);
});

test("a clock that drifts is off by its rate times the time, and its timers come due when it shows their time", () => {
  const fast = new ClockSkew({ offsetNs: 500, driftPpm: 200, sinceNs: 1_000_000 });
  expect(fast.read(1_000_000)).toBe(1_000_500);
  expect(fast.read(11_000_000)).toBe(11_000_500 + 2_000);
  const faster = new ClockSkew({ offsetNs: 7, driftPpm: 70_000, sinceNs: 1_000_000 });
  const slow = new ClockSkew({ offsetNs: -333, driftPpm: -70_000, sinceNs: 1_000_000 });
  for (let shownNs = 2_000_000; shownNs < 2_000_100; shownNs++) {
    for (const clock of [fast, slow, faster]) {
      const kernelNs = clock.kernelTime(shownNs);
      // Never too early, or who waits for a time would set the same timer for ever.
      expect(clock.read(kernelNs)).toBeGreaterThanOrEqual(shownNs);
      expect(clock.read(kernelNs) - shownNs).toBeLessThanOrEqual(1);
    }
  }
  expect(new ClockSkew({ offsetNs: -500, driftPpm: 0, sinceNs: 0 }).read(100)).toBe(0);
});
