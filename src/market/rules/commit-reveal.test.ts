import { describe, expect, test } from "vitest";

import { TradingPhase } from "../../model/phase.ts";
import { Side } from "../../model/side.ts";
import { ALICE, BATCH_NS, BOB, CASH, CommitScene, NOBODY } from "../../testing/commit-scene.ts";
import type { SceneOrder } from "../../testing/commit-scene.ts";

const BUY: SceneOrder = { orderId: 7, side: Side.buy, priceTicks: 55, qtyLots: 10 };
const SELL: SceneOrder = { orderId: 3, side: Side.sell, priceTicks: 45, qtyLots: 10 };

function open(...options: ConstructorParameters<typeof CommitScene>): CommitScene {
  const scene = new CommitScene(...options);
  scene.nextBatch(BATCH_NS);
  return scene;
}

describe("a batch of commits", () => {
  test("takes hashes, then orders, and then lets them trade at one price", () => {
    const scene = open();
    expect(scene.commit(ALICE, BUY)).toEqual(["collateralLocked 2:7 none"]);
    expect(scene.commit(BOB, SELL)).toEqual(["collateralLocked 3:3 none"]);
    expect([scene.locked(ALICE), scene.locked(BOB)]).toEqual([100, 100]);
    scene.goTo(700);
    expect(scene.reveal(ALICE, BUY)).toEqual(["collateralReleased 2:7 none", "orderAccepted 2:7 none"]);
    expect(scene.locked(ALICE)).toBe(550);
    expect(scene.reveal(BOB, SELL)).toEqual(["collateralReleased 3:3 none", "orderAccepted 3:3 none"]);
    expect(scene.goTo(BATCH_NS).nextBatch()).toEqual(["trade 10@50"]);
    expect([scene.cash(ALICE), scene.cash(BOB)]).toEqual([CASH - 500, CASH + 500]);
  });

  test("shows nothing to the public before the call ends: not a commit, not a reveal, not a penalty", () => {
    const scene = open();
    const before = scene.venue.deltas.written;
    scene.commit(ALICE, BUY);
    scene.commit(BOB, SELL);
    scene.goTo(700).reveal(ALICE, BUY);
    scene.reveal(BOB, { ...SELL, qtyLots: 11 });
    expect(scene.venue.deltas.written).toBe(before);
  });

  test("is the only way in: no order and no change of one passes without a commit", () => {
    const scene = open();
    expect(scene.submit(ALICE, BUY)).toEqual(["orderRejected 2:7 commitRequired"]);
    scene.commit(ALICE, BUY);
    expect(scene.submit(ALICE, BUY)).toEqual(["orderRejected 2:7 commitRequired"]);
    expect(scene.goTo(800).submit(ALICE, BUY)).toEqual(["orderRejected 2:7 commitRequired"]);
  });
});

describe("who does not keep its word loses the penalty, and no more:", () => {
  test.each<[string, (scene: CommitScene) => string[], string]>([
    ["no reveal", (scene) => scene.goTo(BATCH_NS).nextBatch(), "notRevealed"],
    ["another price", (scene) => scene.goTo(700).reveal(ALICE, { ...BUY, priceTicks: 54 }), "commitMismatch"],
    ["another side", (scene) => scene.goTo(700).reveal(ALICE, { ...BUY, side: Side.sell }), "commitMismatch"],
    ["another salt", (scene) => scene.goTo(700).reveal(ALICE, BUY, { salt: [1, 2, 3, 5] }), "commitMismatch"],
  ])("%s", (_, act, reason) => {
    const scene = open();
    scene.commit(ALICE, BUY);
    const reports = act(scene);
    expect(reports.slice(0, 2)).toEqual([`collateralReleased 2:7 ${reason}`, `charge 2 ${reason}`]);
    expect(reports.slice(2)).toEqual(reason === "notRevealed" ? [] : ["requestRejected 2:7 commitMismatch"]);
    expect([scene.locked(ALICE), scene.cash(ALICE)]).toEqual([0, CASH - 40]);
    expect(scene.floor.ledger.balance(1, 1)).toBe(40);
  });

  test("an order that the book refuses", () => {
    const scene = open();
    const absurd = { ...BUY, qtyLots: 0 };
    const dear = { ...BUY, orderId: 8, qtyLots: 1_000 };
    scene.commit(ALICE, absurd);
    scene.commit(ALICE, dear);
    scene.goTo(700);
    expect(scene.reveal(ALICE, absurd)).toEqual([
      "collateralReleased 2:7 none",
      "orderRejected 2:7 invalidQty",
      "charge 2 invalidQty",
    ]);
    expect(scene.reveal(ALICE, dear)[1]).toBe("orderRejected 2:8 insufficientFunds");
    expect([scene.locked(ALICE), scene.cash(ALICE)]).toEqual([0, CASH - 80]);
  });

  test("but not who had no chance to: the call ended early, or trading was halted", () => {
    for (const phase of [TradingPhase.halted, TradingPhase.auction]) {
      const scene = open();
      scene.commit(ALICE, BUY);
      expect(scene.goTo(800).enter(phase, 2 * BATCH_NS)).toEqual(["collateralReleased 2:7 batchVoid"]);
      expect([scene.locked(ALICE), scene.cash(ALICE)]).toEqual([0, CASH]);
    }
  });
});

describe("a commit is refused, and nothing is set aside,", () => {
  test.each<[string, (scene: CommitScene) => string[], string]>([
    ["when reveals have begun", (scene) => scene.goTo(700).commit(ALICE, BUY), "commitTooLate"],
    ["for another batch", (scene) => scene.commit(ALICE, BUY, { batchEndNs: 2 * BATCH_NS }), "wrongBatch"],
    [
      "when there is no call",
      (scene) => {
        scene.enter(TradingPhase.continuous);
        return scene.commit(ALICE, BUY);
      },
      "noBatch",
    ],
    ["of an owner without a name", (scene) => scene.commit(NOBODY, BUY, { as: ALICE }), "notPermitted"],
  ])("%s", (_, act, reason) => {
    const scene = open();
    const [report, ...others] = act(scene);
    expect(report).toMatch(new RegExp(`^requestRejected \\d:7 ${reason}$`));
    expect(others).toEqual([]);
    expect([scene.locked(ALICE), scene.locked(NOBODY)]).toEqual([0, 0]);
  });

  test("under an id that the owner has committed to, or has an order of", () => {
    const scene = open();
    scene.commit(ALICE, BUY);
    expect(scene.commit(ALICE, BUY)).toEqual(["requestRejected 2:7 duplicateOrderId"]);
    scene.goTo(700).reveal(ALICE, BUY);
    scene.goTo(BATCH_NS).nextBatch();
    expect(scene.commit(ALICE, { ...BUY, qtyLots: 5 })).toEqual(["requestRejected 2:7 duplicateOrderId"]);
  });

  test("beyond the owner's number of them, and without the money for the collateral", () => {
    const scene = open();
    for (const orderId of [1, 2, 3]) scene.commit(ALICE, { ...BUY, orderId });
    expect(scene.commit(ALICE, { ...BUY, orderId: 4 })).toEqual(["requestRejected 2:4 tooManyCommits"]);
    expect(scene.locked(ALICE)).toBe(300);
    scene.goTo(700).reveal(ALICE, { ...BUY, orderId: 2 });
    scene.goTo(BATCH_NS).nextBatch();
    expect(scene.commit(ALICE, { ...BUY, orderId: 4 })).toEqual(["collateralLocked 2:4 none"]);
    expect(open({ collateralUnits: CASH + 1 }).commit(ALICE, BUY)).toEqual(["requestRejected 2:7 insufficientFunds"]);
  });
});

describe("copies are worth nothing:", () => {
  test("a commit that is somebody else's cannot be revealed by who copied it", () => {
    const scene = open();
    scene.commit(ALICE, BUY);
    // Bob has seen the commit, and later the reveal with its salt.
    expect(scene.commit(BOB, BUY, { as: ALICE })).toEqual(["collateralLocked 3:7 none"]);
    scene.goTo(700).reveal(ALICE, BUY);
    expect(scene.reveal(BOB, BUY)).toEqual([
      "collateralReleased 3:7 commitMismatch",
      "charge 3 commitMismatch",
      "requestRejected 3:7 commitMismatch",
    ]);
  });

  test("a commit that arrives again in the next batch, and a reveal that does", () => {
    const scene = open();
    const sent = { batchEndNs: BATCH_NS };
    scene.commit(ALICE, BUY, sent);
    scene.goTo(700).reveal(ALICE, BUY);
    expect(scene.reveal(ALICE, BUY)).toEqual(["requestRejected 2:7 noCommit"]);
    scene.goTo(BATCH_NS).nextBatch();
    expect(scene.commit(ALICE, { ...BUY, orderId: 8 }, sent)).toEqual(["requestRejected 2:8 wrongBatch"]);
    expect(scene.goTo(1_700).reveal(ALICE, BUY)).toEqual(["requestRejected 2:7 noCommit"]);
  });

  test("a reveal before its time is not looked at, and may be sent again in time", () => {
    const scene = open();
    scene.commit(ALICE, BUY);
    expect(scene.goTo(699).reveal(ALICE, { ...BUY, qtyLots: 1 })).toEqual(["requestRejected 2:7 revealTooEarly"]);
    expect(scene.goTo(700).reveal(ALICE, BUY)[1]).toBe("orderAccepted 2:7 none");
  });

  test("a reveal at the batch's end is too late, and the penalty follows", () => {
    const scene = open();
    scene.commit(ALICE, BUY);
    expect(scene.goTo(BATCH_NS).reveal(ALICE, BUY)).toEqual(["requestRejected 2:7 revealTooLate"]);
    expect(scene.nextBatch()).toEqual(["collateralReleased 2:7 notRevealed", "charge 2 notRevealed"]);
  });
});
