import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { NaiveLedger } from "../testing/naive-ledger.ts";
import { EXTERNAL_ACCOUNT, Ledger, SUPPLY_UNITS_MAX } from "./ledger.ts";

const ASSETS = 2;

/** The ledger and its naive twin, and how many accounts they have. */
interface Twins {
  readonly naive: NaiveLedger;
  readonly accounts: number;
}

type Command = fc.Command<Twins, Ledger>;

/** What all operations share: the fast ledger refuses exactly what the naive one refuses, and then both say the same. */
class Operation implements Command {
  readonly #text: string;
  readonly #onNaive: (naive: NaiveLedger) => boolean;
  readonly #onLedger: (ledger: Ledger) => void;

  constructor(text: string, onNaive: (naive: NaiveLedger) => boolean, onLedger: (ledger: Ledger) => void) {
    this.#text = text;
    this.#onNaive = onNaive;
    this.#onLedger = onLedger;
  }

  check(): boolean {
    return true;
  }

  run({ naive, accounts }: Twins, ledger: Ledger): void {
    const isDone = this.#onNaive(naive);
    if (isDone) this.#onLedger(ledger);
    else expect(() => this.#onLedger(ledger)).toThrow();
    expect(differences(naive, accounts, ledger)).toEqual([]);
  }

  toString(): string {
    return this.#text;
  }
}

/** Everything that the two say differently, or that no ledger may say. */
function differences(naive: NaiveLedger, accounts: number, ledger: Ledger): string[] {
  const found: string[] = [];
  for (let of = 0; of < ASSETS; of++) {
    let sum = 0n;
    for (let account = 0; account < accounts; account++) {
      const { balance, reserved, credit } = naive.of(account, of);
      const at = `asset ${of} of account ${account}`;
      if (!isExactly(ledger.balance(account, of), balance)) found.push(`balance, ${at}`);
      if (!isExactly(ledger.reserved(account, of), reserved)) found.push(`reserved, ${at}`);
      if (!isExactly(ledger.credit(account, of), credit)) found.push(`credit, ${at}`);
      sum += BigInt(ledger.balance(account, of));
      if (account === EXTERNAL_ACCOUNT) continue;
      if (!isExactly(ledger.free(account, of), balance + credit - reserved)) found.push(`free, ${at}`);
      if (ledger.free(account, of) < 0) found.push(`limit, ${at}`);
    }
    if (sum !== 0n || ledger.total(of) !== 0n) found.push(`sum of asset ${of}`);
  }
  return found;
}

function isExactly(number: number, expected: bigint): boolean {
  return Number.isSafeInteger(number) && BigInt(number) === expected;
}

/** Accounts of owners are 2 to 4; the fees are 1. */
const ACCOUNTS = 5;
const owner = fc.integer({ min: 2, max: ACCOUNTS - 1 });
const payer = fc.integer({ min: 1, max: ACCOUNTS - 1 });
const asset = fc.integer({ min: 0, max: ASSETS - 1 });

/** Small amounts find the limits of small accounts, large ones those of the supply. */
const units = fc.oneof(
  fc.integer({ min: 0, max: 20 }),
  fc.integer({ min: 0, max: SUPPLY_UNITS_MAX }),
  fc.constantFrom(SUPPLY_UNITS_MAX, SUPPLY_UNITS_MAX - 1, Math.floor(SUPPLY_UNITS_MAX / 2)),
);

function hasRoom(naive: NaiveLedger, of: number, amount: number): boolean {
  return naive.supply(of) + BigInt(amount) <= BigInt(SUPPLY_UNITS_MAX);
}

const operations: fc.Arbitrary<Command>[] = [
  fc.tuple(owner, asset, units).map(([account, of, amount]) => {
    const onNaive = (naive: NaiveLedger): boolean => {
      if (!hasRoom(naive, of, amount)) return false;
      naive.deposit(account, of, BigInt(amount));
      return true;
    };
    return new Operation(`deposit ${amount} of ${of} to ${account}`, onNaive, (ledger) =>
      ledger.deposit(account, of, amount),
    );
  }),
  fc.tuple(owner, asset, units).map(([account, of, amount]) => {
    const onNaive = (naive: NaiveLedger): boolean => {
      if (!hasRoom(naive, of, amount)) return false;
      naive.grantCredit(account, of, BigInt(amount));
      return true;
    };
    return new Operation(`lend ${amount} of ${of} to ${account}`, onNaive, (ledger) =>
      ledger.grantCredit(account, of, amount),
    );
  }),
  fc.tuple(owner, asset, units).map(
    ([account, of, amount]) =>
      new Operation(
        `reserve ${amount} of ${of} for ${account}`,
        (naive) => naive.reserve(account, of, BigInt(amount)),
        (ledger) => ledger.reserve(account, of, amount),
      ),
  ),
  fc.tuple(owner, asset, units).map(
    ([account, of, amount]) =>
      new Operation(
        `release ${amount} of ${of} for ${account}`,
        (naive) => naive.release(account, of, BigInt(amount)),
        (ledger) => ledger.release(account, of, amount),
      ),
  ),
  fc.tuple(payer, payer, asset, units).map(
    ([from, to, of, amount]) =>
      new Operation(
        `transfer ${amount} of ${of} from ${from} to ${to}`,
        (naive) => naive.transfer(from, to, of, BigInt(amount)),
        (ledger) => ledger.transfer(from, to, of, amount),
      ),
  ),
  // Everything that an account has, so that long runs do not end with everybody full.
  fc.tuple(owner, asset).map(
    ([account, of]) =>
      new Operation(
        `free all of ${of} for ${account}`,
        (naive) => naive.release(account, of, naive.of(account, of).reserved),
        (ledger) => ledger.release(account, of, ledger.reserved(account, of)),
      ),
  ),
];

describe("the ledger", () => {
  test("does what a map of bigints does, up to the limit of the supply", () => {
    fc.assert(
      fc.property(fc.commands(operations, { maxCommands: 60, size: "+1" }), (commands) => {
        fc.modelRun(() => {
          const ledger = new Ledger(ASSETS);
          while (ledger.accountCount < ACCOUNTS) ledger.openAccount();
          return { model: { naive: new NaiveLedger(), accounts: ACCOUNTS }, real: ledger };
        }, commands);
      }),
      { numRuns: 200 },
    );
  });
});
