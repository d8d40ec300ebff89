import { describe, expect, test } from "vitest";

import { RandomStream } from "../../core/random.ts";
import { signedProposal, signedVote } from "../../consensus/byzantine/lies.ts";
import { genesisOf } from "../../consensus/block.ts";
import { keyedHashKeyring } from "../../consensus/keyed-hash.ts";
import { streamletCodec } from "../../consensus/streamlet/codec.ts";
import type { SignedTransaction } from "../../consensus/transaction.ts";
import type { NamedProposal, Vote } from "../../consensus/streamlet/message.ts";
import { statementOf } from "../../consensus/streamlet/message.ts";
import { leaderOf } from "../../consensus/streamlet/rules.ts";
import { StreamletChecker } from "./checker.ts";
import { ACCOUNTS, signedTransfer, spendingLedger } from "./spending.ts";
import { VoteRules } from "./vote-rules.ts";
import { WatchedDisk } from "./watched-disk.ts";
import { WireOracle } from "./wire-oracle.ts";

const LIAR = 3;
const genesis = genesisOf(1);
const accountKeys = keyedHashKeyring({ seed: 1, group: "accounts", signers: ACCOUNTS });
const { signers, verifier } = keyedHashKeyring({ seed: 1, group: "replicas", signers: 4 });

function scene(forks: "are a bug" | "are expected" = "are a bug") {
  const oracle = new WireOracle({ replicas: 4, chain: 1, keys: verifier });
  const voteRules = new VoteRules({ replicas: 4, oracle, keys: verifier });
  const isLiar = (of: number): boolean => of === LIAR;
  const { verifier: accounts } = accountKeys;
  const checker = new StreamletChecker({ oracle, voteRules, keys: verifier, accounts, isLiar, forks });
  const disk = new WatchedDisk();
  const propose = (
    epoch: number,
    parent: { id: string; height: number } = { id: genesis.id, height: 0 },
    transactions: readonly SignedTransaction[] = [],
  ) => {
    const proposer = leaderOf(epoch, genesis.id, 4);
    const block = { parent: parent.id, height: parent.height + 1, epoch, proposer, transactions };
    const proposal = signedProposal(block, signers[proposer]);
    oracle.hear({ kind: "proposal", block, signature: proposal.signature });
    return proposal;
  };
  const notarise = (proposal: NamedProposal): NamedProposal => {
    for (const voter of [0, 1, 2]) oracle.hear(signedVote(statementOf(proposal), voter, signers[voter]));
    return proposal;
  };
  /** Two blocks that are final, on another branch for another epoch. */
  const finalPair = (epoch: number, transactions: readonly SignedTransaction[] = []): NamedProposal[] => {
    const first = notarise(propose(epoch, undefined, transactions));
    const second = notarise(propose(epoch + 1, { id: first.id, height: 1 }));
    notarise(propose(epoch + 2, { id: second.id, height: 2 }));
    return [first, second];
  };
  const save = (vote: Vote): Vote => {
    const words = new Int32Array(1024);
    disk.append(words.subarray(0, streamletCodec.encode(vote, words, 0)));
    return vote;
  };
  return { checker, oracle, voteRules, disk, propose, finalPair, save };
}

describe("a vote of an honest replica", () => {
  const voteFor = (proposal: NamedProposal): Vote => signedVote(statementOf(proposal), 0, signers[0]);

  test("passes when it is safe, and its replica's only one", () => {
    const { checker, disk, propose, save } = scene();
    const vote = save(voteFor(propose(1)));
    disk.sync();
    checker.onSend(0, vote, { disk, epoch: 1 });
    expect(() => checker.onSend(0, vote, { disk, epoch: 1 })).toThrow("votes twice");
    expect(() => checker.onSend(0, voteFor(propose(1, { id: genesis.id, height: 1 })), { disk, epoch: 1 })).toThrow(
      "says two things",
    );
  });

  test("must be on the disk, and synced", () => {
    const { checker, disk, propose, save } = scene();
    expect(() => checker.onSend(0, voteFor(propose(1)), { disk, epoch: 1 })).toThrow("would forget");
    const vote = save(voteFor(propose(2)));
    expect(() => checker.onSend(0, vote, { disk, epoch: 2 })).toThrow("would forget");
    const random = RandomStream.named(1, "checker", "crash");
    disk.crash(random);
    expect(disk.holds(vote)).toBe(disk.records.length === 1);
  });

  test("must be for a block of the epoch's leader", () => {
    const { propose, voteRules, oracle } = scene();
    const { block } = propose(2);
    const usurping = signedProposal({ ...block, proposer: (block.proposer + 1) % 4 }, signers[0]);
    oracle.hear({ kind: "proposal", block: usurping.block, signature: usurping.signature });
    expect(voteRules.complaint(voteFor(usurping), 2)).toContain("does not lead");
  });

  test("must be of its epoch, on a notarised chain, and for the first proposal", () => {
    const { checker, disk, propose, voteRules } = scene();
    const [one, other] = [propose(2), propose(2, { id: genesis.id, height: 4 })];
    const child = propose(3, { id: one.id, height: 1 });
    for (const { block, signature } of [other, one]) voteRules.onDelivery(0, { kind: "proposal", block, signature });
    const check = (proposal: NamedProposal, epoch: number) => () =>
      checker.onSend(0, voteFor(proposal), { disk, epoch });
    expect(check(one, 3)).toThrow("in epoch 3 for one of epoch 2");
    expect(check(child, 3)).toThrow("not notarised");
    expect(voteRules.complaint(voteFor(one), 2)).toContain("not the first");
    expect(voteRules.complaint(voteFor(other), 2)).toBeUndefined();
  });
});

describe("a final block", () => {
  test("must be final by what was said", () => {
    const { checker, propose } = scene();
    expect(() => checker.onFinal(0, propose(1), spendingLedger())).toThrow("that is not");
  });

  test("comes once, in order", () => {
    const { checker, finalPair } = scene();
    const [first, second] = finalPair(2);
    expect(() => checker.onFinal(0, second, spendingLedger())).toThrow("height 2 after 0");
    checker.onFinal(0, first, spendingLedger());
    expect(() => checker.onFinal(0, first, spendingLedger())).toThrow("height 1 after 1");
  });

  test("holds nothing but what accounts have signed", () => {
    const { checker, finalPair } = scene();
    const [good, other] = [5, 6].map((amount) => signedTransfer({ account: 1, nonce: 0, to: 2, amount }, accountKeys));
    const forged = { words: good.words, signature: other.signature };
    expect(() => checker.onFinal(0, finalPair(2, [forged])[0], spendingLedger())).toThrow("not signed");
    checker.onFinal(1, finalPair(8, [good])[0], spendingLedger());
  });

  test("is the same for all, with the same state", () => {
    const { checker, finalPair } = scene();
    const [first] = finalPair(2);
    const [other] = finalPair(8);
    checker.onFinal(0, first, spendingLedger());
    expect(() => checker.onFinal(1, other, spendingLedger())).toThrow("another block final at height 1");
    const changed = spendingLedger();
    changed.endBlock(1, 5);
    expect(() => checker.onFinal(2, first, changed)).toThrow("another state");
  });

  test("may differ where forks are expected, and is counted", () => {
    const { checker, finalPair } = scene("are expected");
    checker.onFinal(0, finalPair(2)[0], spendingLedger());
    checker.onFinal(1, finalPair(8)[0], spendingLedger());
    expect([...checker.forkedHeights]).toEqual([1]);
  });
});

describe("evidence", () => {
  const against = (culprit: number, isForged: "forged" | "good") => {
    const [first, second] = [1, 2].map((height) => {
      const statement = { epoch: 1, height, block: genesis.id };
      return signedVote(statement, culprit, signers[isForged === "forged" ? 0 : culprit]);
    });
    return { kind: "two votes", culprit, first, second } as const;
  };

  test("against a liar is good, once", () => {
    const { checker } = scene();
    checker.onEvidence(0, against(LIAR, "good"));
    expect([...checker.culprits]).toEqual([LIAR]);
    expect(() => checker.onEvidence(0, against(LIAR, "good"))).toThrow("twice");
    checker.onCrash(0);
    checker.onEvidence(0, against(LIAR, "good"));
  });

  test("against an honest replica, or without proof, is a bug", () => {
    const { checker } = scene();
    expect(() => checker.onEvidence(0, against(1, "good"))).toThrow("who is honest");
    expect(() => checker.onEvidence(0, against(LIAR, "forged"))).toThrow("without proof");
  });
});
