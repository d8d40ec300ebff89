import { describe, expect, test } from "vitest";

import { RandomStream } from "../../core/random.ts";
import { ACCOUNTS, signedTransfer } from "../../testing/streamlet/spending.ts";
import { genesisOf } from "../block.ts";
import { BLOCK_TRANSACTIONS_MAX } from "../block-body.ts";
import { digestOf } from "../digest.ts";
import { keyedHashKeyring } from "../keyed-hash.ts";
import { MESSAGE_WORDS_MAX } from "../replica-actor.ts";
import { SIGNATURE_WORDS } from "../signature.ts";
import { streamletCodec } from "./codec.ts";
import type { StreamletMessage } from "./message.ts";
import { REPLICAS_MAX } from "./rules.ts";

const accounts = keyedHashKeyring({ seed: 1, group: "accounts", signers: ACCOUNTS });
const random = RandomStream.named(1, "codec", "messages");
const signature = (): Int32Array => Int32Array.from({ length: SIGNATURE_WORDS }, () => random.int32());
const statement = { epoch: 7, height: 5, block: digestOf(Int32Array.of(1)) };
const transactions = Array.from({ length: BLOCK_TRANSACTIONS_MAX }, (_, nonce) =>
  signedTransfer({ account: 1, nonce, to: 2, amount: 5 }, accounts),
);
const block = { parent: genesisOf(1).id, height: 1, epoch: 7, proposer: 3 };
const ballots = Array.from({ length: REPLICAS_MAX }, (_, voter) => ({ voter, signature: signature() }));

const MESSAGES: StreamletMessage[] = [
  { kind: "proposal", block: { ...block, transactions: [] }, signature: signature() },
  { kind: "proposal", block: { ...block, transactions }, signature: signature() },
  { kind: "vote", ...statement, voter: 2, signature: signature() },
  { kind: "certificate", ...statement, votes: ballots.slice(0, 1) },
  { kind: "certificate", ...statement, votes: ballots },
  { kind: "status", finalHeight: 4, tip: statement },
  { kind: "submission", transaction: transactions[0] },
  { kind: "outcome", words: transactions[1].words, height: 9, result: -3 },
];

describe.each(MESSAGES)("a $kind", (message) => {
  const at = 16;
  const words = new Int32Array(at + MESSAGE_WORDS_MAX);
  const length = streamletCodec.encode(message, words, at);

  test("survives being words", () => {
    expect(length).toBeLessThanOrEqual(MESSAGE_WORDS_MAX);
    expect(streamletCodec.decode(words, at)).toEqual(message);
    expect(streamletCodec.decode(words.slice(at, at + length), 0)).toEqual(message);
  });

  test("is none when its end is missing", () => {
    for (let left = 1; left < length; left++) {
      expect(streamletCodec.decode(words.subarray(at, at + left), 0)).toBeUndefined();
    }
  });

  test("with any words changed is some message or none, never an error", () => {
    let refused = 0;
    for (let round = 0; round < 500; round++) {
      const changed = words.slice(0, at + length);
      for (let changes = random.integer(1, 4); changes > 0; changes--) {
        changed[at + random.integer(0, Math.min(30, length) - 1)] = random.chance(0.5) ? random.int32() : -1;
      }
      const decoded = streamletCodec.decode(changed, at);
      if (decoded === undefined) refused++;
      else expect(streamletCodec.encode(decoded, new Int32Array(MESSAGE_WORDS_MAX), 0)).toBeLessThanOrEqual(length);
    }
    expect(refused).toBeGreaterThan(0);
  });
});

test("what is no message is none", () => {
  for (const word of [0, 0x5300, 0x5307, -1])
    expect(streamletCodec.decode(new Int32Array(64).fill(word), 0)).toBeUndefined();
});

test.each([0, -1, REPLICAS_MAX + 1])("a certificate of %i votes is none", (count) => {
  const words = new Int32Array(2 * MESSAGE_WORDS_MAX);
  streamletCodec.encode({ kind: "certificate", ...statement, votes: ballots }, words, 0);
  words[1] = count;
  expect(streamletCodec.decode(words, 0)).toBeUndefined();
});
