import { describe, expect, test } from "vitest";

import { say } from "../testing/scripted-actor.ts";
import { scriptedKernel } from "../testing/scripted-kernel.ts";
import { tapesByName, toySwarm } from "../testing/toy-swarm.ts";
import type { ToySwarmOptions } from "../testing/toy-swarm.ts";
import type { Kernel } from "./kernel.ts";
import { ConstantLink } from "./links.ts";

const UNTIL_NS = 200_000;

function run(options: ToySwarmOptions): Kernel {
  const kernel = toySwarm(options);
  kernel.run(UNTIL_NS);
  return kernel;
}

/** What a run shows from outside. */
function outcomeOf(kernel: Kernel): object {
  const { events, messages, nowNs, nextTimeNs } = kernel;
  return { tape: kernel.tape.digest(), events, messages, nowNs, nextTimeNs, tapes: [...tapesByName(kernel)] };
}

describe("a run", () => {
  test("is the same with the same seed, and another with another", () => {
    expect(outcomeOf(run({ seed: 7 }))).toEqual(outcomeOf(run({ seed: 7 })));
    const tapes = [7, 8, 9, 70, -7].map((seed) => run({ seed }).tape.digest());
    expect(new Set(tapes).size).toBe(5);
    expect(run({ seed: 7 }).messages).toBeGreaterThan(5_000);
  });

  test("is the same whether the tapes of each actor are kept or not", () => {
    expect(run({ tapes: "of the run" }).tape.digest()).toBe(run({ tapes: "of each actor" }).tape.digest());
    expect(() => run({ tapes: "of the run" }).tapeOf(0)).toThrow("the kernel keeps no tape of each actor");
  });

  test("is the one that it has always been: recorded runs would not replay otherwise", () => {
    expect(outcomeOf(run({ seed: 1, traders: 2 }))).toMatchInlineSnapshot(`
      {
        "events": 4955,
        "messages": 3614,
        "nextTimeNs": 200083,
        "nowNs": 199922,
        "tape": "bbedd327be6614cfb11e5696e96fc79a",
        "tapes": [
          [
            "trader-0",
            "79597be0f1ecbabb542cba264855d4ea",
          ],
          [
            "trader-1",
            "f1d31e90c94c1e86adb869a566ffa0ce",
          ],
          [
            "venue",
            "892e19a265add377d6dd8ac90ad5298f",
          ],
        ],
      }
    `);
  });

  test("stopped at any event and continued is the run that was not stopped", () => {
    const whole = run({ seed: 3 });
    for (const stop of [0, 1, 2, 9, 10, 11, 500, whole.events - 1, whole.events]) {
      const halves = toySwarm({ seed: 3 });
      halves.run(UNTIL_NS, stop);
      expect(halves.events).toBe(stop);
      halves.run(UNTIL_NS);
      expect(outcomeOf(halves)).toEqual(outcomeOf(whole));
    }
  });

  test("stopped at any time and continued is the run that was not stopped", () => {
    const whole = run({ seed: 4 });
    for (const stopNs of [0, 1, 499, 500, 12_345, UNTIL_NS]) {
      const halves = toySwarm({ seed: 4 });
      halves.run(stopNs);
      expect(halves.nowNs).toBeLessThanOrEqual(stopNs);
      expect(halves.nextTimeNs).toBeGreaterThan(stopNs);
      halves.run(UNTIL_NS);
      expect(outcomeOf(halves)).toEqual(outcomeOf(whole));
    }
  });

  test("one event at a time is the run that went at once", () => {
    const single = toySwarm({ seed: 5, traders: 3 });
    while (single.nextTimeNs <= 20_000) single.run(20_000, single.events + 1);
    const whole = toySwarm({ seed: 5, traders: 3 });
    whole.run(20_000);
    expect(outcomeOf(single)).toEqual(outcomeOf(whole));
  });
});

describe("the tape shows", () => {
  interface Change {
    readonly to?: string;
    readonly value?: number;
    readonly from?: string;
    readonly delayNs?: number;
    readonly timerTag?: number;
  }

  function tapeWith({ to = "carol", value = 1, from = "alice", delayNs = 10, timerTag = 5 }: Change): string {
    const script = (name: string): object => ({
      onStart: (context: Parameters<typeof say>[0]) => {
        if (name === from) say(context, to, value);
        if (name === "alice") context.setTimer(50, timerTag);
      },
    });
    const names = ["alice", "bob", "carol", "dave"];
    const { kernel } = scriptedKernel(Object.fromEntries(names.map((name) => [name, script(name)])), {
      link: new ConstantLink(delayNs),
    });
    kernel.run(Infinity);
    return kernel.tape.digest();
  }

  test.each<[string, Change]>([
    ["what a message said", { value: 2 }],
    ["to whom it went", { to: "dave" }],
    ["from whom it came", { from: "bob" }],
    ["when it came", { delayNs: 11 }],
    ["which timer came due", { timerTag: 6 }],
  ])("%s", (_, change) => {
    expect(tapeWith(change)).not.toBe(tapeWith({}));
    expect(tapeWith(change)).toBe(tapeWith(change));
  });
});

describe("adding one silent agent leaves the tape of every other component as it was", () => {
  test.each(["first", "in the middle", "last"] as const)("added %s", (silent) => {
    for (let seed = 0; seed < 8; seed++) {
      const without = tapesByName(run({ seed }));
      const withSilent = tapesByName(run({ seed, silent }));
      expect(withSilent.has("silent")).toBe(true);
      withSilent.delete("silent");
      expect(withSilent).toEqual(without);
    }
  });

  test("the silent one lives through a lot meanwhile: quotes, timers, draws, delays", () => {
    const without = run({ seed: 1 });
    const withSilent = run({ seed: 1, silent: "first" });
    expect(withSilent.events).toBeGreaterThan(without.events + 1_000);
    expect(withSilent.messages).toBeGreaterThan(without.messages + 250);
  });

  test("an agent that says something does change the others, so that the check above can fail", () => {
    const without = tapesByName(run({ seed: 1 }));
    const withLoud = tapesByName(run({ seed: 1, loud: "last" }));
    withLoud.delete("loud");
    const changed = [...withLoud].filter(([name, tape]) => tape !== without.get(name));
    expect(changed.length).toBe(without.size);
  });
});
