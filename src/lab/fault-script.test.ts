import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, expect, test } from "vitest";

import { UserError } from "../core/errors.ts";
import { readAll } from "../testing/journal-samples.ts";
import { RunsFolder, replay } from "../testing/recorded-run.ts";
import { FEW, scenarioOf } from "../testing/scenario-text.ts";
import { readFaultScript } from "./fault-script.ts";

const folder = new RunsFolder();
afterAll(() => folder[Symbol.dispose]());

const NETWORK = "topology: { kind: ring, places: [london, tokyo, paris] }, link: { delay: 5ms, bandwidth: 1Gbit }";
const scenario = scenarioOf({ network: `{ kind: routed, ${NETWORK} }`, population: FEW, duration: "3m" });

function script(...lines: readonly string[]): string {
  const file = join(folder.path, "faults.txt");
  writeFileSync(file, lines.join("\n"));
  return file;
}

test("faults of a file do what they would do in the scenario, and the journal makes the run again", async () => {
  const file = script(
    "# in the evening",
    "",
    "split london | tokyo paris at 90s for 40s",
    "{ kind: pause, who: [XSIM], at: 20s, for: 5s }",
  );
  const injected = await folder.record(scenario, { inputs: readFaultScript(file, scenario) });
  const faults =
    "[{ kind: pause, who: [XSIM], at: 20s, for: 5s }, { kind: split, sides: [[london], [tokyo, paris]], at: 90s, for: 40s }]";
  const network = `{ kind: routed, ${NETWORK}, faults: ${faults} }`;
  const scripted = await folder.record(scenarioOf({ network, population: FEW, duration: "3m" }));
  expect(injected.summary.tape).toBe(scripted.summary.tape);
  expect(injected.summary.network?.dropped.unroutable).toBeGreaterThan(0);
  expect((await folder.record(scenario)).summary.tape).not.toBe(scripted.summary.tape);
  const again = await replay(injected.directory.journal);
  expect([again.proof, again.world.kernel.tape.digest()]).toEqual(["equal", injected.summary.tape]);
});

test("a venue that crashes and has a wrong clock trades again afterwards, and the journal makes that again, too", async () => {
  const file = script(
    "skew XSIM ahead 2s driftPpm 1000 at 20s for 40s",
    "crash XSIM at 30s for 20s",
    "skew XSIM behind 3s at 70s for 30s",
    "slowDown XSIM factor 3 at 75s for 10s",
    "crash XSIM at 110s for 10s",
  );
  const { world, summary, directory } = await folder.record(scenario, { inputs: readFaultScript(file, scenario) });
  const { trades } = world.observer.samples[0];
  const [down, back, end] = [35, 49, 170].map((second) => trades[second]);
  expect([back - down, end > back, summary.money.every(({ conserved }) => conserved)]).toEqual([0, true, true]);
  expect((await replay(directory.journal)).proof).toBe("equal");
  const times = readAll(readFileSync(directory.journal)).entries.map(({ timeNs }) => timeNs);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});

test("every line that is wrong is named", () => {
  const file = script(
    "cut london tokyo at 1m",
    "cut london tokio at 1m",
    "",
    "pause XSIM for 1s",
    "heal at 4m",
    "stop",
  );
  try {
    readFaultScript(file, scenario);
    expect.unreachable("it has faults that cannot be");
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.describe().split("\n").slice(1)).toEqual([
      '  2:1 links[0][1]: there is no place tokio; did you mean "tokyo"?',
      '  4:1 expected a time such as at 10m, found none in "pause XSIM for 1s"',
      "  5:1 at: expected at most 3m, the run's end",
      expect.stringMatching(/^ {2}6:1 there is no fault "stop"; expected cut, /),
    ]);
  }
  expect(() => readFaultScript("none.txt", scenario)).toThrow("none.txt cannot be read");
});
