import { expect, test } from "vitest";

import { BlockForge, GENESIS } from "../../testing/block-forge.ts";
import { LOCATOR_IDS_MAX } from "./chain-message.ts";
import { blocksBehind, locatorOf } from "./locator.ts";
import { CHAIN_DEFAULTS } from "./parameters.ts";
import type { TreeBlock } from "./tree-block.ts";

/** A chain of this length, and on it from a height on a branch. */
function branches(length: number, from: number, to: number) {
  const forge = new BlockForge(CHAIN_DEFAULTS);
  const grow = (name: string, parent: string, first: number, last: number): void => {
    for (let i = first; i <= last; i++) {
      const under = i === first ? parent : `${name}${i - 1}`;
      forge.make({ name: `${name}${i}`, parent: under, timeNs: forge.tree(under).block.timeNs + 1 });
    }
  };
  grow("m", GENESIS, 1, length);
  grow("x", from === 0 ? GENESIS : `m${from}`, from + 1, to);
  const names = (ids: readonly string[]): string[] => ids.map((id) => forge.nameOf(id));
  return { forge, names };
}

function namesOf(forge: BlockForge, blocks: readonly TreeBlock[]): string {
  return blocks.map(({ block }) => forge.nameOf(block.id)).join(" ");
}

test("a question names the last forty blocks, then ever fewer, and the root", () => {
  const { forge, names } = branches(200, 0, 1);
  const heights = names(locatorOf(forge.tree("m200"), undefined)).map((name) => Number(name.replace(/[m-]/g, "") || 0));
  const dense = Array.from({ length: 40 }, (_, i) => 200 - i);
  expect(heights).toEqual([...dense, 159, 155, 147, 131, 99, 35, 0]);
});

test("a short chain is named whole, and no block twice", () => {
  const { forge, names } = branches(4, 2, 5);
  expect(names(locatorOf(forge.tree("m4"), forge.tree("x5")))).toEqual([
    "m4",
    "m3",
    "m2",
    "m1",
    GENESIS,
    "x5",
    "x4",
    "x3",
  ]);
});

test("a question fits into a message, however long the branches are", () => {
  const { forge } = branches(3_000, 1, 3_000);
  expect(locatorOf(forge.tree("m3000"), forge.tree("x3000")).length).toBeLessThanOrEqual(LOCATOR_IDS_MAX);
});

test("an answer begins behind the highest block that is common", () => {
  const { forge } = branches(30, 10, 12);
  const ids = (...names: string[]): string[] => names.map((name) => forge.block(name).id);
  const answer = (...names: string[]): string => namesOf(forge, blocksBehind(ids(...names), forge.tree("m30")));
  expect(answer("m5", "m28", "x12")).toBe("m29 m30");
  expect(answer("x12", "m10")).toBe("m11 m12 m13 m14 m15 m16 m17 m18 m19 m20 m21 m22 m23 m24 m25 m26");
  expect(answer("x12")).toBe("m1 m2 m3 m4 m5 m6 m7 m8 m9 m10 m11 m12 m13 m14 m15 m16");
  expect(answer("m30")).toBe("");
});
