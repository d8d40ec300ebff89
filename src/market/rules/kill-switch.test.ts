import { expect, test } from "vitest";

import type { KillSwitchCommand } from "../../model/command.ts";
import { KillScope } from "../../model/command.ts";
import { RecordKind } from "../../model/record.ts";
import { parseStep } from "../../testing/book-step-text.ts";
import { TradingFloor } from "../../testing/trading-floor.ts";
import { BTC, ETH } from "../../testing/venue-cases/venue-case.ts";
import type { RuleOptions } from "./registry.ts";
import { renderVenueReports } from "../../testing/venue-script.ts";

const { engageKillSwitch: engage, releaseKillSwitch: release } = RecordKind;
const { all, owner, group } = KillScope;

/** One rule for both instruments. */
const SHARED: RuleOptions = { killSwitch: { isOffered: true } };

class Scene {
  readonly floor: TradingFloor;

  constructor(rules: readonly RuleOptions[] = [SHARED, SHARED]) {
    this.floor = new TradingFloor([{ instruments: [BTC, ETH], rules }]);
    for (const account of [2, 3, 4]) {
      this.floor.ledger.openAccount();
      this.floor.deposit(account, "USD", 1_000);
    }
  }

  do(step: string, instrument = 0): string[] {
    const [venue] = this.floor.venues;
    this.floor.apply(parseStep(step), { venue, instrument });
    return this.#take(instrument);
  }

  kill(command: KillSwitchCommand, sender?: number): string[] {
    this.floor.kill(this.floor.venues[0], command, sender);
    return this.#take(0);
  }

  #take(instrument: number): string[] {
    const shown = renderVenueReports({ venue: this.floor.venues[0], instrument });
    this.floor.take();
    return shown;
  }
}

test("stops an owner in every instrument: cancels what rests, stops included, and refuses new orders", () => {
  const scene = new Scene();
  scene.do("buy 2:1 1@10");
  scene.do("buy 2:2 1@stop trigger 50");
  scene.do("buy 2:3 1@10", 1);
  scene.do("buy 3:1 1@10");
  expect(scene.kill({ kind: engage, scope: owner, target: 2 })).toEqual([
    "canceled 2:1 #0 buy 1@10 left 0 killSwitch",
    "canceled 2:2 #1 buy 1@stop left 0 killSwitch",
    "at 1 canceled 2:3 #0 buy 1@10 left 0 killSwitch",
  ]);
  expect(scene.do("buy 2:4 1@10", 1)).toEqual(["rejected 2:4 buy 1@10 killSwitch"]);
  expect(scene.do("replace 2:1 1@10")).toEqual(["refused replace 2:1 killSwitch"]);
  expect(scene.do("cancel 2:1")).toEqual(["refused cancel 2:1 unknownOrder"]);
  expect(scene.do("buy 3:2 1@10")).toEqual(["accepted 3:2 #3 buy 1@10 left 1"]);
  scene.kill({ kind: release, scope: owner, target: 2 });
  expect(scene.do("buy 2:4 1@10")).toEqual(["accepted 2:4 #4 buy 1@10 left 1"]);
});

test("stops a group, or everybody; who is stopped twice is released twice", () => {
  const scene = new Scene();
  for (const account of [3, 4]) scene.floor.venues[0].groups.join(account, 1);
  for (const account of [2, 3, 4]) scene.do(`buy ${account}:1 1@10`);
  expect(scene.kill({ kind: engage, scope: group, target: 1 })).toEqual([
    "canceled 3:1 #1 buy 1@10 left 0 killSwitch",
    "canceled 4:1 #2 buy 1@10 left 0 killSwitch",
  ]);
  expect(scene.kill({ kind: engage, scope: all })).toEqual(["canceled 2:1 #0 buy 1@10 left 0 killSwitch"]);
  expect(scene.kill({ kind: engage, scope: all })).toEqual([]);
  scene.kill({ kind: release, scope: all });
  expect(scene.do("buy 2:2 1@10")).toEqual(["accepted 2:2 #3 buy 1@10 left 1"]);
  expect(scene.do("buy 3:2 1@10")).toEqual(["rejected 3:2 buy 1@10 killSwitch"]);
  scene.kill({ kind: release, scope: group, target: 1 });
  expect(scene.do("buy 3:2 1@10")).toEqual(["accepted 3:2 #4 buy 1@10 left 1"]);
});

test("only the operator may send it, for somebody who is there, and where the venue has one", () => {
  const scene = new Scene();
  expect(scene.kill({ kind: engage, scope: owner, target: 3 }, 2)).toEqual(["at -1 refused engage 2:3 notPermitted"]);
  expect(scene.kill({ kind: engage, scope: owner, target: 5 })).toEqual(["at -1 refused engage 0:5 unknownOwner"]);
  expect(scene.kill({ kind: release, scope: group, target: 1 })).toEqual(["at -1 refused release 0:1 unknownOwner"]);
  expect(scene.do("buy 3:1 1@10")).toEqual(["accepted 3:1 #0 buy 1@10 left 1"]);
  const without = new Scene([]);
  expect(without.kill({ kind: engage, scope: all })).toEqual(["at -1 refused engage 0:0 notPermitted"]);
});

test("holds where an instrument has rules of its own beside it", () => {
  const scene = new Scene([SHARED, { ...SHARED, orderLimits: { qtyLotsMax: 5, notionalUnitsMax: Infinity } }]);
  scene.kill({ kind: engage, scope: all });
  expect(scene.do("buy 2:1 9@10", 1)).toEqual(["rejected 2:1 buy 9@10 killSwitch"]);
});
