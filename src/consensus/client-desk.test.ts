import { expect, test } from "vitest";

import { payment } from "../testing/coins.ts";
import { ClientDesk, CLIENTS_MAX } from "./client-desk.ts";
import type { Outcome } from "./client-messages.ts";
import type { SignedTransaction } from "./transaction.ts";

const paid = (sender: number, nonce: number): SignedTransaction =>
  payment({ sender, receiver: 9, amount: 1, fee: 0, nonce });
const outcome = ({ words }: SignedTransaction, height = 1): Outcome => ({ kind: "outcome", words, height, result: 0 });

test("who waits is told once", () => {
  const desk = new ClientDesk();
  desk.register(paid(1, 0), 7);
  expect([desk.take(outcome(paid(1, 1))), desk.take(outcome(paid(2, 0)))]).toEqual([undefined, undefined]);
  expect([desk.take(outcome(paid(1, 0))), desk.take(outcome(paid(1, 0)))]).toEqual([7, undefined]);
});

test("who asks too late is told of the last one of the account, which stands for all before it", () => {
  const desk = new ClientDesk();
  expect(desk.answerTo(paid(1, 0))).toBeUndefined();
  for (const nonce of [0, 1, 2]) desk.take(outcome(paid(1, nonce), nonce + 5));
  const last = outcome(paid(1, 2), 7);
  expect([0, 2, 3].map((nonce) => desk.answerTo(paid(1, nonce)))).toEqual([last, last, undefined]);
  expect(desk.answerTo(paid(2, 0))).toBeUndefined();
});

test("of too many, who has waited longest goes", () => {
  const desk = new ClientDesk();
  const waiting = paid(1, 0);
  for (let nonce = 0; nonce <= CLIENTS_MAX; nonce++) {
    const words = waiting.words.slice();
    words[2] = nonce;
    desk.register({ words, signature: waiting.signature }, 7);
  }
  expect([0, 1].map((nonce) => desk.take({ ...outcome(paid(1, nonce)) }))).toEqual([undefined, 7]);
});
