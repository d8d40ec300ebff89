import { expect, test } from "vitest";

import { BlockForge, GENESIS } from "../../testing/block-forge.ts";
import { COIN_ACCOUNTS, coinLedger } from "../../testing/coins.ts";
import { Chain } from "./chain.ts";
import { ConfirmedBlocks } from "./confirmed-blocks.ts";
import { CHAIN_DEFAULTS } from "./parameters.ts";

const PARAMETERS = { ...CHAIN_DEFAULTS, depthMax: 8, snapshotBlocks: 4, treeBlocksMax: 64 };

/** A chain that hears of blocks `parent name`, and what each makes final with so many confirmations. */
function scene(confirmations: number) {
  const forge = new BlockForge(PARAMETERS);
  const chain = new Chain({
    parameters: PARAMETERS,
    proof: "simulated",
    accountKeys: COIN_ACCOUNTS.verifier,
    machine: coinLedger(new Map()),
    root: forge.tree(GENESIS),
  });
  const confirmed = new ConfirmedBlocks(chain, confirmations);
  const hear = (blocks: string): string =>
    blocks
      .split(" ")
      .map((text) => {
        const [parent, name] = [text[0], text.slice(1)];
        chain.add(forge.make({ name, parent, timeNs: forge.tree(parent).block.timeNs + 1 }), 0);
        const final = confirmed.advance(chain);
        return final.map(({ block }) => forge.nameOf(block.id)).join("") || ".";
      })
      .join(" ");
  return { chain, confirmed, hear };
}

test.each`
  confirmations | blocks                    | final                   | reverted
  ${1}          | ${"-a ab bc"}             | ${"a b c"}              | ${0}
  ${3}          | ${"-a ab bc cd"}          | ${". . a b"}            | ${0}
  ${1}          | ${"-a -x xy"}             | ${"a . xy"}             | ${1}
  ${2}          | ${"-a -x xy"}             | ${". . x"}              | ${0}
  ${2}          | ${"-a ab -x xy yz"}       | ${". a . . xy"}         | ${1}
  ${2}          | ${"-a ab bc ax xy yz"}    | ${". a b . . xy"}       | ${1}
  ${1}          | ${"-a ab -x xy yz bc cd"} | ${"a b . . xyz . abcd"} | ${5}
`(
  "with $confirmations confirmations, $blocks make final: $final, and undo $reverted",
  ({ confirmations, blocks, final, reverted }) => {
    const { confirmed, hear } = scene(Number(confirmations));
    expect([hear(String(blocks)), confirmed.reverted]).toEqual([final, reverted]);
  },
);

test("goes on while the chain forgets what is deep", () => {
  const { confirmed, chain, hear } = scene(8);
  const names = "abcdefghijklmnopqrstuvwxyz";
  hear([...names].map((name, i) => `${i === 0 ? "-" : names[i - 1]}${name}`).join(" "));
  expect([confirmed.height, confirmed.reverted, chain.root.block.height]).toEqual([19, 0, 16]);
});

test("what was there at the start is final, and nobody is told again", () => {
  const { chain, hear } = scene(1);
  hear("-a ab bc");
  const again = new ConfirmedBlocks(chain, 2);
  expect([again.height, again.advance(chain)]).toEqual([2, []]);
});
