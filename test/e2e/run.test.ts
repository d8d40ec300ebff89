import { existsSync, readFileSync, readdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { verifyJournal } from "../../src/store/journal/recovery.ts";
import { FEW, scenarioText } from "../../src/testing/scenario-text.ts";
import { Workplace } from "./command-line.ts";

const place = new Workplace();
place.write("small.yaml", scenarioText({ population: FEW, duration: "2m" }));

describe("run", () => {
  test("ends with a summary for people, and the run's folder", async () => {
    const { code, stdout, stderr } = await place.run("run", "small.yaml", "--runs", "plain");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(
      /^small: 2m simulated in \d+\.\d\d s\n {2}13 agents, [\d,]+ events, .* events\/s, .* x real time, seed 1\n/,
    );
    for (const part of [
      "ACME at XSIM",
      "mean spread",
      "volatility, 1 min",
      "P&L",
      "conserved (sum 0.00)",
      "journal hash",
    ]) {
      expect(stdout).toContain(part);
    }
    expect(stdout).not.toContain("\u001B");
    const run = /\nrun {11}(\S+)\n$/.exec(stdout)?.[1] ?? "";
    expect(readdirSync(place.file(run)).sort()).toEqual(["journal.tsj", "manifest.json", "report.html", "result.json"]);
    expect(join("plain", readlinkSync(place.file("plain/latest")))).toBe(run);
  });

  test("is the same each time, and another one with another seed", async () => {
    const [first, second, other] = await Promise.all([
      place.json("run", "small.yaml", "--runs", "a"),
      place.json("run", "small.yaml", "--runs", "b", "--quiet"),
      place.json("run", "small.yaml", "--runs", "c", "--seed", "2"),
    ]);
    expect(first["tape"]).toMatch(/^[0-9a-f]{32}$/);
    expect(second["tape"]).toBe(first["tape"]);
    expect(other["tape"]).not.toBe(first["tape"]);
    expect(first).toMatchObject({ scenario: "small", seed: 1, agents: 13 });
    const manifest = JSON.parse(readFileSync(place.file("c/latest/manifest.json"), "utf8")) as Record<string, unknown>;
    expect(manifest).toMatchObject({
      format: 1,
      scenario: { seed: 2, duration: 120e9 },
      scenarioFile: "small.yaml",
      command: "tradeswarm run small.yaml --seed 2",
      files: [],
    });
    const result = JSON.parse(readFileSync(place.file("a/latest/result.json"), "utf8")) as Record<string, unknown>;
    const { wallMs: _wall, run: _run, ...summary } = first;
    expect(result).toEqual(summary);
  });

  test("refuses a scenario with all its problems, and writes nothing", async () => {
    place.write(
      "bad.yaml",
      scenarioText({ duration: "10 min", population: ["{ kind: nosie, name: n }"] }).replace("seed", "sede"),
    );
    const { code, stdout, stderr } = await place.run("run", "bad.yaml", "--runs", "bad");
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr.split("\n").map((line) => line.split(/[,:] (?:found|expected) /)[0])).toEqual([
      "error: bad.yaml has 3 problems",
      '  3:1 sede: unknown key; did you mean "seed"?',
      "  4:1 duration",
      "  11:7 population[0].kind",
      "",
    ]);
    expect(existsSync(place.file("bad"))).toBe(false);
  });

  test("refuses an agent that is none, and writes nothing", async () => {
    place.write("mistyped.ts", "export default () => ({ onQoute() {} });");
    place.write("mistyped.yaml", scenarioText({ population: FEW, agents: ["{ file: ./mistyped.ts, name: a }"] }));
    const { code, stdout, stderr } = await place.run("run", "mistyped.yaml", "--runs", "none");
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toBe(
      "error: a-1 cannot be made\n  ./mistyped.ts: there is no handler onQoute; did you mean onQuote?\n",
    );
    expect(existsSync(place.file("none"))).toBe(false);
  });
});

describe("an agent that fails", () => {
  const scenario = (file: string): string =>
    scenarioText({ population: FEW, duration: "10m", agents: [`{ file: ./${file}, name: mine, count: 2 }`] });
  place.write(
    "throws.ts",
    `export default ({ name }) => ({
      onStart(agent) { agent.setTimer(60e9, 5); },
      onTimer() { if (name === "mine-2") throw new Error("out of luck"); },
    });`,
  );
  place.write(
    "async.ts",
    `export default ({ market }) => ({ onStart: (agent) => agent.subscribe(market), async onQuote() {} });`,
  );

  test("the run stops, says who, when, why, and how to get there again", async () => {
    const yaml = place.write("throws.yaml", scenario("throws.ts"));
    const { code, stdout, stderr } = await place.run("run", yaml, "--runs", "thrown");
    expect([code, stdout]).toEqual([1, ""]);
    const [first, ...rest] = stderr.trimEnd().split("\n");
    const sequence = Number(/ at event (\d+) /.exec(first)?.[1]);
    expect(first).toBe(`error: mine-2 failed at event ${sequence} (timer 5, 60000000000 ns): out of luck`);
    expect(rest[0]).toMatch("Error: out of luck");
    expect(rest[1]).toMatch(/^ {4}at .*throws\.ts:\d/);
    const run = join("thrown", readlinkSync(place.file("thrown/latest")));
    expect(rest.slice(-2)).toEqual([
      `run it again with: tradeswarm run ${yaml} --seed 1`,
      `look at the moment before with: tradeswarm replay ${run} --until ${sequence - 1}`,
    ]);

    expect(verifyJournal(place.file(join(run, "journal.tsj")))).toMatchObject({ complete: true });
    const replayed = await place.json("replay", run);
    expect(replayed).toMatchObject({ proof: "equal", ended: "failed", failure: first.replace("error: ", "") });
    const before = await place.json("replay", run, "--until", String(sequence - 1));
    expect(before).toMatchObject({ proof: "partial", events: sequence - 1 });
  });

  test("without an error of its own, there is no stack to show", async () => {
    const yaml = place.write("async.yaml", scenario("async.ts"));
    const { code, stderr } = await place.run("run", yaml, "--runs", "waited");
    expect(code).toBe(1);
    expect(stderr.split("\n").map((line) => line.split(/ at event|:/)[0])).toEqual([
      "error",
      "run it again with",
      "look at the moment before with",
      "",
    ]);
    expect(stderr).toMatch("it returned a promise; a handler is synchronous and returns nothing");
  });
});

describe("the command line", () => {
  test("suggests the command that was meant", async () => {
    const { code, stdout, stderr } = await place.run("rnu");
    expect([code, stdout, stderr]).toEqual([2, "", "error: unknown command 'rnu'\n(Did you mean run?)\n"]);
  });

  test("ends well when whoever reads it has enough", async () => {
    const { child, ended } = place.start("schema");
    child.stdout?.destroy();
    expect(await ended).toMatchObject({ code: 0, stderr: "" });
  });
});
