import fc from "fast-check";
import { expect, test } from "vitest";

import { MESSAGE_WORDS_MAX } from "../replica-actor.ts";
import { BLOCK_TRANSACTIONS_MAX, digestOfBody } from "../block-body.ts";
import type { SignedTransaction } from "../transaction.ts";
import { genesisBlock, makeBlock } from "./block.ts";
import type { ChainMessage } from "./chain-message.ts";
import { chainCodec, LOCATOR_IDS_MAX } from "./chain-message.ts";

const AT = 5;

function carried(message: ChainMessage): ChainMessage | undefined {
  const words = new Int32Array(AT + MESSAGE_WORDS_MAX);
  const length = chainCodec.encode(message, words, AT);
  expect(length).toBeLessThanOrEqual(MESSAGE_WORDS_MAX);
  expect(words.subarray(AT + length).every((word) => word === 0)).toBe(true);
  return chainCodec.decode(words.slice(0, AT + length), AT);
}

const id = fc
  .array(fc.constantFrom(..."0123456789abcdef"), { minLength: 64, maxLength: 64 })
  .map((digits) => digits.join(""));
const record = fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), { minLength: 16, maxLength: 16 });
const transaction = fc.tuple(record, record).map(([words, signature]): SignedTransaction => {
  return { words: Int32Array.from(words), signature: Int32Array.from(signature) };
});
const transactions = fc.array(transaction, { maxLength: BLOCK_TRANSACTIONS_MAX, size: "max" });
const filled = (count: number, word: number): SignedTransaction[] =>
  Array.from({ length: count }, () => ({
    words: new Int32Array(16).fill(word),
    signature: new Int32Array(16).fill(word),
  }));
const block = fc
  .record({
    height: fc.nat(),
    parent: id,
    difficulty: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    timeNs: fc.maxSafeNat(),
    miner: fc.nat(),
    nonce: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
    transactions,
  })
  .map(({ transactions: body, ...header }) => makeBlock({ ...header, body: digestOfBody(body) }, body));
const message: fc.Arbitrary<ChainMessage> = fc.oneof(
  block.map((one) => ({ kind: "block" as const, block: one })),
  id.map((one) => ({ kind: "tip" as const, id: one })),
  fc.array(id, { maxLength: LOCATOR_IDS_MAX, size: "max" }).map((ids) => ({ kind: "locate" as const, ids })),
  transaction.map((one) => ({ kind: "submission" as const, transaction: one })),
  fc.record({
    kind: fc.constant("outcome" as const),
    words: transaction.map(({ words }) => words),
    height: fc.nat(),
    result: fc.nat(),
  }),
);

test("every message arrives as it was sent, the largest included", () => {
  fc.assert(
    fc.property(message, (sent) => {
      expect(carried(sent)).toEqual(sent);
    }),
    { numRuns: 200 },
  );
  const body = filled(BLOCK_TRANSACTIONS_MAX, -1);
  const largest = makeBlock({ ...genesisBlock(1), body: digestOfBody(body) }, body);
  expect(carried({ kind: "block", block: largest })).toEqual({ kind: "block", block: largest });
});

test("words that nobody encoded are no message, or one that encodes to them; they never throw", () => {
  const words = fc.array(
    fc.oneof(fc.integer({ min: -2, max: 70 }), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
    {
      minLength: 1,
      maxLength: 120,
    },
  );
  fc.assert(
    fc.property(fc.integer({ min: 0x5700, max: 0x5706 }), words, (kind, rest) => {
      const found = chainCodec.decode(Int32Array.from([kind, ...rest]), 0);
      const again = new Int32Array(MESSAGE_WORDS_MAX);
      const length = found === undefined ? 0 : chainCodec.encode(found, again, 0);
      expect([...again.subarray(0, length)]).toEqual([kind, ...rest].slice(0, length));
    }),
    { numRuns: 2_000 },
  );
});

test("a block whose transactions are not those of its header is no message", () => {
  const body = filled(2, 3);
  const sent = makeBlock({ ...genesisBlock(1), body: digestOfBody(body) }, body);
  const words = new Int32Array(MESSAGE_WORDS_MAX);
  const length = chainCodec.encode({ kind: "block", block: sent }, words, 0);
  expect(chainCodec.decode(words, 0)).toEqual({ kind: "block", block: sent });
  words[length - 1] = 4;
  expect(chainCodec.decode(words, 0)).toBeUndefined();
});

test("a block that is cut off is no message", () => {
  const body = filled(1, 0);
  const sent = makeBlock({ ...genesisBlock(1), body: digestOfBody(body) }, body);
  const words = new Int32Array(MESSAGE_WORDS_MAX);
  const length = chainCodec.encode({ kind: "block", block: sent }, words, 0);
  for (let cut = 0; cut < length; cut++) expect(chainCodec.decode(words.slice(0, cut), 0)).toBeUndefined();
});
