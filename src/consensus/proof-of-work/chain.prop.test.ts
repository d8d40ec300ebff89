import fc from "fast-check";
import { expect, test } from "vitest";

import { BlockForge, GENESIS } from "../../testing/block-forge.ts";
import { ChainChecker } from "../../testing/chain-checker.ts";
import { COIN_ACCOUNTS, coinLedger, payment } from "../../testing/coins.ts";
import type { AccountLedger } from "../ledger/account-ledger.ts";
import type { SignedTransaction } from "../transaction.ts";
import type { Block } from "./block.ts";
import { applyBlock } from "./block-execution.ts";
import { Chain } from "./chain.ts";
import type { ChainParameters } from "./parameters.ts";
import { CHAIN_DEFAULTS } from "./parameters.ts";

const ACCOUNTS = [1, 2, 3];
const PARAMETERS: ChainParameters = {
  ...CHAIN_DEFAULTS,
  blockIntervalNs: 10,
  difficultyFirst: 100,
  retargetBlocks: 3,
  reward: 50,
  halvingBlocks: 5,
  allocation: new Map(ACCOUNTS.map((account) => [account, 500])),
  depthMax: 64,
  snapshotBlocks: 3,
};

interface Plan {
  /** On which of the blocks so far, counted from the last. */
  readonly back: number;
  readonly intervalNs: number;
  readonly payments: readonly { sender: number; receiver: number; amount: number; fee: number }[];
  /** Spends with a nonce that was used. */
  readonly cheats: boolean;
  /** Blocks that overtake this one on its way. */
  readonly late: number;
}

const plan: fc.Arbitrary<Plan> = fc.record({
  // The last block but one often ends a rival branch.
  back: fc.oneof(
    { weight: 3, arbitrary: fc.constant(0) },
    { weight: 3, arbitrary: fc.constant(1) },
    { weight: 1, arbitrary: fc.nat({ max: 9 }) },
  ),
  intervalNs: fc.integer({ min: 1, max: 40 }),
  payments: fc.array(
    fc.record({
      sender: fc.constantFrom(...ACCOUNTS),
      receiver: fc.constantFrom(...ACCOUNTS, 4, 1_001),
      amount: fc.nat({ max: 30 }),
      fee: fc.nat({ max: 3 }),
    }),
    { maxLength: 3 },
  ),
  cheats: fc.oneof({ weight: 29, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  late: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat({ max: 5 }) }),
});

interface Sent {
  readonly block: Block;
  readonly isValid: boolean;
  readonly late: number;
}

/** Makes the blocks of a plan on branches of their own, with payments in turn. */
function forgeBlocks(plans: readonly Plan[]): Sent[] {
  const forge = new BlockForge(PARAMETERS);
  const states = new ChainChecker(PARAMETERS);
  const names = [GENESIS];
  const invalid = new Set<string>();
  return plans.map(({ back, intervalNs, payments, cheats, late }, number) => {
    const parent = names[Math.max(0, names.length - 1 - back)];
    const name = `b${number}`;
    const state = forge.block(parent);
    const isOnInvalid = invalid.has(parent);
    const nonces = new Map(ACCOUNTS.map((account) => [account, isOnInvalid ? 0 : states.nonceAt(state.id, account)]));
    const spent = new Map<number, number>();
    const transactions: SignedTransaction[] = [];
    for (const fields of isOnInvalid ? [] : payments) {
      const nonce = nonces.get(fields.sender) ?? 0;
      const costs = (spent.get(fields.sender) ?? 0) + fields.amount + fields.fee;
      if (costs > states.balanceAt(state.id, fields.sender)) continue;
      spent.set(fields.sender, costs);
      nonces.set(fields.sender, nonce + 1);
      transactions.push(payment({ ...fields, nonce }));
    }
    // One more with the last one's nonce, so that the ledger has taken a part of the block when it refuses.
    const isCheat = cheats && transactions.length > 0;
    if (isCheat) transactions.push(...transactions.slice(-1));
    const timeNs = state.timeNs + intervalNs;
    const block = forge.make({
      name,
      parent,
      timeNs,
      miner: 1_000 + (number % 3),
      transactions,
    });
    if (isCheat || isOnInvalid) invalid.add(name);
    else states.add(block);
    names.push(name);
    return { block, isValid: !invalid.has(name), late };
  });
}

/** Orders of arrival in which a block may come after blocks that are above it. */
function arrivals(sent: readonly Sent[]): Sent[] {
  return sent
    .map((one, at) => ({ one, at: at + one.late + one.late / 100 }))
    .toSorted((a, b) => a.at - b.at || (a.one.block.id < b.one.block.id ? -1 : 1))
    .map(({ one }) => one);
}

function replay(blocks: readonly Block[]): AccountLedger {
  const ledger = coinLedger(PARAMETERS.allocation);
  for (const block of blocks) expect(applyBlock(ledger, block, PARAMETERS)).toBeDefined();
  return ledger;
}

test("after every block the tip is the heaviest valid one that can be reached, and the state is that of its replay", () => {
  let reorganisations = 0;
  let refused = 0;
  const check = (plans: readonly Plan[]): void => {
    const genesis = new BlockForge(PARAMETERS);
    const ledger = coinLedger(PARAMETERS.allocation);
    const chain = new Chain({
      parameters: PARAMETERS,
      proof: "simulated",
      accountKeys: COIN_ACCOUNTS.verifier,
      machine: ledger,
      root: genesis.tree(GENESIS),
    });
    const checker = new ChainChecker(PARAMETERS);
    const waiting: Sent[] = [];
    for (const sent of arrivals(forgeBlocks(plans))) {
      const before = chain.tip;
      const { status, disconnected } = chain.add(sent.block, Infinity);
      if (disconnected.length > 0) reorganisations++;
      if (status === "refused") refused++;
      waiting.push(sent);
      addReachable(checker, waiting);
      const { id } = chain.tip.block;
      expect(checker.workOf(id)).toBe(checker.workOf(checker.heaviest().id));
      expect(chain.tip.work).toBe(checker.workOf(id));
      // Who was first stays.
      if (chain.tip !== before) expect(chain.tip.work).toBeGreaterThan(before.work);
      checker.compare(id, ledger);
      expect(ledger.hash()).toBe(replay(checker.branchTo(id)).hash());
    }
    // Nothing was dropped on the way.
    expect(waiting.filter(({ isValid }) => isValid)).toEqual([]);
  };
  fc.assert(fc.property(fc.array(plan, { minLength: 1, maxLength: 40, size: "max" }), check), {
    numRuns: 150,
    seed: 7,
  });
  // The property was put to the test.
  expect(reorganisations).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(50);
});

/** Hands the checker each valid block whose parent it has. */
function addReachable(checker: ChainChecker, waiting: Sent[]): void {
  for (let i = 0; i < waiting.length; i++) {
    const { block, isValid } = waiting[i];
    if (!isValid || !checker.has(block.parent)) continue;
    checker.add(block);
    waiting.splice(i, 1);
    i = -1;
  }
}
