import { existsSync } from "node:fs";

import { expect, test } from "vitest";

import { verifyJournal } from "../../src/store/journal/recovery.ts";
import { FEW, scenarioText } from "../../src/testing/scenario-text.ts";
import { Workplace } from "./command-line.ts";

const place = new Workplace();
place.write(
  "tells.ts",
  `export default () => ({ onStart(agent) { agent.setTimer(0.2e9); }, onTimer() { process.stderr.write("running\\n"); } });`,
);
// At real time it would take a day.
place.write(
  "tells.yaml",
  scenarioText({ population: FEW, duration: "1d", agents: ["{ file: ./tells.ts, name: tells }"] }),
);

/** Starts a run, interrupts it when it is under way, and returns how it ended. */
async function interrupted(
  signal: "SIGINT" | "SIGTERM",
  ...args: readonly string[]
): Promise<{ code: number | string | null; stdout: string }> {
  const { child, ended } = place.start("run", "tells.yaml", ...args);
  child.stderr?.on("data", (text: string) => {
    if (text.includes("running")) child.kill(signal);
  });
  return ended;
}

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s stops a paced run; what was recorded is whole, and is made again",
  async (signal) => {
    const { code, stdout } = await interrupted(signal, "--pace", "1", "--json", "--runs", signal);
    expect(code).toBe(130);
    const summary = JSON.parse(stdout) as Record<string, unknown>;
    expect(summary).toMatchObject({ ended: "interrupted", money: [{ conserved: true }, { conserved: true }] });
    const run = String(summary["run"]);
    expect(verifyJournal(place.file(`${run}/journal.tsj`)).complete).toBe(true);
    expect(existsSync(place.file(`${run}/report.html`))).toBe(true);
    expect(await place.json("replay", run)).toMatchObject({
      proof: "equal",
      ended: "interrupted",
      tape: summary["tape"],
      events: summary["events"],
    });
  },
);

test("a run at full speed is stopped as well", async () => {
  const { code, stdout } = await interrupted("SIGINT", "--quiet", "--runs", "fast");
  expect(code).toBe(130);
  expect(stdout).toMatch(/, interrupted\n/);
  const replayed = await place.json("replay", "fast/latest");
  expect(replayed).toMatchObject({ proof: "equal", ended: "interrupted" });
});

test("a fork takes up an interrupted run where it stopped", async () => {
  place.write(
    "short.yaml",
    scenarioText({ population: FEW, duration: "3m", agents: ["{ file: ./tells.ts, name: tells }"] }),
  );
  const { child, ended } = place.start("run", "short.yaml", "--pace", "1", "--json", "--runs", "parts");
  child.stderr?.on("data", () => child.kill("SIGINT"));
  const part = JSON.parse((await ended).stdout) as { events: number };
  const [whole, rest] = [
    await place.json("run", "short.yaml", "--runs", "whole"),
    await place.json("replay", "parts/latest", "--until", String(part.events), "--fork", "--runs", "rest"),
  ];
  expect(rest["tape"]).toBe(whole["tape"]);
  expect(rest["ended"]).toBe(whole["ended"]);
});

test("an agent that never comes back can only be killed; the manifest is on the disk by then", async () => {
  place.write(
    "stuck.ts",
    `export default () => ({
      onStart() {
        process.stderr.write("running\\n");
        for (;;) { /* thinks */ }
      },
    });`,
  );
  place.write("stuck.yaml", scenarioText({ population: FEW, agents: ["{ file: ./stuck.ts, name: stuck }"] }));
  const { child, ended } = place.start("run", "stuck.yaml", "--runs", "stuck");
  // Other signals wait for the agent to return.
  child.stderr?.on("data", () => child.kill("SIGKILL"));
  expect((await ended).code).toBe("SIGKILL");
  const { code, stdout } = await place.run("replay", "stuck/latest", "--quiet");
  expect(code).toBe(3);
  expect(stdout).toMatch(
    /^the journal has no end: the run was cut off after entry 0\nequal as far as it goes: 0 events, /,
  );
});
