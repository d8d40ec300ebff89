import { describe, expect, test } from "vitest";

import { ClockSkew } from "../../kernel/clock-skew.ts";
import { RecordKind, recordKindName } from "../../model/record.ts";
import { ReportWord } from "../../model/report.ts";
import { parseStep } from "../../testing/book-step-text.ts";
import { writeStep } from "../../testing/step-command.ts";
import { VenueStage, writeSubscription } from "../../testing/venue-stage.ts";

/** All times below are in microseconds: feeds know no shorter interval. */
const US = 1_000;
const BTC = { symbol: "BTC/USD", base: "BTC", quote: "USD", tick: "1", lot: "1" };

/** A venue with a trader whose session means nothing to its orders, one whose orders end with it, and a subscriber. */
function scene(options: { readonly computeDelay?: number } = {}) {
  const { computeDelay = 0 } = options;
  const stage = new VenueStage({ instruments: [BTC], computeDelayNs: computeDelay * US });
  const heard: string[] = [];
  const addTrader = (name: string): { actor: number; account: number } => {
    const actor = stage.addClient(name, ({ timeNs, words, at }) => {
      const order = words[at] === RecordKind.quote ? "" : ` ${words[at + ReportWord.orderId]}`;
      heard.push(`${timeNs / US} ${name} ${recordKindName(words[at])}${order}`);
    });
    return { actor, account: stage.openAccount(actor, { USD: 1_000_000, BTC: 1_000 }) };
  };
  const [ann, bob, sue] = [addTrader("ann"), addTrader("bob"), addTrader("sue")];
  stage.venue.cancelOnDisconnect(bob.account);
  return {
    stage,
    heard,
    venue: stage.kernel.find("venue"),
    at: (time: number, { actor }: { actor: number }, step: string): void => {
      const parsed = parseStep(step.replace(/gtd (\d+)/, "gtd $1000"));
      if (parsed.do === "clock" || parsed.do === "expire" || parsed.do === "position") throw new Error(step);
      stage.send(actor, time * US, (words, doubles) => writeStep(words, doubles, 0, { instrument: 0, step: parsed }));
    },
    subscribe: (time: number, interval: number): void => {
      const request = { depth: "quotes", mode: "snapshots", intervalNs: interval * US } as const;
      stage.send(sue.actor, time * US, (words, doubles) =>
        writeSubscription(words, doubles, RecordKind.subscribe, request),
      );
    },
    runTo: (time: number): void => stage.runTo(time * US),
    ann,
    bob,
  };
}

describe("a venue that crashes", () => {
  test("has its books and subscribers when it is back, does what came due, and ends every session", () => {
    const { stage, runTo, heard, venue, at, subscribe, ann, bob } = scene();
    at(10, ann, "buy 1:1 5@100");
    at(11, ann, "buy 1:2 5@99 gtd 80");
    at(12, bob, "sell 1:7 5@110");
    at(12, ann, "buy 1:4 5@97 gtd 140");
    subscribe(13, 30);
    // Lost: the venue is down.
    at(60, ann, "buy 1:3 5@98");
    at(130, ann, "cancel 1:1");
    runTo(50);
    stage.kernel.outages.crash(venue);
    runTo(99);
    expect([stage.venue.books[0].orderCount, heard.splice(0).length]).toEqual([4, 6]);
    stage.kernel.outages.restart(venue, 100 * US);
    runTo(150);
    expect(heard).toEqual([
      "100 ann orderExpired 2",
      "100 bob orderCanceled 7",
      "100 sue quote",
      "120 sue quote",
      "130 ann orderCanceled 1",
      "140 ann orderExpired 4",
      "150 sue quote",
    ]);
    expect(stage.venue.books[0].orderCount).toBe(0);
  });

  test("loses what waits for it, and crashes as often as it must", () => {
    const { stage, runTo, heard, venue, at, ann } = scene({ computeDelay: 20 });
    for (const number of [1, 2, 3]) at(50, ann, `buy 1:${number} 5@100`);
    runTo(80);
    stage.kernel.outages.crash(venue);
    stage.kernel.outages.restart(venue, 81 * US);
    stage.kernel.outages.crash(venue);
    stage.kernel.outages.restart(venue, 82 * US);
    at(200, ann, "buy 1:4 5@100");
    runTo(300);
    expect(heard).toEqual(["70 ann orderAccepted 1", "90 ann orderAccepted 2", "220 ann orderAccepted 4"]);
  });
});

describe("a venue whose clock is wrong", () => {
  const skewed = (venue: number, stage: VenueStage, offset: number): void => {
    const skew = new ClockSkew({ offsetNs: offset * US, driftPpm: 0, sinceNs: stage.kernel.nowNs });
    stage.kernel.outages.skewClock(venue, skew);
  };

  test("lets orders expire by it", () => {
    const { stage, runTo, heard, venue, at, ann } = scene();
    runTo(5);
    skewed(venue, stage, 1_000);
    at(10, ann, "buy 1:1 5@100 gtd 900");
    at(20, ann, "buy 1:2 5@100 gtd 1100");
    runTo(2_000);
    expect(heard).toEqual(["10 ann orderRejected 1", "20 ann orderAccepted 2", "100 ann orderExpired 2"]);
  });

  test("that is set back sees no time fall: nothing expires twice or too early, and its feeds go on", () => {
    const { stage, runTo, heard, venue, at, subscribe, ann } = scene();
    at(10, ann, "buy 1:1 5@100 gtd 500");
    subscribe(15, 100);
    at(190, ann, "cancel 1:9");
    runTo(190);
    skewed(venue, stage, -150);
    at(200, ann, "buy 1:2 5@100 gtd 170");
    at(210, ann, "buy 1:3 5@100 gtd 490");
    runTo(700);
    expect(heard).toEqual([
      "10 ann orderAccepted 1",
      "15 sue quote",
      "100 sue quote",
      "190 ann requestRejected 9",
      // By its clock it is 50, but it has seen 190.
      "200 ann orderRejected 2",
      "210 ann orderAccepted 3",
      "350 sue quote",
      "450 sue quote",
      "550 sue quote",
      "640 ann orderExpired 3",
      "650 sue quote",
      "650 ann orderExpired 1",
    ]);
  });
});
