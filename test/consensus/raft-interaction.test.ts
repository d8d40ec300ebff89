import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { describeWithRecording } from "../recordings.ts";
import type { ScriptStep } from "./data-script.ts";
import { argOf, readScript } from "./data-script.ts";
import { ScriptCluster } from "./raft-script-cluster.ts";

/** What does not apply here, and why: docs/consensus-raft.md has the same list. */
const LISTED = readFileSync(new URL("../../docs/consensus-raft.md", import.meta.url), "utf8")
  .split("\n")
  .flatMap((line) => /^\| `(\w+\.txt)` +\| \S/.exec(line)?.[1] ?? []);

describeWithRecording("raft-testdata/interaction", "etcd's interaction scripts", (folder) => {
  const files = readdirSync(folder).sort((a, b) => (a < b ? -1 : 1));
  const played = files.filter((file) => !LISTED.includes(file));

  test("every script is played, or listed with the reason", () => {
    expect(files).toHaveLength(28);
    expect(LISTED.filter((file) => !files.includes(file))).toEqual([]);
    expect(played.length).toBeGreaterThanOrEqual(20);
  });

  test.each(played)("%s", (file) => {
    const cluster = new ScriptCluster();
    let isQuiet = false;
    for (const step of readScript(join(folder, file))) {
      if (step.command === "log-level") isQuiet = step.args[0].key === "none";
      const output = cluster.play(step);
      if (isQuiet || argOf(step, "log-level") !== undefined) continue;
      expect(`${step.line}: ${compared(output)}`).toBe(`${step.line}: ${compared(expectedOf(step))}`);
    }
  });
});

/**
 * Entries of both versions of membership change are one kind here, nobody writes a log of text lines, and an answer of
 * a stranger is left unheard without a word.
 */
function expectedOf(step: ScriptStep): string {
  return step.expected
    .split("\n")
    .filter((line) => !/^\s*(INFO |DEBUG |WARN |ERROR |raft: cannot step as peer not found$)/.test(line))
    .join("\n")
    .replaceAll("EntryConfChangeV2", "EntryConfChange");
}

function compared(text: string): string {
  return text === "ok" ? "" : text;
}
