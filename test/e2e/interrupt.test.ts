import { existsSync, rmSync } from "node:fs";

import { expect, test } from "vitest";

import { verifyJournal } from "../../src/store/journal/recovery.ts";
import { FEW, scenarioText } from "../../src/testing/scenario-text.ts";
import { Workplace } from "./command-line.ts";
import type { Ended } from "./command-line.ts";

const place = new Workplace();

/** A scenario with an agent of its own. */
function writeScenario(name: string, duration: string, handlers: string): void {
  place.write(
    `${name}.ts`,
    `import { existsSync } from "node:fs";
    const say = () => process.stderr.write("under way\\n");
    export default () => (${handlers});`,
  );
  const agents = [`{ file: ./${name}.ts, name: ${name} }`];
  place.write(`${name}.yaml`, scenarioText({ population: FEW, duration, agents }));
}

const SAYS = "{ onStart(agent) { agent.setTimer(0.2e9); }, onTimer() { say(); } }";
// At real time it would take a day.
writeScenario("day", "1d", SAYS);
writeScenario("short", "3m", SAYS);
// However fast the run is, it does not go on before the signal is there.
writeScenario("waits", "1d", `{ onStart() { say(); while (!existsSync("signalled")); } }`);
writeScenario("stuck", "3m", "{ onStart() { say(); for (;;); } }");

/** Starts a command and sends it a signal when its agent says that it is under way. */
async function signalled(signal: NodeJS.Signals, ...args: readonly string[]): Promise<Ended> {
  rmSync(place.file("signalled"), { force: true });
  const started = place.start(...args);
  await started.says("under way");
  started.child.kill(signal);
  place.write("signalled", "");
  return started.ended;
}

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s stops a paced run; what was recorded is whole, and is made again",
  async (signal) => {
    const { code, stdout } = await signalled(signal, "run", "day.yaml", "--pace", "1", "--json", "--runs", signal);
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
  const { code, stdout } = await signalled("SIGINT", "run", "waits.yaml", "--quiet", "--runs", "fast");
  expect(code).toBe(130);
  expect(stdout).toMatch(/, interrupted\n/);
  const replayed = await place.json("replay", "fast/latest");
  expect(replayed).toMatchObject({ proof: "equal", ended: "interrupted" });
});

test("a fork takes up an interrupted run where it stopped", async () => {
  const { stdout } = await signalled("SIGINT", "run", "short.yaml", "--pace", "1", "--json", "--runs", "parts");
  const part = JSON.parse(stdout) as { events: number; ended: string };
  expect(part.ended).toBe("interrupted");
  const whole = await place.json("run", "short.yaml", "--runs", "whole");
  const point = ["--until", String(part.events)];
  const rest = await place.json("replay", "parts/latest", ...point, "--fork", "--runs", "rest");
  expect(rest["tape"]).toBe(whole["tape"]);
  expect(rest["ended"]).toBe(whole["ended"]);
});

test("an agent that never comes back can only be killed; the manifest is on the disk by then", async () => {
  // Other signals wait for the agent to return.
  const { code } = await signalled("SIGKILL", "run", "stuck.yaml", "--runs", "stuck");
  expect(code).toBe("SIGKILL");
  const replayed = await place.run("replay", "stuck/latest", "--quiet");
  expect(replayed.code).toBe(3);
  expect(replayed.stdout).toMatch(
    /^the journal has no end: the run was cut off after entry 0\nequal as far as it goes: 0 events, /,
  );
});
