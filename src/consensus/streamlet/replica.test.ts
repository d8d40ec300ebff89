import { describe, expect, test } from "vitest";

import { ScriptedReplica } from "../../testing/streamlet/scripted-replica.ts";
import { LedgerAnswer } from "../account-machine.ts";
import { signedTransfer } from "../../testing/streamlet/spending.ts";
import { signedProposal, signedVote } from "../byzantine/lies.ts";
import type { NamedBlock } from "../block.ts";
import { named } from "../block.ts";
import { CATCH_UP_BLOCKS_MAX } from "./catch-up.ts";
import { EPOCHS_AHEAD_MAX, EPOCHS_KEPT } from "./chain.ts";
import type { NamedProposal } from "./message.ts";
import { statementOf } from "./message.ts";

/** A replica in the first epoch of another's that comes after `from`, and that epoch. */
function listening(from = 1): { it: ScriptedReplica; epoch: number } {
  const it = new ScriptedReplica();
  const epoch = it.epochOf(2, from);
  it.enter(epoch);
  return { it, epoch };
}

describe("voting", () => {
  test("for the leader's first proposal on a longest notarised chain", () => {
    const { it, epoch } = listening();
    const proposal = it.propose(it.genesis, epoch);
    it.hearProposal(proposal);
    expect(it.said("vote")).toEqual([signedVote(statementOf(proposal), 0, it.keys.signers[0])]);
    expect(it.sent.filter(({ message }) => message.kind === "vote").map(({ to }) => to)).toEqual([1, 2, 3]);
  });

  test("once per epoch, whatever comes", () => {
    const { it, epoch } = listening();
    const first = it.propose(it.genesis, epoch);
    const second = it.propose(it.genesis, epoch, [
      signedTransfer({ account: 1, nonce: 0, to: 2, amount: 1 }, it.accounts),
    ]);
    for (const proposal of [first, second, first]) it.hearProposal(proposal);
    expect(it.said("vote").map(({ block }) => block)).toEqual([first.id]);
    expect(it.evidence.map(({ kind, culprit }) => `${culprit}: ${kind}`)).toEqual(["2: two proposals"]);
  });

  test("not for the second proposal, when the first one cannot be voted for", () => {
    const { it, epoch } = listening(4);
    const unknown = it.propose(it.propose(it.genesis, 1), epoch);
    it.hearProposal(unknown);
    it.hearProposal(it.propose(it.genesis, epoch));
    expect(it.said("vote")).toEqual([]);
  });

  test("not for a chain that is shorter than one it has seen notarised", () => {
    const { it, epoch } = listening(3);
    it.hearNotarised(it.propose(it.genesis, 1));
    it.hearProposal(it.propose(it.genesis, epoch));
    expect(it.said("vote")).toEqual([]);
  });

  test("not for a chain that is not notarised, until it is", () => {
    const { it, epoch } = listening(3);
    const parent = it.propose(it.genesis, 1);
    const proposal = it.propose(parent, epoch);
    it.hearProposal(parent);
    it.hearProposal(proposal);
    expect(it.said("vote")).toEqual([]);
    it.hear(it.certificate(parent));
    expect(it.said("vote").map(({ block }) => block)).toEqual([proposal.id]);
  });

  test("in the proposal's epoch only", () => {
    const { it, epoch } = listening();
    it.hearProposal(it.propose(it.genesis, it.epochOf(1, epoch + 1)));
    expect(it.said("vote")).toEqual([]);
    it.enter(it.epochOf(1, epoch + 1));
    expect(it.said("vote")).toHaveLength(1);
    const late = listening(5);
    late.it.hearProposal(late.it.propose(late.it.genesis, late.epoch - 1));
    expect(late.it.said("vote")).toEqual([]);
  });

  test("not again in an epoch in which it has voted before a crash", () => {
    const { it, epoch } = listening();
    const proposal = it.propose(it.genesis, epoch);
    it.hearProposal(proposal);
    it.restart();
    it.hearProposal(proposal);
    it.hearProposal(
      it.propose(it.genesis, epoch, [signedTransfer({ account: 1, nonce: 0, to: 2, amount: 1 }, it.accounts)]),
    );
    expect(it.said("vote")).toHaveLength(1);
  });

  test("not for a shorter chain after a crash either", () => {
    const { it } = listening();
    const parent = it.propose(it.genesis, 1);
    const voted = it.propose(parent, it.epochOf(2, 2));
    it.enter(voted.block.epoch);
    it.hearNotarised(parent);
    it.hearProposal(voted);
    expect(it.said("vote")).toHaveLength(1);
    it.restart();
    const epoch = it.epochOf(1, voted.block.epoch + 1);
    it.enter(epoch);
    it.hearProposal(it.propose(it.genesis, epoch));
    expect(it.said("vote")).toHaveLength(1);
  });
});

describe("refusing", () => {
  const transfer = (it: ScriptedReplica, nonce: number) =>
    signedTransfer({ account: 1, nonce, to: 2, amount: 1 }, it.accounts);
  const cases: [string, (it: ScriptedReplica, epoch: number) => NamedProposal][] = [
    [
      "a block of somebody who does not lead",
      (it, epoch) => signedProposal({ ...it.propose(it.genesis, epoch).block, proposer: 1 }, it.keys.signers[1]),
    ],
    [
      "a block that is not signed by its leader",
      (it, epoch) => signedProposal(it.propose(it.genesis, epoch).block, it.keys.signers[1]),
    ],
    ["a nonce that is skipped", (it, epoch) => it.propose(it.genesis, epoch, [transfer(it, 1)])],
    ["a nonce that is used twice", (it, epoch) => it.propose(it.genesis, epoch, [transfer(it, 0), transfer(it, 0)])],
    [
      "a transaction that is not signed",
      (it, epoch) => it.propose(it.genesis, epoch, [{ ...transfer(it, 0), signature: transfer(it, 1).signature }]),
    ],
    [
      "a height that is not the next",
      (it, epoch) => signedProposal({ ...it.propose(it.genesis, epoch).block, height: 2 }, it.keys.signers[2]),
    ],
  ];
  test.each(cases)("%s", (_what, make) => {
    const { it, epoch } = listening();
    it.hearProposal(make(it, epoch));
    expect([it.said("vote"), it.replica.chain.refused]).toEqual([[], 1]);
    expect(it.disk.records).toEqual([]);
  });

  test("a nonce that an ancestor has used, final or not", () => {
    const { it, epoch } = listening(4);
    const parent = it.propose(it.genesis, 1, [transfer(it, 0)]);
    it.hearNotarised(parent);
    it.hearProposal(it.propose(parent, epoch, [transfer(it, 0)]));
    expect([it.said("vote"), it.replica.chain.refused]).toEqual([[], 1]);
  });

  test("a certificate without two thirds of good votes, whole", () => {
    const { it, epoch } = listening();
    const proposal = it.propose(it.genesis, epoch);
    it.hearProposal(proposal);
    const statement = statementOf(proposal);
    const forged = [2, 3].map((voter) => signedVote(statement, voter, it.keys.signers[1]));
    it.hear({ kind: "certificate", ...statement, votes: [signedVote(statement, 1, it.keys.signers[1]), ...forged] });
    // The replica's own vote and two more would have been enough.
    expect(it.replica.chain.tree.longestHeight).toBe(0);
    expect(it.replica.chain.votes.for(statement).size).toBe(1);
  });

  test("what is too far in the future, or too old to matter", () => {
    const it = new ScriptedReplica();
    it.enter(100);
    const taken = (epoch: number): boolean => {
      const proposal = it.propose(it.genesis, epoch);
      it.hearProposal(proposal);
      return it.replica.chain.tree.get(proposal.id) !== undefined;
    };
    const last = 100 + EPOCHS_AHEAD_MAX;
    expect([taken(last), taken(last + 1)]).toEqual([true, false]);
    expect([taken(100 - EPOCHS_KEPT), taken(100 - EPOCHS_KEPT - 1)]).toEqual([true, false]);
  });

  test("a third proposal of one epoch, unless two thirds have voted for it", () => {
    const { it, epoch } = listening();
    const proposals = [1, 2, 3].map((account) =>
      it.propose(it.genesis, epoch, [signedTransfer({ account, nonce: 0, to: 0, amount: 1 }, it.accounts)]),
    );
    for (const proposal of proposals) it.hearProposal(proposal);
    const known = (): boolean[] => proposals.map(({ id }) => it.replica.chain.tree.get(id) !== undefined);
    expect(known()).toEqual([true, true, false]);
    it.hear(it.certificate(proposals[2]));
    it.hearProposal(proposals[2]);
    expect(known()).toEqual([true, true, true]);
  });
});

describe("telling on", () => {
  const spend = (it: ScriptedReplica, amount: number) =>
    signedTransfer({ account: 1, nonce: 0, to: 2, amount }, it.accounts);

  /** To whom it sent a block, in order. */
  const toldOf = (it: ScriptedReplica, { id }: NamedBlock): number[] =>
    it.sent.filter(({ message }) => message.kind === "proposal" && named(message.block).id === id).map(({ to }) => to);

  test("a new proposal, to all but whom it comes from, and what is notarised, to all", () => {
    const { it, epoch } = listening();
    const proposal = it.propose(it.genesis, epoch);
    it.hearNotarised(proposal);
    it.hearNotarised(proposal);
    expect(toldOf(it, proposal)).toEqual([1, 3]);
    const certificates = it.sent.filter(({ message }) => message.kind === "certificate");
    expect(certificates.map(({ to }) => to)).toEqual([1, 2, 3]);
  });

  test("not what is old: who lacks it will say so", () => {
    const { it, epoch } = listening(5);
    const old = it.propose(it.genesis, epoch - 2);
    it.hearProposal(old);
    expect(toldOf(it, old)).toEqual([]);
  });

  test("once more, if its leader has told two stories: others may have kept two more", () => {
    const { it, epoch } = listening();
    const [one, other] = [1, 2].map((amount) => it.propose(it.genesis, epoch, [spend(it, amount)]));
    it.hearProposal(one);
    it.hearProposal(other);
    it.sent.length = 0;
    it.hear(it.certificate(other));
    expect([toldOf(it, one), toldOf(it, other)]).toEqual([[], [1, 2, 3]]);
  });
});

describe("proposing", () => {
  test("on the longest notarised chain, with what waits in the pool", () => {
    const it = new ScriptedReplica();
    const parent = it.propose(it.genesis, it.epochOf(1));
    it.enter(parent.block.epoch);
    it.hearNotarised(parent);
    const transaction = signedTransfer({ account: 1, nonce: 0, to: 2, amount: 1 }, it.accounts);
    it.hear({ kind: "submission", transaction }, 4);
    const epoch = it.epochOf(0, parent.block.epoch + 1);
    it.enter(epoch);
    const own = it.said("proposal").filter(({ block }) => block.proposer === 0);
    expect(own.map(({ block }) => block)).toEqual([
      { parent: parent.id, height: 2, epoch, proposer: 0, transactions: [transaction] },
    ]);
    expect(it.said("vote").filter((vote) => vote.epoch === epoch)).toHaveLength(1);
  });

  test("the same block again after a crash, also when a transaction has come meanwhile", () => {
    const it = new ScriptedReplica();
    it.enter(it.epochOf(0));
    it.restart();
    it.hear(
      { kind: "submission", transaction: signedTransfer({ account: 1, nonce: 0, to: 2, amount: 1 }, it.accounts) },
      4,
    );
    it.restart();
    const proposals = it.said("proposal");
    expect(proposals).toHaveLength(3);
    expect(new Set(proposals.map(({ block }) => JSON.stringify(block))).size).toBe(1);
    expect(it.said("vote")).toHaveLength(1);
  });
});

describe("finality", () => {
  /** Three blocks of consecutive epochs on one another. */
  const three = (it: ScriptedReplica, from: number): NamedProposal[] => {
    const first = it.propose(it.genesis, from, [
      signedTransfer({ account: 1, nonce: 0, to: 2, amount: 7 }, it.accounts),
    ]);
    const second = it.propose(first, from + 1, [
      signedTransfer({ account: 1, nonce: 1, to: 2, amount: 8 }, it.accounts),
    ]);
    return [first, second, it.propose(second, from + 2)];
  };

  test("hands transactions to the machine in order, once, and again to a new one after a crash", () => {
    const it = new ScriptedReplica();
    it.enter(9);
    for (const proposal of three(it, 3)) it.hearNotarised(proposal);
    for (const proposal of three(it, 3)) it.hearNotarised(proposal);
    const state = it.machine.hash();
    expect([it.final, it.replica.chain.ledger.height]).toEqual([[1, 2], 2]);
    it.restart();
    expect([it.final, it.replica.chain.ledger.height, it.machine.hash()]).toEqual([[1, 2], 2, state]);
  });

  test("takes in no block that is not above the final one, however late its epoch", () => {
    const it = new ScriptedReplica();
    it.enter(9);
    for (const proposal of three(it, 3)) it.hearNotarised(proposal);
    const records = it.disk.records.length;
    const beside = it.propose(it.genesis, 9);
    it.hearProposal(beside);
    expect(it.replica.chain.tree.get(beside.id)).toBeUndefined();
    expect(it.disk.records).toHaveLength(records);
  });

  test("tells the client, and a client that asks again", () => {
    const it = new ScriptedReplica();
    it.enter(9);
    const blocks = three(it, 3);
    const [transaction] = blocks[1].block.transactions;
    it.hear({ kind: "submission", transaction }, 5);
    for (const proposal of blocks) it.hearNotarised(proposal);
    it.hear({ kind: "submission", transaction }, 6);
    const outcome = { kind: "outcome", words: transaction.words, height: 2, result: LedgerAnswer.applied };
    expect(it.sent.filter(({ message }) => message.kind === "outcome")).toEqual([
      { to: 5, message: outcome },
      { to: 6, message: outcome },
    ]);
    expect(it.replica.chain.mempool.size).toBe(0);
  });
});

describe("catching up", () => {
  test("a replica that lacks the parent takes the block in when the parent has come", () => {
    const { it, epoch } = listening(5);
    const parent = it.propose(it.genesis, 2);
    const child = it.propose(parent, epoch);
    it.hearProposal(child);
    it.hearNotarised(parent);
    expect(it.said("vote").map(({ block }) => block)).toEqual([child.id]);
  });

  test("who is behind gets the blocks that it lacks with their votes, once per epoch", () => {
    const it = new ScriptedReplica();
    it.enter(2 * CATCH_UP_BLOCKS_MAX + 8);
    let parent: NamedBlock = it.genesis;
    // Without an epoch left out the first of them would be final.
    for (let height = 1; height <= CATCH_UP_BLOCKS_MAX + 1; height++) {
      const proposal = it.propose(parent, 2 * height);
      // Old blocks are believed when their votes have come before them.
      it.hear(it.certificate(proposal));
      it.hearProposal(proposal);
      parent = proposal;
    }
    const behind = { kind: "status", finalHeight: 0, tip: statementOf(it.genesis) } as const;
    const { tree } = it.replica.chain;
    const answer = (from: number, finalHeight: number): string[] => {
      it.sent.length = 0;
      it.hear({ ...behind, finalHeight }, from);
      return it.sent.map(({ to, message }) => `${to} ${message.kind}`);
    };
    expect(tree.tip.block.height).toBe(CATCH_UP_BLOCKS_MAX + 1);
    expect(answer(2, 0)).toEqual(
      Array.from({ length: CATCH_UP_BLOCKS_MAX }, () => ["2 certificate", "2 proposal"]).flat(),
    );
    expect(answer(2, 0)).toEqual([]);
    expect(answer(3, tree.tip.block.height - 1)).toEqual(["3 certificate", "3 proposal"]);
    it.enter(2 * CATCH_UP_BLOCKS_MAX + 9);
    it.sent.length = 0;
    it.hear({ ...behind, tip: statementOf(tree.tip) }, 2);
    it.hear(behind, 4);
    expect(it.sent).toEqual([]);
  });
});
