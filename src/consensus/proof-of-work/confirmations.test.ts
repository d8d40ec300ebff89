import { expect, test } from "vitest";

import { BlockForge, GENESIS } from "../../testing/block-forge.ts";
import { payment } from "../../testing/coins.ts";
import type { SignedTransaction } from "../transaction.ts";
import { confirmationsOf } from "./confirmations.ts";
import { CHAIN_DEFAULTS } from "./parameters.ts";

const paid = (fee: number): SignedTransaction => payment({ sender: 1, receiver: 2, amount: 10, fee, nonce: 0 });

test.each`
  tip        | depth | confirmations
  ${"a"}     | ${9}  | ${0}
  ${"b"}     | ${9}  | ${1}
  ${"c"}     | ${9}  | ${2}
  ${"d"}     | ${9}  | ${3}
  ${"d"}     | ${3}  | ${3}
  ${"d"}     | ${2}  | ${0}
  ${"x"}     | ${9}  | ${0}
  ${GENESIS} | ${9}  | ${0}
`("seen from $tip, $depth blocks deep: $confirmations", ({ tip, depth, confirmations }) => {
  const forge = new BlockForge(CHAIN_DEFAULTS);
  forge.make({ name: "a", parent: GENESIS, timeNs: 1 });
  forge.make({ name: "b", parent: "a", timeNs: 2, transactions: [paid(1), paid(2)] });
  forge.make({ name: "c", parent: "b", timeNs: 3 });
  forge.make({ name: "d", parent: "c", timeNs: 4 });
  forge.make({ name: "x", parent: "a", timeNs: 2, transactions: [paid(3)] });
  expect(confirmationsOf(paid(2), forge.tree(String(tip)), Number(depth))).toBe(confirmations);
});
