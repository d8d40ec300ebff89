import { expect, test } from "vitest";

import { FakeClock } from "../testing/fake-clock.ts";
import { recordOf } from "../testing/scripted-actor.ts";
import { scriptedKernel } from "../testing/scripted-kernel.ts";
import type { ScriptedKernel } from "../testing/scripted-kernel.ts";
import type { Carrier, CarrierHost } from "./carrier.ts";
import type { DirectiveInput } from "./external-input.ts";
import { discardingJournal } from "./journal-port.ts";
import { VirtualDriver } from "./virtual-driver.ts";

const NS_PER_MS = 1_000_000;

/** Delivers everything after as long as it was last told. */
class ObedientCarrier implements Carrier {
  readonly #messages: { to: number; message: number }[] = [];
  #delayNs = 10;
  #host!: CarrierHost;

  attach(host: CarrierHost): void {
    this.#host = host;
  }

  join(): void {}

  carry(_from: number, to: number, message: number, departureNs: number): void {
    this.#host.schedule(departureNs + this.#delayNs, this.#messages.push({ to, message }) - 1);
  }

  onStep(step: number, timeNs: number): void {
    this.#host.deliver(this.#messages[step].to, this.#messages[step].message, timeNs);
  }

  onDirective(directive: unknown): void {
    this.#delayNs = directive as number;
  }
}

/** An actor that every 10 ms sends the other a value, and what entered from outside. */
function metronome(): ScriptedKernel & { directives: DirectiveInput[] } {
  const directives: DirectiveInput[] = [];
  const journal = {
    ...discardingJournal,
    directive: (timeNs: number, directive: unknown) => void directives.push({ timeNs, directive }),
  };
  const scripted = scriptedKernel(
    {
      a: {
        onStart: (context) => context.setTimer(context.nowNs + 10 * NS_PER_MS, 1),
        onTimer: (context, tag) => {
          const message = context.compose();
          context.words.set(recordOf(tag), message << 4);
          context.send(1, message);
          context.setTimer(context.nowNs + 10 * NS_PER_MS, tag + 1);
        },
      },
      b: {},
    },
    { link: new ObedientCarrier(), journal },
  );
  return { ...scripted, directives };
}

test("a directive that is handed in takes effect at the clock's time, and replayed at the same place", async () => {
  const clock = new FakeClock({ startMs: 0 });
  const live = metronome();
  const driver = new VirtualDriver(live.kernel, { clock, pace: 2 });
  // By the pace, 11 ms are 22 ms of kernel time, between two ticks.
  clock.at(11, () => driver.direct(driver.entryNs, 500));
  clock.at(16, () => driver.direct(driver.entryNs, 3));
  expect(await driver.run({ untilNs: 50 * NS_PER_MS })).toBe("time");
  expect(live.directives).toEqual([
    { timeNs: 22 * NS_PER_MS, directive: 500 },
    { timeNs: 32 * NS_PER_MS, directive: 3 },
  ]);
  const heard = live.log.filter((line) => line.includes("b hears"));
  expect(heard.map((line) => Number(line.split(" ")[0]) % NS_PER_MS)).toEqual([10, 10, 500, 3]);

  const replayed = metronome();
  await new VirtualDriver(replayed.kernel, { clock, inputs: live.directives }).run({ untilNs: 50 * NS_PER_MS });
  expect(replayed.kernel.tape.digest()).toBe(live.kernel.tape.digest());
  expect(replayed.directives).toEqual(live.directives);
});

test("as fast as possible, a directive enters right after what has happened, steps of the carrier included", async () => {
  const { kernel, directives } = metronome();
  const clock = new FakeClock();
  const driver = new VirtualDriver(kernel, { clock });
  await driver.run({ untilNs: 10 * NS_PER_MS });
  expect(driver.entryNs).toBe(10 * NS_PER_MS + 1);
  driver.direct(driver.entryNs, 500);
  // A second one may enter at the same moment, after the first one.
  driver.direct(driver.entryNs, 600);
  await driver.run({ untilNs: 20 * NS_PER_MS });
  expect(directives.map(({ timeNs }) => timeNs)).toEqual([10 * NS_PER_MS + 1, 10 * NS_PER_MS + 1]);
  expect(kernel.reachedNs).toBe(20 * NS_PER_MS);
});

test("a directive comes before everything else of its moment, a message at the same time in the order of the inputs", async () => {
  const { kernel, log } = metronome();
  const timeNs = 10 * NS_PER_MS;
  const inputs = [
    { timeNs, directive: 77 },
    { timeNs, to: 1, records: recordOf(9) },
  ];
  await new VirtualDriver(kernel, { clock: new FakeClock(), inputs }).run({ untilNs: 11 * NS_PER_MS });
  expect(log.map((line) => line.replace(/^\d+(\d{6}) /, "$1 "))).toEqual([
    "000000 a timer 1",
    "000000 b hears 9 from outside",
    "000077 b hears 1 from a",
  ]);
});

test("without a carrier that takes it, a directive is an error", async () => {
  const { kernel } = scriptedKernel({ a: {} });
  const driver = new VirtualDriver(kernel, { clock: new FakeClock(), inputs: [{ timeNs: 5, directive: 1 }] });
  await expect(driver.run()).rejects.toThrow("a directive needs a carrier that takes it");
});

test("is not handed in for the past", async () => {
  const { kernel } = metronome();
  const driver = new VirtualDriver(kernel, { clock: new FakeClock() });
  await driver.run({ untilNs: 10 * NS_PER_MS });
  expect(() => driver.direct(10 * NS_PER_MS, 1)).toThrow("later than what happened");
});
