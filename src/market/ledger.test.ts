import { expect, test } from "vitest";

import { InvariantError } from "../core/assert.ts";
import { ACCOUNTS_MAX, EXTERNAL_ACCOUNT, FEE_ACCOUNT, Ledger, SUPPLY_UNITS_MAX } from "./ledger.ts";

const USD = 0;
const BTC = 1;

function twoAccounts(): { ledger: Ledger; alice: number; bob: number } {
  const ledger = new Ledger(2);
  return { ledger, alice: ledger.openAccount(), bob: ledger.openAccount() };
}

test("accounts are numbered behind the outside world and the fees", () => {
  const { ledger, alice, bob } = twoAccounts();
  expect([EXTERNAL_ACCOUNT, FEE_ACCOUNT, alice, bob]).toEqual([0, 1, 2, 3]);
  expect(ledger.accountCount).toBe(4);
});

test("what is deposited is missing outside", () => {
  const { ledger, alice } = twoAccounts();
  ledger.deposit(alice, USD, 100);
  expect(ledger.balance(alice, USD)).toBe(100);
  expect(ledger.balance(EXTERNAL_ACCOUNT, USD)).toBe(-100);
  expect(ledger.balance(alice, BTC)).toBe(0);
  expect(ledger.total(USD)).toBe(0n);
});

test("what is reserved stays in the balance and is not free", () => {
  const { ledger, alice } = twoAccounts();
  ledger.deposit(alice, USD, 100);
  ledger.reserve(alice, USD, 60);
  expect([ledger.balance(alice, USD), ledger.reserved(alice, USD), ledger.free(alice, USD)]).toEqual([100, 60, 40]);
  ledger.release(alice, USD, 10);
  expect([ledger.balance(alice, USD), ledger.reserved(alice, USD), ledger.free(alice, USD)]).toEqual([100, 50, 50]);
});

test("a credit line can be used, and the balance shows the debt", () => {
  const { ledger, alice, bob } = twoAccounts();
  ledger.grantCredit(alice, BTC, 5);
  ledger.transfer(alice, bob, BTC, 5);
  expect(ledger.balance(alice, BTC)).toBe(-5);
  expect(ledger.free(alice, BTC)).toBe(0);
  expect(ledger.credit(alice, BTC)).toBe(5);
  expect(ledger.total(BTC)).toBe(0n);
});

test.each<[what: string, broken: (ledger: Ledger, alice: number, bob: number) => void]>([
  ["reserve more than is free", (ledger, alice) => ledger.reserve(alice, USD, 61)],
  ["release more than is reserved", (ledger, alice) => ledger.release(alice, USD, 41)],
  ["pay with what is reserved", (ledger, alice, bob) => ledger.transfer(alice, bob, USD, 61)],
  ["pay with another asset", (ledger, alice, bob) => ledger.transfer(alice, bob, BTC, 1)],
  ["take by paying less than nothing", (ledger, alice, bob) => ledger.transfer(alice, bob, USD, -1)],
  ["reserve less than nothing", (ledger, alice) => ledger.reserve(alice, USD, -1)],
  ["release less than nothing", (ledger, alice) => ledger.release(alice, USD, -1)],
  ["pay no number", (ledger, alice, bob) => ledger.transfer(alice, bob, USD, Number.NaN)],
  ["reserve no number", (ledger, alice) => ledger.reserve(alice, USD, Number.NaN)],
  ["deposit a fraction", (ledger, alice) => ledger.deposit(alice, USD, 0.5)],
  ["deposit less than nothing", (ledger, alice) => ledger.deposit(alice, USD, -1)],
  ["deposit what is not exact", (ledger, alice) => ledger.deposit(alice, BTC, 2 ** 53)],
  ["lend less than nothing", (ledger, alice) => ledger.grantCredit(alice, USD, -1)],
  ["use an account that is not there", (ledger) => ledger.deposit(4, USD, 1)],
  ["use an asset that is not there", (ledger, alice) => ledger.deposit(alice, 2, 1)],
])("nobody can %s", (_, broken) => {
  const { ledger, alice, bob } = twoAccounts();
  ledger.deposit(alice, USD, 100);
  ledger.reserve(alice, USD, 40);
  expect(() => broken(ledger, alice, bob)).toThrow(InvariantError);
  // What was refused has changed nothing.
  expect([ledger.balance(alice, USD), ledger.reserved(alice, USD)]).toEqual([100, 40]);
  expect([ledger.balance(bob, USD), ledger.total(USD), ledger.total(BTC)]).toEqual([0, 0n, 0n]);
});

test("deposits and credit lines together stay within the exact numbers", () => {
  const { ledger, alice, bob } = twoAccounts();
  ledger.deposit(alice, USD, SUPPLY_UNITS_MAX - 10);
  ledger.grantCredit(bob, USD, 10);
  expect(() => ledger.deposit(bob, USD, 1)).toThrow(InvariantError);
  expect(() => ledger.grantCredit(alice, USD, 1)).toThrow(InvariantError);
  // The other asset has a supply of its own.
  ledger.deposit(bob, BTC, SUPPLY_UNITS_MAX);
  // The largest balance that there can be: everything, and what another owes.
  ledger.transfer(bob, alice, USD, 10);
  expect(ledger.balance(alice, USD)).toBe(SUPPLY_UNITS_MAX);
  expect(ledger.free(alice, USD)).toBe(SUPPLY_UNITS_MAX);
  ledger.reserve(alice, USD, SUPPLY_UNITS_MAX);
  expect(ledger.free(alice, USD)).toBe(0);
  expect(() => ledger.reserve(alice, USD, 1)).toThrow(InvariantError);
  expect(ledger.total(USD)).toBe(0n);
});

test("accounts keep what they have while their number grows to the limit", () => {
  const ledger = new Ledger(1);
  const first = ledger.openAccount();
  ledger.deposit(first, USD, 7);
  for (let account = ledger.accountCount; account < ACCOUNTS_MAX - 1; account++) ledger.openAccount();
  const last = ledger.openAccount();
  expect(last).toBe(ACCOUNTS_MAX - 1);
  ledger.transfer(first, last, USD, 3);
  expect([ledger.balance(first, USD), ledger.balance(last, USD)]).toEqual([4, 3]);
  expect(() => ledger.openAccount()).toThrow(InvariantError);
  expect(ledger.accountCount).toBe(ACCOUNTS_MAX);
});
