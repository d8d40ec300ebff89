import { expect, test } from "vitest";

import { NS_PER_MILLISECOND, NS_PER_SECOND } from "../../core/units.ts";
import { keyedHashKeyring } from "../../consensus/keyed-hash.ts";
import { streamletCodec } from "../../consensus/streamlet/codec.ts";
import { nonceOf } from "../../consensus/transaction.ts";
import type { Actor } from "../../kernel/actor.ts";
import { Kernel } from "../../kernel/kernel.ts";
import { ConstantLink } from "../../kernel/links.ts";
import { Ledger } from "../../market/ledger.ts";
import { ClearingActor, UNDER_WAY_MAX } from "./clearing-actor.ts";
import { ClearingBook } from "./clearing-book.ts";

const NAMES = ["one", "two", "three"];
const SETTLER = 0;

/** Traders with a dollar each, a clearing, and three replicas that believe everything. */
function scene(options: {
  readonly traders: number;
  readonly witnesses?: number;
  readonly silent?: readonly string[];
}) {
  const { traders, witnesses = 1, silent = [] } = options;
  const ledger = new Ledger(1);
  const accounts = Array.from({ length: traders }, () => ledger.openAccount());
  for (const account of accounts) ledger.deposit(account, 0, 1);
  const kernel = new Kernel({ seed: 1, link: new ConstantLink(NS_PER_MILLISECOND) });
  /** Nonces as each replica heard them. */
  const heard = new Map(NAMES.map((name): [string, number[]] => [name, []]));
  for (const name of NAMES) {
    const nonces = heard.get(name) ?? [];
    const replica: Actor = {
      onMessage(context, words, at) {
        const message = streamletCodec.decode(words, at);
        if (message?.kind !== "submission") return;
        nonces.push(nonceOf(message.transaction));
        if (silent.includes(name)) return;
        const answer = context.compose(2);
        const outcome = { kind: "outcome", height: 1, result: 0, words: message.transaction.words } as const;
        streamletCodec.encode(outcome, context.words, answer << 4);
        context.send(context.sender, answer);
      },
    };
    kernel.add(name, replica);
  }
  const clearing = new ClearingActor({
    book: new ClearingBook(ledger),
    account: SETTLER,
    signer: keyedHashKeyring({ seed: 1, group: "settler", signers: 1 }).signers[0],
    codec: streamletCodec,
    replicas: NAMES,
    witnesses,
    batchNs: NS_PER_SECOND,
    retryNs: 5 * NS_PER_SECOND,
    fee: 0,
  });
  kernel.add("clearing", clearing);
  return { ledger, accounts, kernel, clearing, heard };
}

test("a batch that is larger than what replicas let wait is sent piece by piece, and each piece once", () => {
  const { ledger, accounts, kernel, clearing, heard } = scene({ traders: 8_000 });
  const [first, ...others] = accounts;
  for (const account of others) ledger.transfer(account, first, 0, 1);
  kernel.run(NS_PER_SECOND);
  // Three legs a transaction, and the mark.
  expect(clearing.underWay).toBe(Math.ceil(7_999 / 3) + 1 + 1);
  kernel.run(4 * NS_PER_SECOND);
  const nonces = Array.from({ length: clearing.submitted }, (_, nonce) => nonce);
  expect(heard.get("one")).toEqual(nonces);
  expect([clearing.underWay, clearing.latenciesNs]).toEqual([0, [4 * NS_PER_MILLISECOND]]);
  expect(clearing.settled.balance(first, 1)).toBe(8_000);
  expect(clearing.submitted).toBeGreaterThan(UNDER_WAY_MAX);
});

test("what one says is not final where two must say so", () => {
  const { ledger, accounts, kernel, clearing, heard } = scene({ traders: 2, witnesses: 2, silent: ["two", "three"] });
  ledger.transfer(accounts[0], accounts[1], 0, 1);
  kernel.run(4 * NS_PER_SECOND);
  expect([clearing.firstNonce, clearing.underWay]).toEqual([0, 3]);
  // One more than must answer is asked.
  expect([...heard.values()].map((nonces) => nonces.length)).toEqual([3, 3, 3]);
});

test("who does not answer is asked again, and then the next", () => {
  const { ledger, accounts, kernel, clearing, heard } = scene({ traders: 2, silent: ["one", "two"] });
  ledger.transfer(accounts[0], accounts[1], 0, 1);
  kernel.run(4 * NS_PER_SECOND);
  expect([clearing.underWay, heard.get("three")]).toEqual([3, []]);
  kernel.run(12 * NS_PER_SECOND);
  expect([clearing.underWay, clearing.latenciesNs.length]).toEqual([0, 1]);
});

test("without a trade nothing is sent", () => {
  const { kernel, clearing } = scene({ traders: 2 });
  kernel.run(20 * NS_PER_SECOND);
  expect([clearing.submitted, clearing.batchesClosed]).toEqual([0, 0]);
});
