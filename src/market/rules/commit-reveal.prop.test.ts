import fc from "fast-check";
import { expect, test } from "vitest";

import { TradingPhase } from "../../model/phase.ts";
import { Side } from "../../model/side.ts";
import type { SceneOrder } from "../../testing/commit-scene.ts";
import { ALICE, BATCH_NS, BOB, CASH, COMMIT_OPTIONS, CommitScene } from "../../testing/commit-scene.ts";

const { revealNs, penaltyUnits } = COMMIT_OPTIONS;
/** Few, so that owners come to the limit. */
const commitsMax = 2;
const NAMES = new Map([
  [ALICE, "alice"],
  [BOB, "bob"],
]);

/** Buys that are cheap enough to be paid, whatever else happens, and mostly alike, so that copies fit. */
const order = fc.record({
  orderId: fc.integer({ min: 1, max: 5 }),
  side: fc.constant(Side.buy),
  priceTicks: fc.constantFrom(1, 1, 1, 1, 1, 2),
  qtyLots: fc.constant(1),
});
const SALT = [1, 1, 1, 1];
const owner = fc.constantFrom(ALICE, BOB);
const salt = fc.constantFrom(SALT, SALT, SALT, SALT, [1, 1, 1, 2]);
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("commit" as const), owner, order, salt, as: owner, late: fc.boolean() }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("reveal" as const), owner, order, salt }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("wait" as const), ns: fc.integer({ min: 1, max: 500 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("batch" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("halt" as const) }) },
);

interface KnownCommit {
  readonly owner: number;
  readonly orderId: number;
  /** What was hashed: whose name, which order, which salt. */
  readonly content: string;
}

/** What the rule should answer, told in the plainest way: commits are a list of texts, and nothing is hashed. */
class NaiveCommits {
  commits: KnownCommit[] = [];
  readonly lost = new Map([
    [ALICE, 0],
    [BOB, 0],
  ]);
  readonly live = new Set<string>();
  endNs = 0;

  commit(nowNs: number, commit: KnownCommit, batchEndNs: number): string {
    if (this.endNs === 0) return "noBatch";
    if (batchEndNs !== this.endNs) return "wrongBatch";
    if (nowNs >= this.endNs - revealNs) return "commitTooLate";
    const own = this.commits.filter((one) => one.owner === commit.owner);
    if (own.some(({ orderId }) => orderId === commit.orderId)) return "duplicateOrderId";
    if (this.live.has(`${commit.owner}:${commit.orderId}`)) return "duplicateOrderId";
    if (own.length >= commitsMax) return "tooManyCommits";
    this.commits.push(commit);
    return "none";
  }

  reveal(nowNs: number, { owner: who, orderId, content }: KnownCommit): string {
    const found = this.commits.find((one) => one.owner === who && one.orderId === orderId);
    if (found === undefined) return "noCommit";
    if (nowNs < this.endNs - revealNs) return "revealTooEarly";
    if (nowNs >= this.endNs) return "revealTooLate";
    this.commits = this.commits.filter((one) => one !== found);
    if (found.content === content) {
      this.live.add(`${who}:${orderId}`);
      return "none";
    }
    this.lose(who);
    return "commitMismatch";
  }

  end(nowNs: number, untilNs: number): void {
    if (nowNs >= this.endNs) for (const commit of this.commits) this.lose(commit.owner);
    this.commits = [];
    this.endNs = untilNs;
  }

  private lose(who: number): void {
    this.lost.set(who, (this.lost.get(who) ?? 0) + penaltyUnits);
  }
}

const contentOf = (who: number, what: SceneOrder, grains: readonly number[]): string =>
  JSON.stringify([NAMES.get(who), what, grains]);
/** The reason in the last report of a refusal; of what passes there is none. */
const reasonOf = (reports: readonly string[]): string => {
  const last = reports.at(-1) ?? "";
  return last.startsWith("requestRejected") ? (last.split(" ").at(-1) ?? "") : "none";
};

test("under any interleaving the answers are those of a list of commits, and every unit is accounted for", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: "max" }), (steps) => {
      const scene = new CommitScene({ commitsMax });
      const naive = new NaiveCommits();
      scene.nextBatch(BATCH_NS);
      naive.endNs = BATCH_NS;
      for (const one of steps) {
        const { nowNs } = scene;
        if (one.do === "wait") scene.goTo(nowNs + one.ns);
        else if (one.do === "batch") {
          scene.nextBatch();
          naive.end(nowNs, nowNs + BATCH_NS);
        } else if (one.do === "halt") {
          scene.enter(TradingPhase.halted);
          naive.end(nowNs, 0);
        } else {
          const { orderId } = one.order;
          const content = contentOf(one.do === "commit" ? one.as : one.owner, one.order, one.salt);
          const commit = { owner: one.owner, orderId, content };
          if (one.do === "commit") {
            const batchEndNs = one.late ? scene.batchEndNs - BATCH_NS : scene.batchEndNs;
            const reports = scene.commit(one.owner, one.order, { salt: one.salt, as: one.as, batchEndNs });
            expect(reasonOf(reports)).toBe(naive.commit(nowNs, commit, batchEndNs));
          } else {
            const reports = scene.reveal(one.owner, one.order, { salt: one.salt });
            expect(reasonOf(reports)).toBe(naive.reveal(nowNs, commit));
          }
        }
        // The floor's checker has compared what is reserved with live orders and collateral, and every balance.
        for (const [who, lost] of naive.lost) expect(scene.cash(who)).toBe(CASH - lost);
        expect(scene.floor.ledger.balance(1, 1)).toBe([...naive.lost.values()].reduce((sum, lost) => sum + lost, 0));
      }
    }),
  );
});

test("the flow met every answer", () => {
  // A flow that never gets somewhere proves nothing about it.
  const met = new Set<string>();
  for (const one of fc.sample(fc.array(step, { minLength: 40, maxLength: 60, size: "max" }), {
    numRuns: 150,
    seed: 1,
  })) {
    const scene = new CommitScene({ commitsMax });
    scene.nextBatch(BATCH_NS);
    for (const each of one) {
      if (each.do === "wait") scene.goTo(scene.nowNs + each.ns);
      else if (each.do === "batch") scene.nextBatch().forEach((report) => met.add(report.split(" ").at(-1) ?? ""));
      else if (each.do === "halt")
        scene.enter(TradingPhase.halted).forEach((report) => met.add(report.split(" ").at(-1) ?? ""));
      else if (each.do === "commit") {
        const batchEndNs = each.late ? scene.batchEndNs - BATCH_NS : scene.batchEndNs;
        met.add(reasonOf(scene.commit(each.owner, each.order, { salt: each.salt, as: each.as, batchEndNs })));
      } else met.add(reasonOf(scene.reveal(each.owner, each.order, { salt: each.salt })));
    }
  }
  for (const reason of [
    "none",
    "noBatch",
    "wrongBatch",
    "commitTooLate",
    "duplicateOrderId",
    "tooManyCommits",
    "noCommit",
    "revealTooEarly",
    "revealTooLate",
    "commitMismatch",
    "notRevealed",
    "batchVoid",
  ])
    expect([...met]).toContain(reason);
});
