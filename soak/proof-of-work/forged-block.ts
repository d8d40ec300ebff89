import { transferWords } from "../../src/consensus/ledger/ledger-transaction.ts";
import type { Block } from "../../src/consensus/proof-of-work/block.ts";
import { digestOfBody } from "../../src/consensus/block-body.ts";
import { makeBlock } from "../../src/consensus/proof-of-work/block.ts";
import type { Chain } from "../../src/consensus/proof-of-work/chain.ts";
import { difficultyAfter } from "../../src/consensus/proof-of-work/tree-block.ts";
import type { Keyring } from "../../src/consensus/signature.ts";
import type { SignedTransaction } from "../../src/consensus/transaction.ts";
import { signTransaction } from "../../src/consensus/transaction.ts";
import type { RandomStream } from "../../src/core/random.ts";
import { oneOf } from "../simulation/draws.ts";

const FORGERIES = ["used nonce", "nonce left out", "unpaid fee", "not signed", "difficulty", "time", "height"] as const;

/**
 * A block that is wrong in one way, on top of a chain. Its transactions begin with one that is right, so that who takes
 * it up has to give back what it has taken already.
 */
export function forgedBlock(chain: Chain, accounts: Keyring, random: RandomStream): Block {
  const forgery = oneOf(random, FORGERIES);
  const { tip, machine, rules } = chain;
  const account = random.integer(0, 1);
  const next = Math.max(0, machine.nextNonce(account));
  const pay = (nonce: number, fee: number, signer = account): SignedTransaction =>
    signTransaction(transferWords({ account, to: account, amount: 1, fee, nonce }), accounts.signers[signer]);
  const first = pay(next, Math.min(3, machine.feeBudget(account)));
  const second: Record<string, () => SignedTransaction> = {
    "used nonce": () => first,
    "nonce left out": () => pay(next + 2, 0),
    "unpaid fee": () => pay(next + 1, 2 ** 31 - 1),
    "not signed": () => pay(next + 1, 0, account + 1),
  };
  const wrong = second[forgery]?.();
  const transactions = wrong === undefined ? [first] : [first, wrong];
  const header = {
    height: tip.block.height + (forgery === "height" ? 2 : 1),
    parent: tip.block.id,
    body: digestOfBody(transactions),
    difficulty: difficultyAfter(tip, rules.parameters) + (forgery === "difficulty" ? 1_000 : 0),
    timeNs: tip.block.timeNs + (forgery === "time" ? 0 : 1),
    miner: account,
    nonce: random.int32(),
  };
  return makeBlock(header, transactions);
}
