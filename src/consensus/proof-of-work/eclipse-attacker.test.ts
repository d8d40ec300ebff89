import { expect, test } from "vitest";

import { ALL_POWER, ATTACK_CHAIN } from "../../testing/attack-chain.ts";
import { COIN_ACCOUNTS, payment } from "../../testing/coins.ts";
import { miningNetwork } from "../../testing/mining-network.ts";
import type { SignedTransaction } from "../transaction.ts";
import { doubleSpendOdds } from "./attack-odds.ts";
import { confirmationsOf } from "./confirmations.ts";
import { EclipseAttacker } from "./eclipse-attacker.ts";

const [ATTACKER, HONEST, VICTIM] = [0, 1, 2];
const [COINS, MERCHANT, AMOUNT, FEE] = [7, 8, 10, 1];
const CONFIRMATIONS = 6;
const CLIENT = 3;

/**
 * A merchant at a node whose connections are the attacker's, or the attacker's and an honest one's. It delivers after
 * six confirmations, and in the end sees by the honest node what it was paid for.
 */
function attack(options: {
  readonly share: number;
  readonly attempts: number;
  readonly connections: readonly number[];
}) {
  const { share, attempts, connections } = options;
  const elsewhere: SignedTransaction[] = [];
  const attacker = new EclipseAttacker({
    account: COINS,
    signer: COIN_ACCOUNTS.signers[COINS],
    merchant: MERCHANT,
    amount: AMOUNT,
    fee: FEE,
    confirmations: CONFIRMATIONS,
    spendElsewhere: (transaction) => elsewhere.push(transaction),
  });
  const isConnected = connections.includes(HONEST);
  const net = miningNetwork({
    seed: 1,
    parameters: { ...ATTACK_CHAIN, allocation: new Map([[COINS, 1e9]]) },
    powers: [share * ALL_POWER, (1 - share) * ALL_POWER, 0],
    strategies: new Map([[ATTACKER, attacker]]),
    delayNs: () => 1e6,
    peersOf: (node) => [[VICTIM], isConnected ? [ATTACKER, VICTIM] : [ATTACKER], connections][node],
  });
  let [delivered, due, reorganisations] = [0, 0, 0];
  let before = net.nodes[VICTIM].chain.tip;
  net.network.onEvent = () => {
    // A client of the attacker's, at the honest node.
    for (const transaction of elsewhere.splice(0))
      net.network.inject(HONEST, CLIENT, { kind: "submission", transaction });
    const { chain } = net.nodes[VICTIM];
    if (chain.tip === before) return;
    if (!chain.isOnMain(before)) reorganisations++;
    before = chain.tip;
    const paid = payment({ sender: COINS, receiver: MERCHANT, amount: AMOUNT, fee: FEE, nonce: due });
    const seen = confirmationsOf(paid, chain.tip, 3 * CONFIRMATIONS);
    if (seen >= CONFIRMATIONS) {
      delivered++;
      due++;
    } else if (seen === 0 && net.ledgers[VICTIM].nextNonce(COINS) > due) due++;
  };
  net.network.run(1e18, () => attacker.attempts > attempts);
  const paid = net.ledgers[HONEST].balanceOf(MERCHANT) / AMOUNT;
  return { delivered, paid, reorganisations };
}

test("with every connection of the merchant, a fifth of the power takes what it likes: six confirmations mean nothing", () => {
  const { delivered, paid, reorganisations } = attack({ share: 0.2, attempts: 20, connections: [ATTACKER] });
  expect([delivered, paid]).toEqual([20, 0]);
  expect(reorganisations).toBeGreaterThanOrEqual(20);
  // Who attacks in the open with as much succeeds once in 43.
  expect(doubleSpendOdds(0.2, CONFIRMATIONS)).toBeLessThan(0.024);
});

test("even a twentieth of the power is enough, it only takes longer", () => {
  expect(attack({ share: 0.05, attempts: 3, connections: [ATTACKER] })).toMatchObject({ delivered: 3, paid: 0 });
});

test("one honest connection ends it: the merchant sees the heavier chain, and delivers nothing", () => {
  const { delivered, paid } = attack({ share: 0.2, attempts: 20, connections: [ATTACKER, HONEST] });
  expect(delivered - paid).toBeLessThanOrEqual(1);
});
