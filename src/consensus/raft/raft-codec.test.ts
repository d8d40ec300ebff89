import { expect, test } from "vitest";

import { RandomStream } from "../../core/random.ts";
import { MESSAGE_WORDS_MAX } from "../replica-actor.ts";
import { CHANGES_MAX } from "./conf-change.ts";
import type { Entry } from "./entry.ts";
import { APPEND_ENTRIES_MAX, APPEND_WORDS_MAX, PIECE_WORDS_MAX } from "./limits.ts";
import type { RaftMessage } from "./messages.ts";
import { raftCodec } from "./raft-codec.ts";
import { RaftLog } from "./raft-log.ts";

const transaction = Int32Array.from({ length: 16 }, (_, i) => i - 8);
const signed = { words: transaction, signature: transaction.map((word) => 3 * word) };
const change = { transition: "joint-explicit", changes: [{ kind: "add-learner", replica: 5 }] } as const;
const entries: Entry[] = [
  { term: 1, index: 8, command: { kind: "empty" } },
  { term: 1, index: 9, command: { kind: "open-session" } },
  { term: 2, index: 10, command: { kind: "transaction", session: 9, sequence: 3, words: transaction } },
  { term: 2, index: 11, command: { kind: "membership", change } },
];
const blocks: Entry[] = [0, 2].map((count, i) => {
  return { term: 3, index: 8 + i, command: { kind: "block", body: Array.from({ length: count }, () => signed) } };
});
const last = { index: 7, term: 1 };

const MESSAGES: readonly RaftMessage[] = [
  { kind: "vote-request", term: 3, ballot: "pre-vote", cause: "transfer", last },
  { kind: "vote-response", term: 3, ballot: "vote", granted: true, commit: last },
  { kind: "append", term: 3, previous: last, commit: 5, entries },
  { kind: "append", term: 3, previous: last, commit: 5, entries: [] },
  { kind: "append", term: 3, previous: last, commit: 5, entries: blocks },
  { kind: "append-response", term: 3, index: 7, rejected: undefined },
  { kind: "append-response", term: 3, index: 7, rejected: { index: 4, term: 2 } },
  { kind: "heartbeat", term: 3, commit: 5, round: 6 },
  { kind: "heartbeat-response", term: 3, round: 6 },
  { kind: "snapshot-piece", term: 3, index: 7, total: 40, offset: 24, words: transaction },
  { kind: "snapshot-response", term: 3, index: 7, offset: 40 },
  { kind: "timeout-now", term: 3 },
  { kind: "open-session", request: 1 },
  { kind: "transaction", request: 1, session: 9, sequence: 3, words: transaction },
  { kind: "query", request: 1, words: transaction },
  { kind: "change-membership", request: 1, change },
  { kind: "transfer-leadership", request: 1, to: 2 },
  { kind: "submission", transaction: signed },
  { kind: "outcome", height: 4, result: 1, words: transaction },
  { kind: "answer", request: 1, outcome: "not-leader", value: -1 },
];

function encoded(message: RaftMessage): Int32Array {
  const words = new Int32Array(MESSAGE_WORDS_MAX + 5);
  const length = raftCodec.encode(message, words, 5);
  return words.slice(5, 5 + length);
}

test.each(MESSAGES)("$kind comes back from its words as it was", (message) => {
  expect(raftCodec.decode(encoded(message), 0)).toEqual(message);
});

test.each(MESSAGES)("$kind with its last word missing is no message", (message) => {
  expect(raftCodec.decode(encoded(message).slice(0, -1), 0)).toBeUndefined();
});

test("the largest messages fill a message of the kernel, and no more", () => {
  const words = new Int32Array(PIECE_WORDS_MAX);
  expect(encoded({ kind: "snapshot-piece", term: 1, index: 1, total: 9_999, offset: 0, words })).toHaveLength(
    MESSAGE_WORDS_MAX,
  );
  const many = Array.from({ length: 1000 }, (_, at): Entry => ({ term: 1, index: at + 1, command: { kind: "empty" } }));
  const fit = new RaftLog({ index: 0, term: 0 }, many, 0).entriesFrom(1, APPEND_WORDS_MAX);
  expect(fit).toHaveLength(APPEND_ENTRIES_MAX);
  const append: RaftMessage = { kind: "append", term: 1, previous: { index: 0, term: 0 }, commit: 0, entries: fit };
  expect(encoded(append)).toHaveLength(MESSAGE_WORDS_MAX);
  expect(raftCodec.decode(encoded(append), 0)).toEqual(append);
  expect(() => encoded({ ...append, entries: many.slice(0, fit.length + 3) })).toThrow("too large");
});

test("a membership change of the largest size is read, and one more is not", () => {
  const ofSize = (size: number): RaftMessage => {
    const changes = Array.from({ length: size }, (_, replica) => ({ kind: "add-voter", replica }) as const);
    return { kind: "change-membership", request: 1, change: { transition: "auto", changes } };
  };
  expect(raftCodec.decode(encoded(ofSize(CHANGES_MAX)), 0)).toEqual(ofSize(CHANGES_MAX));
  expect(raftCodec.decode(encoded(ofSize(CHANGES_MAX + 1)), 0)).toBeUndefined();
});

test("words of a liar are read as a message or not at all, and never throw", () => {
  const random = RandomStream.named(1, "raft codec", "lies");
  let read = 0;
  for (let i = 0; i < 4_000; i++) {
    const words = encoded(MESSAGES[random.integer(0, MESSAGES.length - 1)]);
    for (let lies = random.integer(1, 3); lies > 0; lies--) {
      const at = random.integer(0, words.length - 1);
      words[at] = random.chance(0.5) ? random.int32() : random.integer(-2, 40);
    }
    const message = raftCodec.decode(words, 0);
    if (message === undefined) continue;
    read++;
    expect(raftCodec.decode(encoded(message), 0)).toEqual(message);
  }
  expect(read).toBeGreaterThan(300);
});
