import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { NS_PER_SECOND } from "../../src/core/units.ts";
import { summarize } from "../../src/lab/summary.ts";
import { replay, RunsFolder } from "../../src/testing/recorded-run.ts";
import { parseScenario } from "../../src/world/scenario/parse.ts";

const FOLDER = join(import.meta.dirname, "..", "..", "scenarios", "ledger");

/** The first twenty seconds of a shipped scenario; the soak runs the whole of it. */
function beginning(name: string) {
  const text = readFileSync(join(FOLDER, `${name}.yaml`), "utf8");
  return { ...parseScenario(text, `${name}.yaml`), duration: 20 * NS_PER_SECOND };
}

test.each(["raft", "streamlet", "proof-of-work"])(
  "%s: the replicas have the venue's balances, and a replay gives the same hash",
  async (name) => {
    using folder = new RunsFolder();
    const { summary, directory } = await folder.record(beginning(name));
    const { ledger, tape } = summary;
    expect(ledger?.states.map(({ state }) => state)).toEqual(ledger?.states.map(() => "equal"));
    expect(ledger).toMatchObject({ forks: 0, spentTwice: 0, transactionsRefused: 0 });
    expect(ledger?.batchesFinal).toBeGreaterThan(8);
    const { world } = await replay(directory.journal);
    const again = summarize(world, "time");
    expect([again.tape, again.ledger]).toEqual([tape, ledger]);
  },
);

test("one word makes the difference between the protocols", () => {
  const [raft, streamlet, proofOfWork] = ["raft", "streamlet", "proof-of-work"].map(beginning);
  for (const other of [streamlet, proofOfWork]) {
    const { protocol, streamlet: _liars, ...rest } = other.ledger ?? {};
    expect(protocol).not.toBe(raft.ledger?.protocol);
    expect({ ...raft.ledger, ...rest }).toEqual(raft.ledger);
    expect([other.venues, other.population]).toEqual([raft.venues, raft.population]);
  }
});
