import { describe, expect, test } from "vitest";

import { RandomStream } from "../../core/random.ts";
import { digestOf } from "../digest.ts";
import { keyedHashKeyring } from "../keyed-hash.ts";
import type { Evidence } from "./evidence.ts";
import { isProof } from "./evidence.ts";
import { Misconduct, STATEMENTS_REMEMBERED } from "./misconduct.ts";
import type { SignedStatement, StatementKind } from "./statement.ts";
import { signStatement } from "./statement.ts";

const { signers, verifier } = keyedHashKeyring({ seed: 1, group: "replicas", signers: 4 });

/** `epoch.height.block`, signed. */
function statement(text: string, kind: StatementKind, signer = 1): SignedStatement {
  const [epoch, height, name] = text.split(".");
  const unsigned = { epoch: Number(epoch), height: Number(height), block: digestOf(Int32Array.of(name.charCodeAt(0))) };
  return { ...unsigned, signature: signStatement(kind, unsigned, signers[signer]) };
}

describe("votes", () => {
  test.each([
    ["one vote an epoch, as high or higher", "1.1.a 2.2.b 5.3.c", ""],
    ["a higher one after a gap", "1.1.a 5.9.c", ""],
    ["the same height again", "1.1.a 2.1.b 3.1.c", ""],
    ["the same vote again", "1.1.a 1.1.a", ""],
    ["late ones", "5.3.c 1.1.a 2.2.b", ""],
    ["two in one epoch", "1.1.a 1.1.b", "two votes"],
    ["two in one epoch, for heights that rise", "1.1.a 1.2.b", "two votes"],
    ["two heights of one block", "1.1.a 1.2.a", "two votes"],
    ["a lower one later", "1.2.a 2.1.b", "falling votes"],
    ["a lower one much later", "1.1.a 2.4.b 9.3.c", "falling votes"],
    ["a higher one before, which comes late", "9.3.c 1.1.a 2.4.b", "falling votes"],
    ["one that falls between two", "1.1.a 9.9.b 5.0.c", "falling votes"],
    ["both kinds", "1.2.a 1.2.b 3.1.c", "two votes, falling votes"],
    ["each kind once only", "1.2.a 1.2.b 1.2.c 3.1.c 4.1.d", "two votes, falling votes"],
  ])("%s: %s", (_what, votes, kinds) => {
    const misconduct = new Misconduct();
    const told = votes.split(" ").map((text) => misconduct.see("vote", 1, statement(text, "vote")));
    expect(misconduct.evidence.map(({ kind }) => kind).join(", ")).toBe(kinds);
    expect(told.filter((evidence) => evidence !== undefined)).toEqual(misconduct.evidence);
    for (const evidence of misconduct.evidence) expect(isProof(evidence, verifier)).toBe(true);
  });
});

describe("proposals", () => {
  test.each([
    ["one an epoch", "1.1.a 2.1.b 3.2.c", ""],
    ["a lower one later: its leader may have lost what it had not voted for", "1.2.a 3.1.b", ""],
    ["two in one epoch", "1.1.a 1.1.b", "two proposals"],
  ])("%s: %s", (_what, proposals, kinds) => {
    const misconduct = new Misconduct();
    for (const text of proposals.split(" ")) misconduct.see("proposal", 1, statement(text, "proposal"));
    expect(misconduct.evidence.map(({ kind }) => kind).join(", ")).toBe(kinds);
    expect(misconduct.isKnownFor(1, "two proposals")).toBe(kinds !== "");
    expect(misconduct.isKnownFor(2, "two proposals")).toBe(false);
  });

  test("and votes of one epoch, and those of different replicas, do not contradict each other", () => {
    const misconduct = new Misconduct();
    misconduct.see("proposal", 1, statement("1.1.a", "proposal"));
    misconduct.see("vote", 1, statement("1.1.b", "vote"));
    misconduct.see("vote", 2, statement("1.1.c", "vote", 2));
    expect(misconduct.evidence).toEqual([]);
  });
});

describe("a proof", () => {
  const two = (kind: Evidence["kind"], first: SignedStatement, second: SignedStatement, culprit = 1): Evidence => {
    return { kind, culprit, first, second };
  };
  const vote = (text: string): SignedStatement => statement(text, "vote");
  const forged = { ...vote("1.1.b"), signature: vote("1.1.a").signature };
  test.each<[string, Evidence, boolean]>([
    ["two votes of one epoch", two("two votes", vote("1.1.a"), vote("1.1.b")), true],
    ["the same vote twice", two("two votes", vote("1.1.a"), vote("1.1.a")), false],
    ["votes of two epochs", two("two votes", vote("1.1.a"), vote("2.1.b")), false],
    ["votes of somebody else", two("two votes", vote("1.1.a"), vote("1.1.b"), 2), false],
    ["a vote with a forged signature", two("two votes", vote("1.1.a"), forged), false],
    ["two votes as two proposals", two("two proposals", vote("1.1.a"), vote("1.1.b")), false],
    ["a vote that falls", two("falling votes", vote("1.2.a"), vote("2.1.b")), true],
    ["a vote that falls, backwards", two("falling votes", vote("2.1.b"), vote("1.2.a")), false],
    ["a vote as high", two("falling votes", vote("1.2.a"), vote("2.2.b")), false],
  ])("%s", (_what, evidence, expected) => {
    expect(isProof(evidence, verifier)).toBe(expected);
  });
});

test("finds a falling vote exactly if some two votes fall, whatever order they come in", () => {
  const random = RandomStream.named(1, "misconduct", "votes");
  const found = { falling: 0, honest: 0 };
  for (let round = 0; round < 500; round++) {
    const votes = Array.from({ length: 6 }, (_, epoch) => `${epoch}.${random.integer(epoch, epoch + 2)}.a`);
    for (let at = votes.length - 1; at > 0; at--) {
      const other = random.integer(0, at);
      [votes[at], votes[other]] = [votes[other], votes[at]];
    }
    const heights = votes.map((text) => text.split(".").map(Number)).toSorted((a, b) => a[0] - b[0]);
    const falls = heights.some(([, height], at) => heights.slice(at + 1).some(([, later]) => later < height));
    const misconduct = new Misconduct();
    for (const text of votes) misconduct.see("vote", 1, statement(text, "vote"));
    expect(misconduct.isKnownFor(1, "falling votes")).toBe(falls);
    found[falls ? "falling" : "honest"]++;
  }
  expect(Math.min(found.falling, found.honest)).toBeGreaterThan(20);
});

test("remembers so many votes, the latest ones", () => {
  const misconduct = new Misconduct();
  for (let epoch = 1; epoch <= STATEMENTS_REMEMBERED + 1; epoch++) {
    misconduct.see("vote", 1, statement(`${epoch}.${epoch}.a`, "vote"));
  }
  misconduct.see("vote", 1, statement("1.1.b", "vote"));
  expect(misconduct.evidence).toEqual([]);
  misconduct.see("vote", 1, statement("2.2.b", "vote"));
  expect(misconduct.evidence).toHaveLength(1);
});
