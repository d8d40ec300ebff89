import { describe, expect, test } from "vitest";

import { discardingJournal } from "../../kernel/journal-port.ts";
import type { JournalPort } from "../../kernel/journal-port.ts";
import { EVERY_INSTRUMENT } from "../../model/command.ts";
import { Reason } from "../../model/reason.ts";
import { FillWord, ReportWord } from "../../model/report.ts";
import { TradingPhase, writeSetPhase } from "../../model/phase.ts";
import { RecordKind, recordKindName } from "../../model/record.ts";
import { SIDE_NAMES } from "../../model/side.ts";
import { PROFILE_RULES } from "../../testing/book-profiles.ts";
import { renderReport } from "../../testing/book-record-text.ts";
import { parseStep } from "../../testing/book-step-text.ts";
import { writeStep } from "../../testing/step-command.ts";
import type { VenueStageOptions } from "../../testing/venue-stage.ts";
import { VenueStage, writeSubscription } from "../../testing/venue-stage.ts";

const BTC = { symbol: "BTC/USD", base: "BTC", quote: "USD", tick: "1", lot: "1" };
const ETH = { ...BTC, symbol: "ETH/USD", base: "ETH" };

/** A venue, and clients whose reports are written down as text with the time in front. */
class Scene {
  readonly stage: VenueStage;
  readonly #heard = new Map<number, string[]>();

  constructor(options: Partial<VenueStageOptions> = {}) {
    this.stage = new VenueStage({ instruments: [BTC, ETH], ...options });
  }

  /** A client with an account that has enough of everything. @returns its actor */
  addTrader(name: string): number {
    const actor = this.addStranger(name);
    this.stage.openAccount(actor, { USD: 1_000_000, BTC: 1_000, ETH: 1_000 });
    return actor;
  }

  /** A client without an account. */
  addStranger(name: string): number {
    const lines: string[] = [];
    const actor = this.stage.addClient(name, ({ timeNs, words, doubles, at }) => {
      lines.push(`${timeNs} ${renderHeard(words, doubles, at)}`);
    });
    this.#heard.set(actor, lines);
    return actor;
  }

  /** Sends a step, whose owner is written into the command, whoever sends it. */
  send(actor: number, timeNs: number, step: string, instrument = 0): void {
    const parsed = parseStep(step);
    if (parsed.do === "clock" || parsed.do === "expire" || parsed.do === "position")
      throw new Error(`${step} is no command`);
    this.stage.send(actor, timeNs, (words, doubles) => writeStep(words, doubles, 0, { instrument, step: parsed }));
    this.stage.runTo(timeNs);
  }

  /** What an actor has heard since the last call. */
  take(actor: number): string[] {
    return this.#heard.get(actor)?.splice(0) ?? [];
  }
}

function renderHeard(words: Int32Array, doubles: Float64Array, at: number): string {
  if (words[at] !== RecordKind.fill) {
    const record = words.slice(at, at + 16);
    const instrument = record[ReportWord.instrument];
    return `${instrument === 0 ? "" : `at ${instrument} `}${renderReport(record, 0, { ...PROFILE_RULES, instrument })}`;
  }
  const word = (index: number): number => words[at + index];
  const liquidity = word(FillWord.isMaker) === 1 ? "maker" : "taker";
  const what = `${SIDE_NAMES[word(FillWord.side)]} ${word(FillWord.qtyLots)}@${word(FillWord.priceTicks)}`;
  const name = `${word(FillWord.owner)}:${word(FillWord.orderId)}`;
  const fee = doubles[(at + FillWord.feeUnits) >> 1];
  return `fill ${word(FillWord.tradeId)} ${name} ${what} left ${word(FillWord.leavesLots)}, ${liquidity} fee ${fee}`;
}

describe("orders", () => {
  test("belong to who sends them, whatever owner they name", () => {
    const scene = new Scene();
    const ann = scene.addTrader("ann");
    const bob = scene.addTrader("bob");
    scene.send(ann, 1, "buy 3:7 10@100");
    scene.send(bob, 2, "cancel 2:7");
    scene.send(bob, 3, "replace 2:7 5@100");
    scene.send(bob, 4, "mass-cancel 2");
    scene.send(bob, 5, "disconnect 2");
    expect(scene.take(ann)).toEqual(["1 accepted 0:7 #0 buy 10@100 left 10"]);
    expect(scene.take(bob)).toEqual(["2 refused cancel 0:7 unknownOrder", "3 refused replace 0:7 unknownOrder"]);
    expect(scene.stage.venue.books[0].find(2, 7)).toBeDefined();
  });

  test("of who has no account are refused to their sender", () => {
    const scene = new Scene();
    const eve = scene.addStranger("eve");
    const ann = scene.addTrader("ann");
    scene.send(eve, 1, "buy 2:7 10@100");
    scene.send(eve, 2, "cancel 2:7");
    expect(scene.take(eve)).toEqual(["1 rejected 0:7 buy 10@100 unknownOwner", "2 refused cancel 0:7 unknownOwner"]);
    expect(scene.take(ann)).toEqual([]);
  });

  test("that come from outside of the run are refused to nobody", () => {
    const commands: number[] = [];
    const journal: JournalPort = {
      ...discardingJournal,
      command: (_, words, at) => commands.push(words[at + 2]),
    };
    const scene = new Scene({ journal });
    const words = new Int32Array(16);
    writeStep(words, new Float64Array(words.buffer), 0, {
      instrument: 0,
      step: { do: "cancel", owner: 2, orderId: 1 },
    });
    scene.stage.kernel.inject(scene.stage.kernel.find("venue"), words, 1);
    expect(() => scene.stage.runTo(1)).not.toThrow();
    expect(commands).toEqual([-1]);
  });

  test("and nothing else: other messages are not looked at", () => {
    const scene = new Scene();
    const ann = scene.addTrader("ann");
    for (const kind of [0, 15, RecordKind.orderAccepted, RecordKind.quote, RecordKind.note]) {
      scene.stage.send(ann, 1, (words) => words.fill(kind, 0, 1));
    }
    scene.stage.runTo(1);
    expect(scene.take(ann)).toEqual([]);
  });
});

describe("fills", () => {
  test("go to both owners, each with its own side, liquidity, rest and fee", () => {
    const scene = new Scene({ fees: { makerMillionths: -1_000, takerMillionths: 2_000 } });
    const ann = scene.addTrader("ann");
    const bob = scene.addTrader("bob");
    scene.send(ann, 1, "sell 2:7 10@1000");
    scene.send(bob, 2, "buy 3:8 4@1000");
    scene.send(bob, 3, "buy 3:9 7@1000");
    expect(scene.take(ann)).toEqual([
      "1 accepted 0:7 #0 sell 10@1000 left 10",
      "2 fill 0 0:7 sell 4@1000 left 6, maker fee -4",
      "3 fill 1 0:7 sell 6@1000 left 0, maker fee -6",
    ]);
    expect(scene.take(bob)).toEqual([
      "2 accepted 0:8 #1 buy 4@1000 left 4",
      "2 fill 0 0:8 buy 4@1000 left 0, taker fee 8",
      "3 accepted 0:9 #2 buy 7@1000 left 7",
      "3 fill 1 0:9 buy 6@1000 left 1, taker fee 12",
    ]);
  });

  test("of a trade with oneself come twice, taker first", () => {
    const scene = new Scene();
    const ann = scene.addTrader("ann");
    scene.send(ann, 1, "buy 2:7 1@1000");
    scene.take(ann);
    scene.send(ann, 2, "sell 2:8 1@market");
    expect(scene.take(ann)).toEqual([
      "2 accepted 0:8 #1 sell 1@market left 1",
      "2 fill 0 0:8 sell 1@1000 left 0, taker fee 0",
      "2 fill 0 0:7 buy 1@1000 left 0, maker fee 0",
    ]);
  });

  test("and reports of an account without an actor go to nobody", () => {
    const scene = new Scene();
    const ann = scene.addTrader("ann");
    const { ledger, venue } = scene.stage;
    const ghost = ledger.openAccount();
    ledger.deposit(ghost, 0, 10);
    const words = new Int32Array(16);
    const doubles = new Float64Array(words.buffer);
    // What nobody's actor sent came before the run.
    writeStep(words, doubles, 0, { instrument: 0, step: submitOf(`sell ${ghost}:1 10@100`) });
    venue.apply(words, doubles, 0, 0);
    venue.reports.clear();
    venue.deltas.clear();
    scene.send(ann, 1, "buy 2:7 4@100 stp-maker");
    scene.send(ann, 2, "cancel 2:7");
    expect(scene.take(ann)).toEqual([
      "1 accepted 0:7 #1 buy 4@100 stp-maker left 4",
      "1 fill 0 0:7 buy 4@100 left 0, taker fee 0",
      "2 refused cancel 0:7 unknownOrder",
    ]);
  });
});

describe("orders expire at their time though nothing else happens", () => {
  test("good-till-date, at the moment itself or the first whole nanosecond behind it", () => {
    const scene = new Scene();
    const ann = scene.addTrader("ann");
    scene.send(ann, 1, "buy 2:1 1@100 gtd 500");
    scene.send(ann, 2, "buy 2:2 1@100 gtd 300");
    scene.send(ann, 3, "buy 2:3 1@100 gtd 400.5", 1);
    scene.take(ann);
    scene.stage.runTo(1_000);
    expect(scene.take(ann)).toEqual([
      "300 expired 0:2 #1 buy 1@100 gtd",
      "401 at 1 expired 0:3 #0 buy 1@100 gtd",
      "500 expired 0:1 #0 buy 1@100 gtd",
    ]);
    expect(scene.stage.ledger.reserved(2, 1)).toBe(0);
  });

  test("DAY, when the session ends", () => {
    const scene = new Scene({ sessionEndNs: 2_000 });
    const ann = scene.addTrader("ann");
    scene.send(ann, 1, "buy 2:1 1@100 day");
    scene.take(ann);
    scene.stage.runTo(1_999);
    expect(scene.take(ann)).toEqual([]);
    scene.stage.runTo(2_000);
    expect(scene.take(ann)).toEqual(["2000 expired 0:1 #0 buy 1@100 day"]);
  });

  test("each in turn, with one timer at a time", () => {
    const scene = new Scene();
    const ann = scene.addTrader("ann");
    const orders = 300;
    for (let place = 0; place < orders; place++)
      scene.send(ann, 1 + place, `buy 2:${place} 1@100 gtd ${10_000 - place}`);
    const before = scene.stage.kernel.events;
    scene.stage.runTo(20_000);
    // A timer and a report for each; timers that later orders have made needless do not pile up.
    expect(scene.stage.kernel.events - before).toBe(2 * orders);
    expect(
      scene
        .take(ann)
        .slice(-orders)
        .every((line) => line.includes("expired")),
    ).toBe(true);
  });

  test("but an order that outlives every clock needs none", () => {
    const scene = new Scene();
    const ann = scene.addTrader("ann");
    scene.send(ann, 1, "buy 2:1 1@100 gtd 1e300");
    scene.send(ann, 2, "buy 2:2 1@100 gtd Infinity");
    expect(scene.take(ann).length).toBe(2);
    expect(scene.stage.kernel.nextTimeNs).toBe(Infinity);
  });

  test("a busy venue expires them when it is free", () => {
    const scene = new Scene({ computeDelayNs: 1_000 });
    const ann = scene.addTrader("ann");
    scene.send(ann, 2_000, "buy 2:1 1@100 gtd 3500");
    scene.send(ann, 3_100, "buy 2:2 1@100 gtd 3300");
    scene.stage.runTo(9_000);
    // Both are due before the venue has done the second order, which takes it until 4100.
    expect(scene.take(ann)).toEqual([
      "3000 accepted 0:1 #0 buy 1@100 gtd left 1",
      "4100 accepted 0:2 #1 buy 1@100 gtd left 1",
      "5100 expired 0:2 #1 buy 1@100 gtd",
      "5100 expired 0:1 #0 buy 1@100 gtd",
    ]);
  });
});

describe("the journal", () => {
  test("gets each command in order, with the account that sent it", () => {
    const lines: string[] = [];
    const journal: JournalPort = {
      ...discardingJournal,
      command: (timeNs, words, at) => lines.push(`${timeNs}: ${[...words.subarray(at, at + 7)].join(" ")}`),
    };
    const scene = new Scene({ journal });
    const ann = scene.addTrader("ann");
    const bob = scene.addTrader("bob");
    const eve = scene.addStranger("eve");
    scene.send(ann, 1, "buy 0:7 10@100");
    scene.stage.send(ann, 2, (words, doubles) => {
      writeSubscription(words, doubles, RecordKind.subscribe, { depth: "quotes", mode: "everyChange" });
    });
    scene.send(eve, 3, "cancel 2:7");
    scene.send(bob, 4, "sell 0:7 4@100", 1);
    scene.send(bob, 5, "cancel-all 0", EVERY_INSTRUMENT);
    expect(lines).toEqual([
      `1: ${RecordKind.submitOrder} 0 2 7 0 100 10`,
      `3: ${RecordKind.cancelOrder} 0 -1 7 0 0 0`,
      `4: ${RecordKind.submitOrder} 1 3 7 1 100 4`,
      `5: ${RecordKind.cancelAllOrders} -1 3 0 0 0 0`,
    ]);
  });
});

test("the journal gets each change of phase too, whoever caused it", () => {
  const lines: string[] = [];
  const journal: JournalPort = {
    ...discardingJournal,
    command: (timeNs, words, at) =>
      lines.push(`${timeNs}: ${recordKindName(words[at])} ${words[at + 1]} ${words[at + 3]}`),
  };
  const circuitBreaker = { moveMillionths: 50_000, windowNs: 1_000, haltNs: 100, reopeningNs: 50 };
  const scene = new Scene({ journal, rules: [{ circuitBreaker }, {}] });
  const ann = scene.addTrader("ann");
  const bob = scene.addTrader("bob");
  for (const [timeNs, price] of [
    [1, 100],
    [3, 106],
  ]) {
    scene.send(ann, timeNs, `sell 0:${timeNs} 1@${price}`);
    scene.send(bob, timeNs + 1, `buy 0:${timeNs} 1@${price}`);
  }
  scene.stage.operate(5, (words, doubles) => {
    writeSetPhase(words, doubles, 0, { instrument: 1, phase: TradingPhase.closed });
  });
  scene.stage.runTo(1_000);
  const { continuous, auction, halted, closed } = TradingPhase;
  expect(lines.filter((line) => line.includes("hase"))).toEqual([
    `4: phaseChanged 0 ${halted}`,
    `5: setPhase 1 ${closed}`,
    `5: phaseChanged 1 ${closed}`,
    `104: phaseChanged 0 ${auction}`,
    `154: phaseChanged 0 ${continuous}`,
  ]);
});

describe("statistics", () => {
  test("count commands, refusals and what was traded, by instrument", () => {
    const scene = new Scene();
    const ann = scene.addTrader("ann");
    scene.send(ann, 1, "buy 2:1 10@100");
    scene.send(ann, 2, "sell 2:2 4@market");
    scene.send(ann, 3, "sell 2:3 1@90");
    scene.send(ann, 4, "buy 2:1 10@100", 1);
    scene.send(ann, 5, "cancel 2:77", 1);
    scene.send(ann, 6, "cancel-all 2", EVERY_INSTRUMENT);
    scene.send(ann, 7, "cancel 2:1", 2);
    expect(scene.stage.actor.statistics.turnovers).toEqual([
      {
        commands: 4,
        rejected: 0,
        trades: 2,
        volumeLots: 5,
        auctions: 0,
        halts: 0,
        tickLots: 500,
        refusals: new Map(),
        charges: new Map(),
      },
      {
        commands: 3,
        rejected: 1,
        trades: 0,
        volumeLots: 0,
        auctions: 0,
        halts: 0,
        tickLots: 0,
        refusals: new Map([[Reason.unknownOrder, 1]]),
        charges: new Map(),
      },
    ]);
  });
});

function submitOf(text: string): Extract<ReturnType<typeof parseStep>, { do: "submit" }> {
  const step = parseStep(text);
  if (step.do !== "submit") throw new Error(`${text} is no order`);
  return step;
}
