import { describe, test } from "vitest";

import { BOOK_PROFILES } from "../testing/book-profiles.ts";
import { compareBooks } from "../testing/compare-books.ts";
import { NaiveBook } from "../testing/naive-book.ts";
import { FastBook } from "./fast-book.ts";

/** All profiles together: the soak runs the same for millions. */
const COMMANDS = 100_000;

describe("FastBook does word for word what NaiveBook does", () => {
  const commands = Math.ceil(COMMANDS / BOOK_PROFILES.length);
  test.each(BOOK_PROFILES)("$name", (profile) => {
    compareBooks({
      profile,
      commands,
      seed: 1,
      expected: (rules) => new NaiveBook(rules),
      found: (rules) => new FastBook(rules),
    });
  });
});
