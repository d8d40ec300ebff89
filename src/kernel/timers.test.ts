import { describe, expect, test } from "vitest";

import { recordOf } from "../testing/scripted-actor.ts";
import { scriptedKernel } from "../testing/scripted-kernel.ts";
import { ActorFailure } from "./actor-failure.ts";

describe("timers", () => {
  test("come due in order of time, and at one moment in the order in which they were set", () => {
    const { kernel, log } = scriptedKernel({
      alice: {
        onStart: (context) => {
          for (const [atNs, tag] of [
            [30, 1],
            [10, 2],
            [30, 3],
            [20, -4],
          ]) {
            context.setTimer(atNs, tag);
          }
        },
      },
    });
    kernel.run(Infinity);
    expect(log).toEqual(["10 alice timer 2", "20 alice timer -4", "30 alice timer 1", "30 alice timer 3"]);
    expect(kernel).toMatchObject({ events: 5, messages: 0 });
  });

  test("for a time that is past come due now, behind what is to happen now already", () => {
    const { kernel, log } = scriptedKernel({
      alice: {
        onStart: (context) => {
          context.setTimer(100, 1);
          context.setTimer(100, 2);
        },
        onTimer: (context, tag) => {
          if (tag === 1) context.setTimer(-5, 3);
        },
      },
    });
    kernel.run(Infinity);
    expect(log).toEqual(["100 alice timer 1", "100 alice timer 2", "100 alice timer 3"]);
  });

  test("that are canceled do not come due, and can be canceled once", () => {
    const canceled: boolean[] = [];
    const { kernel, log } = scriptedKernel({
      alice: {
        onStart: (context) => {
          const timer = context.setTimer(50, 1);
          context.setTimer(60, 2);
          canceled.push(context.cancelTimer(timer), context.cancelTimer(timer));
        },
      },
    });
    kernel.run(Infinity);
    expect(log).toEqual(["60 alice timer 2"]);
    expect(canceled).toEqual([true, false]);
  });

  test("cannot be canceled once they have come due, also by a handle whose place another timer has now", () => {
    const canceled: boolean[] = [];
    let first = -1;
    const { kernel, log } = scriptedKernel({
      alice: {
        onStart: (context) => {
          first = context.setTimer(10, 1);
        },
        onTimer: (context, tag) => {
          if (tag !== 1) return;
          context.setTimer(20, 2);
          canceled.push(context.cancelTimer(first));
        },
      },
    });
    kernel.run(Infinity);
    expect(canceled).toEqual([false]);
    expect(log).toEqual(["10 alice timer 1", "20 alice timer 2"]);
  });

  test("that come due while the actor is busy wait for it, in line with the messages, and cannot be canceled then", () => {
    const canceled: boolean[] = [];
    let timer = -1;
    const { kernel, log } = scriptedKernel({
      alice: {
        computeDelayNs: 100,
        onStart: (context) => {
          timer = context.setTimer(20, 1);
          context.setTimer(500, 2);
        },
        onValue: (context) => {
          canceled.push(context.cancelTimer(timer));
        },
      },
    });
    kernel.inject(0, recordOf(7), 10);
    kernel.inject(0, recordOf(8), 30);
    kernel.run(Infinity);
    expect(log).toEqual([
      "100 alice hears 7 from outside",
      "200 alice timer 1",
      "300 alice hears 8 from outside",
      "500 alice timer 2",
    ]);
    expect(canceled).toEqual([false, false]);
  });

  test.each([
    ["half a nanosecond", 0.5, 1],
    ["no time", Number.NaN, 1],
    ["the end of time", Infinity, 1],
    ["a tag that is no int32", 10, 2 ** 31],
    ["a fractional tag", 10, 0.5],
  ])("refuse %s", (_, atNs, tag) => {
    const { kernel } = scriptedKernel({ alice: { onStart: (context) => context.setTimer(atNs, tag) } });
    expect(() => kernel.run(0)).toThrow(ActorFailure);
  });
});
