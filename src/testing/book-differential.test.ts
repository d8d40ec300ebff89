import { describe, expect, test } from "vitest";

import { CommandWord } from "../model/command.ts";
import { FlagBits } from "../model/order-flags.ts";
import { RecordKind } from "../model/record.ts";
import { BOOK_PROFILES, profileNamed } from "./book-profiles.ts";
import { compareBooks } from "./compare-books.ts";
import { NaiveBook } from "./naive-book.ts";

type Words = Int32Array;

/** A book with a planted fault: it misreads some commands. */
class MisreadingBook extends NaiveBook {
  readonly #misread: (words: Words) => void;

  constructor(rules: NaiveBook["rules"], misread: (words: Words) => void) {
    super(rules);
    this.#misread = misread;
  }

  override apply(words: Words, _: Float64Array, at: number, nowNs: number): void {
    const own = words.slice(at, at + 16);
    this.#misread(own);
    super.apply(own, new Float64Array(own.buffer), 0, nowNs);
  }
}

const isSubmit = (words: Words): boolean => words[CommandWord.kind] === RecordKind.submitOrder;

const FAULTS: readonly (readonly [fault: string, stepsMax: number, misread: (words: Words) => void])[] = [
  ["icebergs show everything", 1, (words) => isSubmit(words) && (words[CommandWord.displayLots] = 0)],
  ["hidden orders show", 1, (words) => isSubmit(words) && (words[CommandWord.flags] &= ~FlagBits.hidden)],
  ["a replace loses a lot", 2, (words) => !isSubmit(words) && (words[CommandWord.qtyLots] -= 1)],
  [
    "self-trade prevention is ignored",
    2,
    (words) => isSubmit(words) && (words[CommandWord.flags] &= ~(FlagBits.selfTradeMask << FlagBits.selfTradeShift)),
  ],
];

describe("compareBooks", () => {
  test.each(FAULTS)("finds that %s, and shrinks to %i steps", (_, stepsMax, misread) => {
    const compare = (): void =>
      compareBooks({
        profile: profileNamed("everything"),
        seed: 1,
        commands: 4_000,
        expected: (rules) => new NaiveBook(rules),
        found: (rules) => new MisreadingBook(rules, misread),
      });
    expect(compare).toThrow(/shrunk to (\d+)/);
    const message = messageOf(compare);
    expect(Number(/shrunk to (\d+)/.exec(message)?.[1])).toBeLessThanOrEqual(stepsMax);
    expect(message).toContain('TRADESWARM_SOAK_SEED=1 TRADESWARM_SOAK_PROFILE="everything"');
  });

  test("finds nothing where there is nothing, in every profile", () => {
    for (const profile of BOOK_PROFILES) {
      const create = (rules: NaiveBook["rules"]): NaiveBook => new NaiveBook(rules);
      compareBooks({ profile, seed: 2, commands: 100, expected: create, found: create });
    }
  });
});

function messageOf(run: () => void): string {
  try {
    run();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return "";
}
