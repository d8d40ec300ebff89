import { describe, expect, test } from "vitest";

import { signedProposal, signedVote } from "../../consensus/byzantine/lies.ts";
import type { NamedBlock } from "../../consensus/block.ts";
import { genesisOf } from "../../consensus/block.ts";
import { keyedHashKeyring } from "../../consensus/keyed-hash.ts";
import { statementOf } from "../../consensus/streamlet/message.ts";
import { WireOracle } from "./wire-oracle.ts";

const keys = keyedHashKeyring({ seed: 1, group: "replicas", signers: 4 });
const genesis = genesisOf(1);

/** Plays steps `b3<a:012`: block b of epoch 3 on block a, and the votes of replicas 0, 1 and 2; `x` is a forged vote. */
function play(script: string): (name: string) => { isNotarised: boolean; isFinal: boolean } {
  const oracle = new WireOracle({ replicas: 4, chain: 1, keys: keys.verifier });
  const blocks = new Map<string, NamedBlock>([["g", genesis]]);
  for (const step of script.split(" ")) {
    const [, name, epoch, parentName, voters] = /^([a-z])(\d+)<([a-z]):([0-3x]*)$/.exec(step) ?? [];
    const parent = blocks.get(parentName) ?? genesis;
    const height = parent.block.height + 1;
    const block = { parent: parent.id, height, epoch: Number(epoch), proposer: 0, transactions: [] };
    const proposal = signedProposal(block, keys.signers[0]);
    blocks.set(name, proposal);
    oracle.hear({ kind: "proposal", block, signature: proposal.signature });
    for (const voter of voters) {
      const signer = voter === "x" ? 0 : Number(voter);
      oracle.hear(signedVote(statementOf(proposal), voter === "x" ? 3 : signer, keys.signers[signer]));
    }
  }
  return (name) => {
    const { id } = blocks.get(name) ?? genesis;
    return { isNotarised: oracle.isNotarised(id), isFinal: oracle.isFinal(id) };
  };
}

test.each([
  ["a1<g:012", true],
  ["a1<g:01", false],
  ["a1<g:011", false],
  ["a1<g:01x", false],
  ["a1<g:0123", true],
])("%s is notarised: %s", (script, expected) => {
  expect(play(script)("a").isNotarised).toBe(expected);
});

describe("final is", () => {
  test.each([
    ["a2<g:012 b3<a:012 c4<b:012", "ab"],
    ["a1<g:012 b2<a:012", "a"],
    ["a2<g:012 b3<a:012 c4<b:01", ""],
    ["a2<g:012 b3<a:012 c5<b:012", ""],
    ["a2<g:012 b4<a:012 c5<b:012", ""],
    ["a2<g:01 b3<a:012 c4<b:012 d5<c:012", ""],
    ["a2<g:012 b4<a:012 c5<b:012 d6<c:012 e9<d:012", "abc"],
    ["a2<g:012 b3<a:012 c4<b:012 x5<a:012", "ab"],
  ])("in %s: %s", (script, final) => {
    const look = play(script);
    const names = [...script.matchAll(/[a-z](?=\d+<)/g)].map(([name]) => name);
    expect(names.filter((name) => look(name).isFinal).join("")).toBe(final);
  });
});
