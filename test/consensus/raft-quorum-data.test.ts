import { readdirSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { jointIndex, jointVote, majorityIndex, majorityVote } from "../../src/consensus/raft/quorum.ts";
import { describeWithRecording } from "../recordings.ts";
import type { ScriptStep } from "./data-script.ts";
import { argOf, readScript } from "./data-script.ts";

const WORDS = { won: "VoteWon", pending: "VotePending", lost: "VoteLost" } as const;

describeWithRecording("raft-testdata/quorum", "etcd's quorum cases", (folder) => {
  const files = readdirSync(folder).sort((a, b) => (a < b ? -1 : 1));

  test("there are files", () => {
    expect(files).toHaveLength(4);
  });

  test.each(files)("%s", (file) => {
    const steps = readScript(join(folder, file));
    expect(steps.length).toBeGreaterThan(10);
    for (const step of steps) {
      expect({ line: step.line, output: outputOf(step) }).toEqual({ line: step.line, output: step.expected });
    }
  });
});

function outputOf(step: ScriptStep): string {
  const incoming = idsOf(step, "cfg");
  const joint = argOf(step, "cfgj");
  const outgoing = joint === undefined || joint[0] === "zero" ? [] : joint.map(Number);
  const voters = [...new Set([...incoming, ...outgoing])];
  if (step.command === "vote") {
    const votes = new Map<number, boolean>();
    const given = argOf(step, "votes") ?? [];
    for (const [i, vote] of given.entries()) if (vote !== "_") votes.set(voters[i], vote === "y");
    const result = jointVote({ incoming, outgoing }, votes);
    // The order of the two sets cannot matter, and a set is the same as the set joint with nobody.
    expect(jointVote({ incoming: outgoing, outgoing: incoming }, votes)).toBe(result);
    if (outgoing.length === 0) expect(majorityVote(incoming, votes)).toBe(result);
    return WORDS[result];
  }
  const indexes = new Map<number, number>();
  for (const [i, index] of (argOf(step, "idx") ?? []).entries()) {
    if (index !== "_") indexes.set(voters[i], Number(index));
  }
  const indexOf = (voter: number): number => indexes.get(voter) ?? 0;
  const result = jointIndex({ incoming, outgoing }, indexOf);
  expect(jointIndex({ incoming: outgoing, outgoing: incoming }, indexOf)).toBe(result);
  if (outgoing.length === 0) expect(majorityIndex(incoming, indexOf)).toBe(result);
  return `${tableOf(voters, indexes)}${result === Infinity ? "∞" : result}`;
}

/** The files show each voter's index as a bar whose length is the number of voters behind it. */
function tableOf(voters: readonly number[], indexes: ReadonlyMap<number, number>): string {
  if (voters.length === 0) return "<empty majority quorum>";
  const indexOf = (voter: number): number => indexes.get(voter) ?? 0;
  const order = [...voters].sort((a, b) => indexOf(a) - indexOf(b) || a - b);
  const lines = [...voters]
    .sort((a, b) => a - b)
    .map((voter) => {
      const behind = order.findIndex((other) => indexOf(other) === indexOf(voter));
      const bar = indexes.has(voter) ? `${"x".repeat(behind)}>${" ".repeat(voters.length - behind)}` : undefined;
      return `${bar ?? `?${" ".repeat(voters.length)}`} ${String(indexOf(voter)).padStart(5)}    (id=${voter})`;
    });
  return [`${" ".repeat(voters.length)}    idx`, ...lines, ""].join("\n");
}

function idsOf(step: ScriptStep, key: string): number[] {
  return (argOf(step, key) ?? []).map(Number);
}
