import { describe, expect, test } from "vitest";

import { RandomStream } from "../../core/random.ts";
import { discardingJournal } from "../../kernel/journal-port.ts";
import { CommandWord, EVERY_INSTRUMENT } from "../../model/command.ts";
import { recordKindName } from "../../model/record.ts";
import { renderReport } from "../../testing/book-record-text.ts";
import { PROFILE_RULES } from "../../testing/book-profiles.ts";
import { parseStep } from "../../testing/book-step-text.ts";
import { writeStep } from "../../testing/step-command.ts";
import { VenueStage } from "../../testing/venue-stage.ts";
import type { SpeedBumpOptions } from "./speed-bump.ts";

const BTC = { symbol: "BTC/USD", base: "BTC", quote: "USD", tick: "1", lot: "1" };
const ETH = { ...BTC, symbol: "ETH/USD", base: "ETH" };
const ALL: SpeedBumpOptions = { delayNs: 100, jitterNs: 0, appliesTo: "all", exemptsCancels: false };
const TAKERS: SpeedBumpOptions = { ...ALL, appliesTo: "takers" };

/** A venue with a speed bump; what reaches its books is written down with the time, and so is what traders hear. */
class Scene {
  readonly stage: VenueStage;
  readonly executed: string[] = [];
  readonly heard: string[] = [];

  constructor(speedBump: SpeedBumpOptions | undefined, waitingMax?: number) {
    const journal = {
      ...discardingJournal,
      command: (timeNs: number, words: Int32Array, at: number): void => {
        const name = `${words[at + CommandWord.owner]}:${words[at + CommandWord.orderId]}`;
        this.executed.push(`${timeNs} ${recordKindName(words[at])} ${words[at + CommandWord.instrument]} ${name}`);
      },
    };
    this.stage = new VenueStage({
      instruments: [BTC, ETH],
      journal,
      ...(speedBump === undefined ? {} : { speedBump }),
      ...(waitingMax === undefined ? {} : { waitingMax }),
    });
  }

  addTrader(name: string): number {
    const actor = this.stage.addClient(name, ({ timeNs, words, at }) => {
      const rules = { ...PROFILE_RULES, instrument: words[at + 1] };
      // A fill's words are others; who hears it and when is all that counts here.
      const text = recordKindName(words[at]) === "fill" ? "fill" : renderReport(words, at, rules);
      this.heard.push(`${timeNs} ${name} ${text}`);
    });
    this.stage.openAccount(actor, { USD: 1_000_000, BTC: 1_000, ETH: 1_000 });
    return actor;
  }

  send(actor: number, timeNs: number, text: string, instrument = 0): void {
    const step = parseStep(text);
    if (step.do === "clock" || step.do === "expire" || step.do === "position") throw new Error(`${text} is no command`);
    this.stage.send(actor, timeNs, (words, doubles) => writeStep(words, doubles, 0, { instrument, step }));
    this.stage.runTo(timeNs);
  }

  /** What was executed, and heard, up to a time. */
  runTo(timeNs: number): { executed: string[]; heard: string[] } {
    this.stage.runTo(timeNs);
    return { executed: this.executed.splice(0), heard: this.heard.splice(0) };
  }
}

describe("for all", () => {
  test("orders and cancels come to the book after the delay, in order", () => {
    const scene = new Scene(ALL);
    const ann = scene.addTrader("ann");
    scene.send(ann, 10, "buy 2:1 1@10");
    scene.send(ann, 10, "cancel 2:1");
    scene.send(ann, 60, "buy 2:2 1@10");
    expect(scene.runTo(109).executed).toEqual([]);
    expect(scene.runTo(1_000).executed).toEqual([
      "110 submitOrder 0 2:1",
      "110 cancelOrder 0 2:1",
      "160 submitOrder 0 2:2",
    ]);
  });

  test("cancels of what is in the book may be exempt; one that would overtake its order waits behind it", () => {
    const scene = new Scene({ ...ALL, exemptsCancels: true });
    const ann = scene.addTrader("ann");
    scene.send(ann, 10, "buy 2:1 1@10");
    scene.runTo(200);
    scene.send(ann, 210, "buy 2:2 1@10");
    scene.send(ann, 220, "cancel 2:1");
    scene.send(ann, 230, "cancel 2:2");
    scene.send(ann, 240, "replace 2:2 2@11");
    expect(scene.runTo(1_000).heard).toEqual([
      "220 ann canceled 0:1 #0 buy 1@10 left 0 canceledByOwner",
      "310 ann accepted 0:2 #1 buy 1@10 left 1",
      "310 ann canceled 0:2 #1 buy 1@10 left 0 canceledByOwner",
      "340 ann refused replace 0:2 unknownOrder",
    ]);
  });

  test("a cancel of everything reaches what rests at once, and what waits behind it", () => {
    const scene = new Scene({ ...ALL, exemptsCancels: true });
    const ann = scene.addTrader("ann");
    scene.send(ann, 10, "buy 2:1 1@10");
    scene.runTo(200);
    scene.send(ann, 210, "buy 2:2 1@10");
    scene.send(ann, 215, "buy 2:3 1@10", 1);
    scene.send(ann, 220, "cancel-all 2", EVERY_INSTRUMENT);
    scene.send(ann, 230, "buy 2:4 1@10");
    expect(scene.runTo(1_000).executed).toEqual([
      "220 cancelAllOrders -1 2:0",
      "310 submitOrder 0 2:2",
      "310 cancelAllOrders 0 2:0",
      "315 submitOrder 1 2:3",
      "315 cancelAllOrders 1 2:0",
      "330 submitOrder 0 2:4",
    ]);
    expect(scene.stage.venue.books[0].orderCount + scene.stage.venue.books[1].orderCount).toBe(1);
  });
});

describe("for takers", () => {
  test("only what would trade with the book as it is waits, and it may rest when it is released", () => {
    const scene = new Scene(TAKERS);
    const ann = scene.addTrader("ann");
    const bob = scene.addTrader("bob");
    scene.send(ann, 10, "sell 2:1 1@20");
    scene.send(bob, 20, "buy 3:1 1@19");
    scene.send(bob, 30, "buy 3:2 1@20");
    scene.send(bob, 31, "buy 3:3 1@market");
    scene.send(bob, 32, "buy 3:4 1@20 post");
    scene.send(bob, 33, "buy 3:5 1@stop trigger 20");
    scene.send(bob, 34, "replace 3:1 1@20");
    // The quote that all of them wanted goes before they are released.
    scene.send(ann, 40, "cancel 2:1");
    expect(scene.runTo(1_000).executed).toEqual([
      "10 submitOrder 0 2:1",
      "20 submitOrder 0 3:1",
      "32 submitOrder 0 3:4",
      "33 submitOrder 0 3:5",
      "40 cancelOrder 0 2:1",
      "130 submitOrder 0 3:2",
      "131 submitOrder 0 3:3",
      "134 replaceOrder 0 3:1",
    ]);
    expect(scene.stage.venue.books[0].find(3, 2)?.priceTicks).toBe(20);
  });
});

test("where too much waits, orders are refused and what takes risk away passes", () => {
  const scene = new Scene(ALL, 2);
  const ann = scene.addTrader("ann");
  for (const id of [1, 2, 3]) scene.send(ann, 10, `buy 2:${id} 1@10`);
  scene.send(ann, 20, "cancel 2:1");
  expect(scene.runTo(100).heard).toEqual([
    "10 ann rejected 0:3 buy 1@10 tooManyWaiting",
    "20 ann refused cancel 0:1 unknownOrder",
  ]);
  scene.runTo(110);
  scene.send(ann, 111, "buy 2:4 1@10");
  expect(scene.runTo(1_000).executed).toEqual(["211 submitOrder 0 2:4"]);
});

/** Random commands of two traders, at random times; some of a third one between them if asked for. */
function randomRun(speedBump: SpeedBumpOptions | undefined, options: { seed: number; third?: boolean }): Scene {
  const scene = new Scene(speedBump);
  const traders = [scene.addTrader("ann"), scene.addTrader("bob")];
  const eve = scene.addTrader("eve");
  const random = RandomStream.named(options.seed, "speed bump", "commands");
  let nowNs = 0;
  for (let count = 0; count < 150; count++) {
    nowNs += random.integer(0, 40);
    const trader = random.integer(0, 1);
    const id = random.integer(1, 12);
    const side = random.chance(0.5) ? "buy" : "sell";
    const text = random.chance(0.7)
      ? `${side} ${trader}:${id} ${random.integer(1, 3)}@${random.integer(95, 105)}`
      : `cancel ${trader}:${id}`;
    scene.send(traders[trader], nowNs, text);
    if (options.third === true) scene.send(eve, nowNs, `buy 9:${count} 1@1`);
  }
  return scene;
}

function shifted(lines: readonly string[], byNs: number): string[] {
  return lines.map((line) => line.replace(/^\d+/, (time) => String(Number(time) + byNs)));
}

test.each([1, 2, 3, 4])("a fixed delay of everything is the same run, only later (seed %i)", (seed) => {
  const without = randomRun(undefined, { seed }).runTo(100_000);
  const within = randomRun(ALL, { seed }).runTo(100_000);
  expect(within).toEqual({ executed: shifted(without.executed, 100), heard: shifted(without.heard, 100) });
  expect(without.heard.length).toBeGreaterThan(100);
});

describe("a random delay", () => {
  const jittered: SpeedBumpOptions = { ...ALL, jitterNs: 300 };
  const times = (scene: Scene, owner: number): number[] =>
    scene
      .runTo(100_000)
      .executed.filter((line) => line.includes(` ${owner}:`))
      .map((line) => Number.parseInt(line, 10));

  test("lies between its bounds, and keeps each owner's order", () => {
    for (const owner of [2, 3]) {
      const sent = times(randomRun(undefined, { seed: 1 }), owner);
      const released = times(randomRun(jittered, { seed: 1 }), owner);
      expect(released.length).toBe(sent.length);
      expect(released).toEqual([...released].sort((a, b) => a - b));
      const delays = released.map((timeNs, place) => timeNs - sent[place]);
      expect(Math.min(...delays)).toBeGreaterThanOrEqual(100);
      expect(Math.max(...delays)).toBeLessThanOrEqual(400);
      expect(new Set(delays).size).toBeGreaterThan(30);
    }
  });

  test("is each owner's own", () => {
    const scene = new Scene(jittered);
    const traders = ["ann", "bob", "eve"].map((name) => scene.addTrader(name));
    for (const actor of traders) scene.send(actor, 10, "buy 2:1 1@10");
    const released = scene.runTo(1_000).executed.map((line) => Number.parseInt(line, 10));
    expect(new Set(released).size).toBe(traders.length);
  });

  test("does not depend on what others send, and is the same again", () => {
    const alone = times(randomRun(jittered, { seed: 1 }), 2);
    expect(times(randomRun(jittered, { seed: 1, third: true }), 2)).toEqual(alone);
    expect(times(randomRun(jittered, { seed: 1 }), 2)).toEqual(alone);
  });
});

test("a crash of the venue takes what waits, and leaves nothing behind which later commands would wait", () => {
  const scene = new Scene(ALL, 2);
  const ann = scene.addTrader("ann");
  const { kernel } = scene.stage;
  const venue = kernel.find("venue");
  scene.send(ann, 10, "buy 2:1 1@10");
  scene.send(ann, 20, "buy 2:2 1@10");
  kernel.outages.crash(venue);
  kernel.outages.restart(venue, 30);
  scene.send(ann, 40, "buy 2:3 1@10");
  // Names no order that is there, so it would wait behind what waits of its owner.
  scene.send(ann, 50, "cancel 2:1");
  expect(scene.runTo(1_000)).toEqual({
    executed: ["140 submitOrder 0 2:3", "150 cancelOrder 0 2:1"],
    heard: [expect.stringMatching(/^140 ann accepted 0:3 /), expect.stringMatching(/^150 ann refused cancel 0:1 /)],
  });
});
