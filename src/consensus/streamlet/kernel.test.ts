import { expect, test } from "vitest";

import type { Actor } from "../../kernel/actor.ts";
import { Kernel } from "../../kernel/kernel.ts";
import { ConstantLink } from "../../kernel/links.ts";
import { MemoryDisk } from "../../testing/memory-disk.ts";
import { ACCOUNTS, signedTransfer, spendingLedger } from "../../testing/streamlet/spending.ts";
import { ed25519Keyring } from "../ed25519.ts";
import { keyedHashKeyring } from "../keyed-hash.ts";
import { ReplicaActor } from "../replica-actor.ts";
import type { SignatureScheme } from "../signature.ts";
import { TransactionWord } from "../transaction.ts";
import { streamletCodec } from "./codec.ts";
import { LedgerAnswer } from "../account-machine.ts";
import type { Outcome } from "../client-messages.ts";
import { StreamletReplica } from "./replica.ts";

const DELTA_NS = 1_000;
const REPLICAS = ["amsterdam", "berlin", "chicago", "dublin"];
const CLIENT = "client";

/** Four replicas on the kernel, and a client that hands in three transfers at different ones. */
function run(scheme: SignatureScheme, linkNs: number) {
  const replicas = scheme({ seed: 1, group: "replicas", signers: REPLICAS.length });
  const accounts = scheme({ seed: 1, group: "accounts", signers: ACCOUNTS });
  const names = [...REPLICAS, CLIENT];
  const kernel = new Kernel({ seed: 1, link: new ConstantLink(linkNs) });
  const machines = REPLICAS.map(() => spendingLedger());
  const heights: number[][] = REPLICAS.map(() => []);
  for (const [number, name] of REPLICAS.entries()) {
    const create = (disk: MemoryDisk) =>
      new StreamletReplica({
        replicas: REPLICAS.length,
        chain: 1,
        deltaNs: DELTA_NS,
        signer: replicas.signers[number],
        replicaKeys: replicas.verifier,
        accountKeys: accounts.verifier,
        disk,
        machine: machines[number],
        observer: { onFinal: ({ block }) => void heights[number].push(block.height) },
      });
    const disk = new MemoryDisk();
    kernel.add(name, new ReplicaActor({ number, names, codec: streamletCodec, disk, create: () => create(disk) }));
  }
  const outcomes: Outcome[] = [];
  const client: Actor = {
    onStart(context) {
      for (let nonce = 0; nonce < 3; nonce++) {
        const transaction = signedTransfer({ account: 1, nonce, to: 2, amount: 10 + nonce }, accounts);
        const message = context.compose(3);
        streamletCodec.encode({ kind: "submission", transaction }, context.words, message * 16);
        context.send(context.find(REPLICAS[nonce]), message);
      }
    },
    onMessage(_context, words, at) {
      const message = streamletCodec.decode(words, at);
      if (message?.kind === "outcome") outcomes.push(message);
    },
  };
  kernel.add(CLIENT, client);
  kernel.run(2 * DELTA_NS * 12);
  return { hashes: machines.map((machine) => machine.hash()), heights, outcomes };
}

test.each([
  ["Ed25519", ed25519Keyring],
  ["a keyed hash", keyedHashKeyring],
])("replicas on the kernel agree on a client's transfers, and tell it, signing by %s", (_name, scheme) => {
  const { hashes, heights, outcomes } = run(scheme, 400);
  expect(new Set(hashes).size).toBe(1);
  for (const final of heights) expect(final).toEqual(Array.from({ length: 11 }, (_, at) => at + 1));
  const told = outcomes.map(({ words, result }) => [words[TransactionWord.nonce], result]);
  expect(told.toSorted(([nonce], [other]) => nonce - other)).toEqual([
    [0, LedgerAnswer.applied],
    [1, LedgerAnswer.applied],
    [2, LedgerAnswer.applied],
  ]);
});

test("a network slower than Delta makes nothing final, and nothing wrong", () => {
  const { heights, outcomes, hashes } = run(keyedHashKeyring, 5 * DELTA_NS);
  expect([heights.flat(), outcomes]).toEqual([[], []]);
  expect(new Set(hashes)).toEqual(new Set([spendingLedger().hash()]));
});
