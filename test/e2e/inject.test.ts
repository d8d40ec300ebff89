import { expect, test } from "vitest";

import { FEW, scenarioText } from "../../src/testing/scenario-text.ts";
import { Workplace } from "./command-line.ts";

const place = new Workplace();

const NETWORK =
  "{ kind: routed, topology: { kind: ring, places: [london, tokyo, paris] }, link: { delay: 5ms }, routing: { convergence: 0s } }";
place.write(
  "own.ts",
  `export default () => ({ onStart(agent) { agent.setTimer(0.2e9); }, onTimer() { process.stderr.write("under way\\n"); } });`,
);
const agents = ["{ file: ./own.ts, name: own }"];
place.write("day.yaml", scenarioText({ network: NETWORK, population: FEW, duration: "1d", agents }));
place.write("short.yaml", scenarioText({ network: NETWORK, population: FEW, duration: "3m" }));
place.write("nowhere.yaml", scenarioText({ population: FEW, duration: "3m" }));

test("faults are typed while a run goes on; the journal has them, and its replay is the same run", async () => {
  const run = place.start("run", "day.yaml", "--pace", "30", "--inject", "-", "--json");
  await run.says("under way");
  run.type("cut london tokio for 5s");
  await run.says(
    'not done: cut london tokio for 5s\nthe fault cannot be\n  links[0][1]: there is no place tokio; did you mean "tokyo"?',
  );
  run.type("cut london tokyo at 100ms");
  await run.says("at: expected a time to come, found 100ms, which is over");
  run.type("isolate london for 10s");
  await run.says("  isolate london for 10s\n");
  run.type("cut london paris");
  await run.says("  cut london paris\n");
  run.type("heal");
  await run.says("  heal\n");
  run.child.kill("SIGINT");
  const { code, stdout } = await run.ended;
  expect(code).toBe(130);
  const summary = JSON.parse(stdout) as Record<string, unknown>;
  expect(summary).toMatchObject({ ended: "interrupted", money: [{ conserved: true }, { conserved: true }] });
  expect(await place.json("replay", String(summary["run"]))).toMatchObject({
    proof: "equal",
    tape: summary["tape"],
    events: summary["events"],
  });
});

test("what stdin says at once is taken before the run's end, and a closed stdin ends nothing", async () => {
  const run = place.start("run", "short.yaml", "--inject", "-", "--json", "--pace", "60", "--runs", "at-once");
  run.type("isolate tokyo paris at 2m");
  run.child.stdin?.end();
  const { code, stdout } = await run.ended;
  expect(code).toBe(0);
  const { tape } = JSON.parse(stdout) as { tape: string };
  expect(await place.json("replay", "at-once/latest")).toMatchObject({ proof: "equal", tape });
  place.write("faults.txt", "# the same, known beforehand\nisolate tokyo paris at 2m\n");
  expect(await place.json("run", "short.yaml", "--inject", "faults.txt", "--runs", "known")).toMatchObject({ tape });
  expect((await place.json("run", "short.yaml", "--runs", "none"))["tape"]).not.toBe(tape);
});

test("what cannot be injected is said before anything runs", async () => {
  place.write("wrong.txt", "isolate tokio at 1m\nheal\n");
  const wrong = await place.run("run", "short.yaml", "--inject", "wrong.txt", "--runs", "refused");
  expect([wrong.code, wrong.stderr]).toEqual([
    2,
    'error: wrong.txt has faults that cannot be\n  1:1 who[0]: there is no place, venue, group or agent of that name; did you mean "tokyo"?\n  2:1 expected a time such as at 10m, found none in "heal"\n',
  ]);
  const nowhere = await place.run("run", "nowhere.yaml", "--inject", "-", "--runs", "refused");
  expect([nowhere.code, nowhere.stderr]).toEqual([
    2,
    "error: small has no network in which anything could go wrong\n  network.kind: expected routed: a network of places and links, found uniform\n",
  ]);
});
