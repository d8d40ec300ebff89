import { expect, test } from "vitest";

import { KillScope, writeKillSwitch } from "../../model/command.ts";
import { RECORD_WORDS, RecordKind, recordKindName } from "../../model/record.ts";
import { ChargeWord, ReportWord } from "../../model/report.ts";
import { reasonName } from "../../model/reason.ts";
import type { RuleOptions } from "../../market/rules/registry.ts";
import { parseStep } from "../../testing/book-step-text.ts";
import { writeStep } from "../../testing/step-command.ts";
import { VenueStage } from "../../testing/venue-stage.ts";

const BTC = { symbol: "BTC/USD", base: "BTC", quote: "USD", tick: "1", lot: "1" };

/** A venue with rules, and traders whose reports are written down by time, kind and reason. */
class Scene {
  readonly stage: VenueStage;
  readonly heard: string[] = [];

  constructor(rules: RuleOptions) {
    this.stage = new VenueStage({ instruments: [BTC], rules: [rules] });
  }

  addTrader(name: string): number {
    const actor = this.stage.addClient(name, ({ timeNs, words, doubles, at }) => {
      const units = words[at] === RecordKind.charge ? ` ${doubles[(at + ChargeWord.units) >> 1]}` : "";
      const what = `${recordKindName(words[at])}${units} ${reasonName(words[at + ReportWord.reason])}`;
      this.heard.push(`${timeNs} ${name}: ${what}`);
    });
    this.stage.openAccount(actor, { USD: 1_000 });
    return actor;
  }

  send(actor: number, timeNs: number, text: string): void {
    const step = parseStep(text);
    if (step.do === "clock" || step.do === "expire" || step.do === "position") throw new Error(`${text} is no command`);
    this.stage.send(actor, timeNs, (words, doubles) => writeStep(words, doubles, 0, { instrument: 0, step }));
    this.stage.runTo(timeNs);
  }

  take(): string[] {
    return this.heard.splice(0);
  }
}

function killCommand(kind: "engageKillSwitch" | "releaseKillSwitch"): Int32Array {
  const words = new Int32Array(RECORD_WORDS);
  writeKillSwitch(words, 0, { kind: RecordKind[kind], scope: KillScope.all });
  return words;
}

test("the operator's kill switch comes from outside, or at a time that was set before", () => {
  const scene = new Scene({ killSwitch: { isOffered: true } });
  scene.stage.actor.schedule(500, killCommand("engageKillSwitch"));
  scene.stage.actor.schedule(700, killCommand("releaseKillSwitch"));
  const ann = scene.addTrader("ann");
  scene.send(ann, 100, "buy 0:1 1@10");
  scene.send(ann, 600, "buy 0:2 1@10");
  scene.send(ann, 701, "buy 0:3 1@10");
  expect(scene.take()).toEqual([
    "100 ann: orderAccepted none",
    "500 ann: orderCanceled killSwitch",
    "600 ann: orderRejected killSwitch",
    "701 ann: orderAccepted none",
  ]);
  scene.stage.kernel.inject(scene.stage.kernel.find("venue"), killCommand("engageKillSwitch"), 800);
  scene.stage.runTo(800);
  expect(scene.take()).toEqual(["800 ann: orderCanceled killSwitch"]);
});

test("an agent's kill switch is refused, whatever owner it writes into it", () => {
  const scene = new Scene({ killSwitch: { isOffered: true } });
  const ann = scene.addTrader("ann");
  scene.stage.send(ann, 1, (words) => words.set(killCommand("engageKillSwitch")));
  scene.send(ann, 2, "buy 0:1 1@10");
  expect(scene.take()).toEqual(["1 ann: requestRejected notPermitted", "2 ann: orderAccepted none"]);
});

test("a rule is woken at its time, and its reports are sent", () => {
  const orderToTrade = { windowNs: 1_000, freeMessages: 0, perTrade: 0, perTradeMax: Infinity, feeUnits: 5 };
  const scene = new Scene({ orderToTrade });
  const ann = scene.addTrader("ann");
  scene.send(ann, 100, "buy 0:1 1@10");
  scene.send(ann, 2_500, "cancel 0:1");
  scene.stage.runTo(5_000);
  expect(scene.take()).toEqual([
    "100 ann: orderAccepted none",
    "1000 ann: charge 5 orderToTradeRatio",
    "2500 ann: orderCanceled canceledByOwner",
    "3000 ann: charge 5 orderToTradeRatio",
  ]);
  expect(scene.stage.kernel.nextTimeNs).toBe(Infinity);
});
