import { describe, expect, test, vi } from "vitest";

import { InvariantError } from "../core/assert.ts";
import { recordOf, say } from "../testing/scripted-actor.ts";
import { scriptedKernel } from "../testing/scripted-kernel.ts";
import type { ActorContext } from "./actor.ts";
import { ActorFailure } from "./actor-failure.ts";
import { EventQueue } from "./event-queue.ts";
import type { JournalPort } from "./journal-port.ts";
import { CHECKPOINT_EVENTS, discardingJournal } from "./journal-port.ts";
import { Kernel } from "./kernel.ts";
import type { Link } from "./link.ts";
import { ConstantLink } from "./links.ts";

describe("messages", () => {
  test("travel with the link's delay and arrive with their sender", () => {
    const { kernel, log } = scriptedKernel({
      alice: { onStart: (context) => say(context, "bob", 7) },
      bob: { onValue: (context, value) => say(context, "alice", value + 1) },
    });
    kernel.run(Infinity);
    expect(log).toEqual(["10 bob hears 7 from alice", "20 alice hears 8 from bob"]);
    expect(kernel).toMatchObject({ nowNs: 20, events: 4, messages: 2, nextTimeNs: Infinity, actorCount: 2 });
  });

  test("that arrive at one moment are heard in the order in which they were sent", () => {
    const { kernel, log } = scriptedKernel({
      zoe: { onStart: (context) => say(context, "bob", 1) },
      alice: {
        onStart: (context) => {
          say(context, "bob", 2);
          say(context, "bob", 3);
        },
      },
      bob: {},
    });
    kernel.run(Infinity);
    expect(log).toEqual(["10 bob hears 1 from zoe", "10 bob hears 2 from alice", "10 bob hears 3 from alice"]);
  });

  test("go to many receivers from one memory, which is free again afterwards", () => {
    const everybody = ["bob", "carol", "dave"];
    const { kernel, log } = scriptedKernel({
      alice: {
        onStart: (context) => {
          const message = context.compose();
          context.words[(message << 4) + 1] = 5;
          for (const name of everybody) context.send(context.find(name), message);
        },
      },
      bob: {},
      carol: {},
      dave: {},
    });
    kernel.run(0);
    expect(kernel.pool.held).toBe(1);
    kernel.run(Infinity);
    expect(kernel.pool.held).toBe(0);
    expect(log).toEqual(everybody.map((name) => `10 ${name} hears 5 from alice`));
  });

  test("an actor may send to itself", () => {
    const { kernel, log } = scriptedKernel({ alice: { onStart: (context) => say(context, "alice", 1) } });
    kernel.run(Infinity);
    expect(log).toEqual(["10 alice hears 1 from alice"]);
  });

  test("that are composed and never sent take no memory", () => {
    const { kernel } = scriptedKernel({
      alice: {
        onStart: (context) => context.setTimer(1, 1),
        onTimer: (context) => {
          for (let i = 0; i < 100; i++) context.compose(3);
          for (let i = 0; i < 100; i++) context.composeStale();
          say(context, "alice", 1);
          if (context.nowNs < 1_000) context.setTimer(context.nowNs + 1, 1);
        },
      },
    });
    kernel.run(10);
    const { words } = kernel.pool;
    kernel.run(Infinity);
    expect(kernel.pool.words).toBe(words);
  });

  test("have the words that their sender wrote, and zeros in the records that it did not ask for", () => {
    const heard: number[] = [];
    const kernel = new Kernel({ seed: 1, link: new ConstantLink(1) });
    const alice = kernel.add("alice", {
      onMessage(_context, words, at) {
        heard.push(...words.subarray(at, at + 64));
      },
    });
    // Four records of ones, and then three in the same place, which has room for four.
    kernel.inject(alice, new Int32Array(64).fill(1), 10);
    kernel.run(10);
    kernel.inject(alice, new Int32Array(48).fill(2), 20);
    kernel.run(Infinity);
    const expected = [...new Int32Array(64).fill(1), ...new Int32Array(48).fill(2), ...new Int32Array(16)];
    expect(heard).toEqual(expected);
  });

  test("from outside have no sender, and none is left over for a timer", () => {
    const senders: number[] = [];
    const kernel = new Kernel({ seed: 1, link: new ConstantLink(1) });
    const note = (context: ActorContext): void => {
      senders.push(context.sender);
    };
    const bob = kernel.add("bob", { onStart: note, onMessage: note, onTimer: note });
    kernel.add("alice", {
      onStart: (context) => say(context, "bob", 1),
      onMessage: () => undefined,
    });
    kernel.add("carol", {
      onStart: (context) => {
        context.setTimer(1, 1);
      },
      onMessage: () => undefined,
      onTimer: note,
    });
    kernel.inject(bob, recordOf(1), 2);
    kernel.run(Infinity);
    expect(senders).toEqual([-1, 1, -1, -1]);
  });
});

describe("inputs from outside", () => {
  test("happen at their time, after what was scheduled for it before", () => {
    const { kernel, log } = scriptedKernel({
      alice: { onStart: (context) => context.setTimer(50, 1), onValue: (context) => context.setTimer(50, 2) },
    });
    kernel.run(0);
    kernel.inject(0, recordOf(9), 50);
    kernel.run(Infinity);
    expect(log).toEqual(["50 alice timer 1", "50 alice hears 9 from outside", "50 alice timer 2"]);
  });

  test.each([
    ["in the past", 0, recordOf(1), 9],
    ["to nobody", 5, recordOf(1), 20],
    ["of half a record", 0, new Int32Array(8), 20],
    ["of one record and a bit", 0, new Int32Array(20), 20],
    ["of nothing", 0, new Int32Array(0), 20],
  ])("are refused %s", (_, to, records, timeNs) => {
    const { kernel } = scriptedKernel({ alice: { onStart: (context) => context.setTimer(10, 1) } });
    kernel.run(10);
    expect(() => kernel.inject(to, records, timeNs)).toThrow(InvariantError);
  });
});

describe("computing takes time", () => {
  test("what is sent leaves when the computing is done", () => {
    const { kernel, log } = scriptedKernel({
      alice: {
        computeDelayNs: 100,
        onStart: (context) => {
          say(context, "bob", 1);
          context.spend(50);
          say(context, "bob", 2);
        },
      },
      bob: {},
    });
    kernel.run(Infinity);
    expect(log).toEqual(["110 bob hears 1 from alice", "160 bob hears 2 from alice"]);
  });

  test("a busy actor takes the next message when it is free, in order of arrival, timers among them", () => {
    const { kernel, log } = scriptedKernel({
      alice: {
        computeDelayNs: 100,
        onStart: (context) => {
          context.setTimer(35, 1);
        },
        onValue: (context, value) => {
          if (value === 2) context.spend(1_000);
        },
      },
    });
    for (const [value, atNs] of [
      [1, 10],
      [2, 20],
      [3, 40],
      [4, 250],
      [5, 5_000],
    ]) {
      kernel.inject(0, recordOf(value), atNs);
    }
    kernel.run(Infinity);
    // Busy from the start until 100, then 100 each, and 1,100 for the second.
    expect(log).toEqual([
      "100 alice hears 1 from outside",
      "200 alice hears 2 from outside",
      "1300 alice timer 1",
      "1400 alice hears 3 from outside",
      "1500 alice hears 4 from outside",
      "5000 alice hears 5 from outside",
    ]);
  });

  test("one that arrives at the very moment when the actor is free still waits behind those that came before", () => {
    const { kernel, log } = scriptedKernel({ alice: { computeDelayNs: 100 } });
    kernel.inject(0, recordOf(1), 50);
    kernel.inject(0, recordOf(2), 100);
    kernel.inject(0, recordOf(3), 200);
    kernel.run(Infinity);
    expect(log).toEqual([
      "100 alice hears 1 from outside",
      "200 alice hears 2 from outside",
      "300 alice hears 3 from outside",
    ]);
  });

  test("a waiting event costs two operations on the queue, however many wait before it", () => {
    const pushed = vi.spyOn(EventQueue.prototype, "push");
    const popped = vi.spyOn(EventQueue.prototype, "pop");
    const count = 2_000;
    const { kernel, log } = scriptedKernel({ alice: { computeDelayNs: 1_000 } });
    for (let i = 0; i < count; i++) kernel.inject(0, recordOf(i), i);
    kernel.run(Infinity);
    expect(log).toHaveLength(count);
    // The start, the arrivals, and a turn for each event that had to wait: all but the start.
    expect(pushed).toHaveBeenCalledTimes(1 + count + count);
    expect(popped.mock.results.filter(({ value }) => value === true)).toHaveLength(1 + count + count);
    vi.restoreAllMocks();
  });

  test("an actor that cannot keep up stops the run with its name, at the limit of its mailbox", () => {
    const flooded = (events: number): (() => void) => {
      const { kernel } = scriptedKernel({ bob: {}, slow: { computeDelayNs: 1e9 } }, { mailboxEventsMax: 3 });
      for (let i = 0; i < events; i++) kernel.inject(1, recordOf(i), 1);
      return () => kernel.run(100);
    };
    expect(flooded(3)).not.toThrow();
    expect(flooded(4)).toThrow(/^slow failed at event 2 \(message 0, 1 ns\): its mailbox is full \(3 events\)/);
  });

  test.each([-1, 0.5, Number.NaN, Infinity])("%d ns is no time to compute", (durationNs) => {
    expect(() => scriptedKernel({ alice: { computeDelayNs: durationNs } })).toThrow(InvariantError);
    const { kernel } = scriptedKernel({ alice: { onStart: (context) => context.spend(durationNs) } });
    expect(() => kernel.run(0)).toThrow(ActorFailure);
  });
});

describe("actors", () => {
  test("start in the order in which they were added, at the time when they were added", () => {
    const { kernel, log } = scriptedKernel({
      alice: { onStart: (context) => say(context, "bob", 1) },
      bob: { onStart: (context) => say(context, "alice", 2) },
    });
    kernel.run(5);
    kernel.add("carol", { onStart: (context) => say(context, "alice", 3), onMessage: () => undefined });
    kernel.run(Infinity);
    expect(log).toEqual(["10 bob hears 1 from alice", "10 alice hears 2 from bob", "10 alice hears 3 from carol"]);
  });

  test("need no handler but the one for messages", () => {
    const kernel = new Kernel({ seed: 1, link: new ConstantLink(0) });
    kernel.add("mute", { onMessage: () => undefined });
    kernel.run(Infinity);
    expect(kernel.events).toBe(1);
  });

  test("have names of their own, by which they find each other", () => {
    const { kernel } = scriptedKernel({ alice: {}, bob: {} });
    expect([kernel.find("bob"), kernel.find("nobody"), kernel.nameOf(1)]).toEqual([1, -1, "bob"]);
    expect(() => kernel.add("bob", { onMessage: () => undefined })).toThrow(
      new InvariantError("two actors are called bob"),
    );
  });

  test("may be many: a thousand names, delays and mailboxes stay apart", () => {
    const names = Array.from({ length: 1_000 }, (_, i) => `actor-${i}`);
    const scripts = names.map((name, i) => [name, { computeDelayNs: i }] as const);
    const { kernel, log } = scriptedKernel(Object.fromEntries(scripts));
    for (let i = 0; i < names.length; i++) kernel.inject(i, recordOf(i), 0);
    kernel.run(Infinity);
    expect(log).toEqual(names.map((name, i) => `${i} ${name} hears ${i} from outside`));
  });

  test("draw from streams of their own, which go on where they stopped", () => {
    const drawn: number[][] = [];
    const draw = (context: ActorContext): void => {
      drawn.push([context.random("size").int32(), context.random("price").int32()]);
      if (drawn.length < 4) context.setTimer(context.nowNs + 1, 1);
    };
    const { kernel } = scriptedKernel({ alice: { onStart: draw, onTimer: draw }, bob: { onStart: draw } });
    kernel.run(Infinity);
    expect(new Set(drawn.flat()).size).toBe(8);
  });
});

describe("links", () => {
  test.each([-1, Number.NaN, 0.5])("a delay of %d ns stops the run", (delayNs) => {
    const link: Link = { join: () => undefined, delayNs: () => delayNs };
    const { kernel } = scriptedKernel({ alice: { onStart: (context) => say(context, "alice", 1) } }, { link });
    expect(() => kernel.run(Infinity)).toThrow(/a link's delay is 0 or more whole nanoseconds/);
  });

  test("are asked once for each receiver, with the time of departure", () => {
    const delayNs = vi.fn<Link["delayNs"]>(() => 5);
    const { kernel } = scriptedKernel(
      {
        alice: {
          computeDelayNs: 3,
          onStart: (context) => {
            const message = context.compose();
            context.send(1, message);
            context.send(0, message);
          },
        },
        bob: {},
      },
      { link: { join: () => undefined, delayNs } },
    );
    kernel.run(Infinity);
    expect(delayNs.mock.calls).toEqual([
      [0, 1, 3],
      [0, 0, 3],
    ]);
  });
});

test("the journal gets the tape's hash every so many events", () => {
  const points: { timeNs: number; events: number; digest: string }[] = [];
  const journal: JournalPort = {
    ...discardingJournal,
    checkpoint: (timeNs, events, tape) => points.push({ timeNs, events, digest: tape.digest() }),
  };
  const tick = (context: ActorContext): void => {
    context.setTimer(context.nowNs + 1, 1);
  };
  const { kernel, log } = scriptedKernel({ alice: { onStart: tick, onTimer: tick } }, { journal });
  kernel.run(Infinity, 2 * CHECKPOINT_EVENTS);
  expect(points.map(({ timeNs, events }) => [timeNs, events])).toEqual([
    [65_535, 65_536],
    [131_071, 131_072],
  ]);
  expect(points[1].digest).toBe(kernel.tape.digest());
  expect(points[0].digest).not.toBe(points[1].digest);
  expect(log).toHaveLength(2 * CHECKPOINT_EVENTS - 1);
});
