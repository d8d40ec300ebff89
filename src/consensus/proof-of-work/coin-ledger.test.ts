import { expect, test } from "vitest";

import { ACCOUNTS_MAX, CoinLedger, LedgerAnswer, rewardTransaction } from "./coin-ledger.ts";
import { payment, TransactionWord } from "./transaction.ts";

const ALLOCATION = new Map([
  [1, 100],
  [2, 10],
]);

function paid(fields: Partial<Parameters<typeof payment>[0]>): Int32Array {
  return payment({ sender: 1, receiver: 2, amount: 10, fee: 1, nonce: 0, ...fields });
}

function balances(ledger: CoinLedger): number[] {
  return [1, 2, 3].map((account) => ledger.balanceOf(account));
}

test.each`
  case                         | fields                      | answer          | balances
  ${"amount and fee leave"}    | ${{}}                       | ${"applied"}    | ${[89, 20, 0]}
  ${"an account may be new"}   | ${{ receiver: 3 }}          | ${"applied"}    | ${[89, 10, 10]}
  ${"one may pay oneself"}     | ${{ receiver: 1 }}          | ${"applied"}    | ${[99, 10, 0]}
  ${"all may go"}              | ${{ amount: 99 }}           | ${"applied"}    | ${[0, 109, 0]}
  ${"no more than all may go"} | ${{ amount: 100 }}          | ${"noFunds"}    | ${[100, 10, 0]}
  ${"nobody has nothing"}      | ${{ sender: 3, amount: 0 }} | ${"noFunds"}    | ${[100, 10, 0]}
  ${"a nonce is not left out"} | ${{ nonce: 1 }}             | ${"wrongNonce"} | ${[100, 10, 0]}
`("$case: $answer", ({ fields, answer, balances: expected }) => {
  const ledger = new CoinLedger(ALLOCATION);
  const before = ledger.hash();
  expect(ledger.apply(paid(fields as object), 0)).toBe(LedgerAnswer[answer as keyof typeof LedgerAnswer]);
  expect(balances(ledger)).toEqual(expected);
  expect(ledger.total()).toBe(110);
  expect(ledger.hash() === before).toBe(answer !== "applied");
});

test("a payment happens once", () => {
  const ledger = new CoinLedger(ALLOCATION);
  expect([ledger.apply(paid({}), 0), ledger.apply(paid({}), 0)]).toEqual([
    LedgerAnswer.applied,
    LedgerAnswer.wrongNonce,
  ]);
});

test.each([
  ["kind", 7],
  ["sender", -1],
  ["receiver", -1],
  ["amount", -5],
  ["fee", -5],
  ["nonce", -1],
] as const)("a payment whose %s is %d is malformed", (field, value) => {
  const words = paid({});
  words[TransactionWord[field]] = value;
  expect(new CoinLedger(ALLOCATION).apply(words, 0)).toBe(LedgerAnswer.malformed);
});

test("the reward takes the fees of the block, all of them and no others", () => {
  const ledger = new CoinLedger(ALLOCATION);
  ledger.apply(paid({}), 0);
  ledger.apply(paid({ nonce: 1, fee: 2 }), 0);
  expect(ledger.apply(rewardTransaction({ miner: 3, reward: 50, fees: 4 }), 0)).toBe(LedgerAnswer.wrongFees);
  expect(ledger.apply(rewardTransaction({ miner: 3, reward: 50, fees: 3 }), 0)).toBe(LedgerAnswer.applied);
  expect([balances(ledger), ledger.total()]).toEqual([[77, 30, 53], 160]);
  expect(ledger.apply(rewardTransaction({ miner: 3, reward: 50, fees: 3 }), 0)).toBe(LedgerAnswer.wrongFees);
});

test("a snapshot holds all of the state, large balances and open fees included", () => {
  const ledger = new CoinLedger(new Map([[1, 2 ** 52 + 1], ...ALLOCATION.entries(), [5, 2 ** 52 + 1]]));
  ledger.apply(paid({}), 0);
  const copy = new CoinLedger(new Map([[9, 9]]));
  copy.restore(ledger.snapshot());
  expect([copy.hash(), copy.total(), copy.balanceOf(5), copy.nonceOf(1)]).toEqual([
    ledger.hash(),
    ledger.total(),
    2 ** 52 + 1,
    1,
  ]);
  ledger.apply(paid({ nonce: 1 }), 0);
  expect(copy.hash()).not.toBe(ledger.hash());
});

test("the order in which accounts were opened does not show in the hash", () => {
  const [one, other] = [new CoinLedger(ALLOCATION), new CoinLedger(new Map([...ALLOCATION].toReversed()))];
  expect(one.hash()).toBe(other.hash());
});

test("a full ledger opens no account, and takes payments to those it has", () => {
  const ledger = new CoinLedger(new Map(Array.from({ length: ACCOUNTS_MAX }, (_, account) => [account, 100])));
  expect(ledger.apply(paid({ receiver: ACCOUNTS_MAX }), 0)).toBe(LedgerAnswer.tooManyAccounts);
  expect(ledger.apply(rewardTransaction({ miner: ACCOUNTS_MAX, reward: 1, fees: 0 }), 0)).toBe(
    LedgerAnswer.tooManyAccounts,
  );
  expect(ledger.apply(paid({ receiver: ACCOUNTS_MAX - 1 }), 0)).toBe(LedgerAnswer.applied);
});

test("amounts that are no int32 are a bug of the caller", () => {
  expect(() => paid({ amount: 2 ** 31 })).toThrow("fields");
  expect(() => paid({ amount: 1.5 })).toThrow("does not fit");
  expect(() => paid({ nonce: -1 })).toThrow("fields");
});
