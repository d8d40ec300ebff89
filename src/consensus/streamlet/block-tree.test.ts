import { describe, expect, test } from "vitest";

import { genesisOf, named } from "../block.ts";
import { SIGNATURE_WORDS } from "../signature.ts";
import type { TreeBlock } from "./block-tree.ts";
import { BlockTree } from "./block-tree.ts";
import { statementOf } from "./message.ts";

/**
 * Plays a script of steps: `b2<a` adds block b of epoch 2 to block a, `b!` notarises b, and `b2<a!` does both. The
 * genesis block is called g.
 */
function play(script: string): { tree: BlockTree; name: (block: TreeBlock) => string } {
  const tree = new BlockTree(genesisOf(1));
  const ids = new Map([["g", tree.genesis.id]]);
  const blockOf = (name: string): TreeBlock => {
    const block = tree.get(ids.get(name) ?? "");
    if (block === undefined) throw new Error(`block ${name} is not in the tree`);
    return block;
  };
  for (const step of script.split(" ")) {
    const [, name, epoch, parentName, mark] = /^([a-z])(?:(\d+)<([a-z]))?(!?)$/.exec(step) ?? [];
    if (epoch !== undefined) {
      const parent = blockOf(parentName);
      const height = parent.block.height + 1;
      const block = named({ parent: parent.id, height, epoch: Number(epoch), proposer: 0, transactions: [] });
      tree.add({ ...block, signature: new Int32Array(SIGNATURE_WORDS) }, parent);
      ids.set(name, block.id);
    }
    if (mark === "!") tree.notarise(blockOf(name), { kind: "certificate", ...statementOf(blockOf(name)), votes: [] });
  }
  const names = new Map([...ids].map(([name, id]) => [id, name]));
  return { tree, name: (block) => names.get(block.id) ?? "?" };
}

describe("finality", () => {
  test.each([
    ["nothing but the genesis block at first", "a1<g", "g"],
    ["two blocks of consecutive epochs are not enough", "a2<g! b3<a!", "g"],
    ["three: up to the middle one", "a2<g! b3<a! c4<b!", "gab"],
    ["the genesis block counts as epoch 0", "a1<g! b2<a!", "ga"],
    ["the third must be notarised", "a2<g! b3<a! c4<b", "g"],
    ["the middle one must be notarised", "a2<g! b3<a c4<b!", "g"],
    ["the first one must be notarised", "a2<g b3<a! c4<b!", "g"],
    ["an epoch without a block is too many: before the middle", "a2<g! b4<a! c5<b!", "g"],
    ["an epoch without a block is too many: after the middle", "a2<g! b3<a! c5<b!", "g"],
    ["then three further on finalise all before them", "a2<g! b4<a! c5<b! d6<c!", "gabc"],
    ["a fourth finalises the third", "a2<g! b3<a! c4<b! d5<c!", "gabc"],
    ["blocks of one branch only", "a2<g! b3<a! x4<a! y5<x!", "g"],
    ["whatever order the votes come in: last first", "a2<g b3<a c4<b c! b! a!", "gab"],
    ["whatever order the votes come in: middle last", "a2<g b3<a c4<b a! c! b!", "gab"],
    ["a late ancestor frees all that was waiting", "a1<g b3<a c4<b d5<c d! c! b! a!", "gabc"],
    ["a longer chain without three in a row does not count", "a2<g! b4<a! c6<b! d8<c! e10<d!", "g"],
    ["a branch that is older and shorter loses", "x1<g! a3<g! b4<a! c5<b!", "gab"],
  ])("%s: %s", (_what, script, final) => {
    const { tree, name } = play(script);
    expect(tree.final.map(name).join("")).toBe(final);
    expect(name(tree.finalTip)).toBe(final.at(-1));
  });
});

describe("the longest notarised chain", () => {
  test.each([
    ["is the genesis block at first", "a1<g", 0, "g"],
    ["grows with a notarised block", "a1<g! b3<a", 1, "a"],
    ["does not grow over a gap", "a1<g b3<a! c5<b!", 0, "g"],
    ["jumps when the gap is filled", "a1<g b3<a! c5<b! a!", 3, "c"],
    ["is the longer of two", "a1<g! b3<a! x4<g!", 2, "b"],
    ["of two as long has the later tip", "a1<g! x4<g!", 1, "x"],
    ["of two as long has the later tip, whichever was first", "x4<g! a1<g!", 1, "x"],
    ["a long chain may lose to finality, but its length stays", "p1<g! q3<p! r5<q! s7<r! a8<g! b9<a! c10<b!", 4, "c"],
  ])("%s: %s", (_what, script, height, tip) => {
    const { tree, name } = play(script);
    expect([tree.longestHeight, name(tree.tip)]).toEqual([height, tip]);
  });

  test.each([
    ["g", "a1<g", true],
    ["a", "a1<g", false],
    ["g", "a1<g!", false],
    ["a", "a1<g!", true],
    ["x", "a1<g! x2<g!", true],
    ["b", "a1<g b2<a!", false],
    ["x", "a1<g! b3<a! x4<g!", false],
  ])("may be extended at %s in %s: %s", (at, script, expected) => {
    const { tree, name } = play(script);
    const known = [tree.genesis, ...descendants(tree.genesis)].filter((block) => name(block) === at);
    expect(known.map((block) => tree.endsLongest(block))).toEqual([expected]);
  });
});

describe("forgetting", () => {
  test("blocks beside a final one, and what was built on them", () => {
    const { tree, name } = play("x1<g y2<x! a3<g! b4<a! c5<b! z6<b");
    expect(descendants(tree.genesis).map(name).toSorted().join("")).toBe("abcz");
  });

  test("old blocks that nobody notarised, from the last one on", () => {
    const { tree, name } = play("a1<g! x2<a y3<x b4<a!");
    tree.forgetBefore(4);
    tree.forgetBefore(4);
    expect(descendants(tree.genesis).map(name).toSorted().join("")).toBe("ab");
  });
});

test("the blocks above a height, in order", () => {
  const { tree, name } = play("a1<g! b3<a! c5<b!");
  expect([0, 1, 2, 3].map((height) => tree.above(height, tree.tip).map(name).join(""))).toEqual(["abc", "bc", "c", ""]);
});

test.each([
  ["an epoch that does not rise", "a2<g b2<a"],
  ["a block that is added twice", "a2<g b2<g"],
  ["a block that is notarised twice", "a2<g! a!"],
])("%s is a bug of the caller", (_what, script) => {
  expect(() => play(script)).toThrow();
});

function descendants(block: TreeBlock): TreeBlock[] {
  return block.children.flatMap((child) => [child, ...descendants(child)]);
}
