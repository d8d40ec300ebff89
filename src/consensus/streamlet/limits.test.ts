import { describe, expect, test } from "vitest";
import { spendingLedger } from "../../testing/streamlet/spending.ts";

import { genesisOf, named } from "../block.ts";
import type { NamedBlock } from "../block.ts";
import { SIGNATURE_WORDS } from "../signature.ts";
import { FinalLedger } from "./final-ledger.ts";
import type { NamedProposal, Vote } from "./message.ts";
import { Orphans, ORPHANS_MAX } from "./orphans.ts";
import { VoteBox, VOTES_PER_EPOCH_MAX } from "./vote-box.ts";

const signature = new Int32Array(SIGNATURE_WORDS);
const proposalOf = (epoch: number, parent: string): NamedProposal => ({
  ...named({ parent, height: 2, epoch, proposer: 1, transactions: [] }),
  signature,
});
const [one, other] = [genesisOf(1).id, genesisOf(2).id];

describe("orphans", () => {
  test("wait for their parent", () => {
    const orphans = new Orphans();
    const proposals = [proposalOf(1, one), proposalOf(2, other), proposalOf(3, one)];
    for (const proposal of proposals) orphans.add(proposal);
    expect(orphans.takeChildrenOf(one)).toEqual([proposals[0], proposals[2]]);
    expect(proposals.map(({ id }) => orphans.has(id))).toEqual([false, true, false]);
    orphans.forgetUpTo(2);
    expect(orphans.takeChildrenOf(other)).toEqual([]);
  });

  test("are so many, the latest", () => {
    const orphans = new Orphans();
    const epochs = Array.from({ length: ORPHANS_MAX + 2 }, (_, at) => ((at * 7) % (ORPHANS_MAX + 2)) + 1);
    for (const epoch of epochs) orphans.add(proposalOf(epoch, one));
    const left = orphans.takeChildrenOf(one).map(({ block }) => block.epoch);
    expect([left.length, Math.min(...left)]).toEqual([ORPHANS_MAX, 3]);
  });
});

describe("votes", () => {
  const vote = (voter: number, block: string, epoch = 1, height = 1): Vote => {
    return { kind: "vote", epoch, height, block, voter, signature };
  };

  test("count once for a voter, and for exactly one block, height and epoch", () => {
    const box = new VoteBox();
    for (const cast of [
      vote(1, one),
      vote(1, one),
      vote(2, one),
      vote(3, other),
      vote(3, one, 2),
      vote(3, one, 1, 2),
    ]) {
      box.add(cast);
    }
    expect([...box.for({ epoch: 1, height: 1, block: one }).keys()]).toEqual([1, 2]);
    expect([box.has(vote(2, one)), box.has(vote(3, one))]).toEqual([true, false]);
  });

  test("of one replica in one epoch are so many", () => {
    const box = new VoteBox();
    for (let height = 1; height <= VOTES_PER_EPOCH_MAX; height++) {
      expect(box.hasRoomFor(vote(1, one))).toBe(true);
      box.add(vote(1, one, 1, height));
    }
    expect([box.hasRoomFor(vote(1, one)), box.hasRoomFor(vote(2, one)), box.hasRoomFor(vote(1, one, 2))]).toEqual([
      false,
      true,
      true,
    ]);
  });

  test("are forgotten with their epoch", () => {
    const box = new VoteBox();
    box.add(vote(1, one, 4));
    box.add(vote(1, one, 5));
    box.forgetBefore(5);
    expect([box.has(vote(1, one, 4)), box.has(vote(1, one, 5))]).toEqual([false, true]);
  });
});

test("a ledger refuses a block that is not the next: that is a bug of the tree", () => {
  const at = (height: number): NamedBlock =>
    named({ parent: one, height, epoch: height, proposer: 0, transactions: [] });
  const ledger = new FinalLedger(spendingLedger());
  ledger.execute(at(1));
  for (const height of [1, 3, 0]) expect(() => ledger.execute(at(height))).toThrow("in order");
  ledger.execute(at(2));
  expect(ledger.height).toBe(2);
});
