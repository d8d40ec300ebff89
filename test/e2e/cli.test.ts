import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

const LAUNCHER = join(import.meta.dirname, "..", "..", "bin", "tradeswarm.js");

const SCENARIO = `
version: 1
name: small
duration: 20m
venues:
  - name: XSIM
    instruments: [{ symbol: ACME, base: ACME, quote: USD, tick: 0.01, lot: 1, referencePrice: 1000 }]
network: { kind: uniform, low: 1ms, high: 5ms }
fundamentals: [{ symbol: ACME, mean: 1000, kappaPerNs: 1.67e-16, sigmaTicksPerSqrtNs: 5.0e-5 }]
population:
  - { kind: noise, name: noise, count: 50, parameters: { ordersPerDay: 500 } }
  - { kind: value, name: value, count: 20, parameters: { meanInterval: 20s } }
  - { kind: momentum, name: momentum, count: 3, parameters: { meanInterval: 10s } }
`;

let folder: string;

/** Runs the command line in the test's folder. */
function cli(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const options = { cwd: folder, encoding: "utf8", env: { ...process.env, NO_COLOR: "1" } } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [LAUNCHER, ...args], options);
  return { status, stdout, stderr };
}

function jsonOf(text: string): Record<string, unknown> {
  return JSON.parse(text) as Record<string, unknown>;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tradeswarm-cli-"));
  writeFileSync(join(folder, "small.yaml"), SCENARIO);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe("the command line", () => {
  test("runs a scenario, and a replay proves it", () => {
    const run = cli("run", "small.yaml", "--json", "--runs", "flights");
    expect(run.status, run.stderr).toBe(0);
    const summary = jsonOf(run.stdout);
    const replay = cli("replay", "flights/latest", "--json");
    expect(replay.status, replay.stderr).toBe(0);
    expect(jsonOf(replay.stdout)).toMatchObject({ proof: "equal", tape: summary["tape"] });
    for (const file of ["manifest.json", "journal.tsj", "result.json", "report.html"]) {
      expect(existsSync(join(folder, "flights/latest", file))).toBe(true);
    }
  });

  test("stops a replay where it is told and shows the state", () => {
    const stopped = cli("replay", "flights/latest", "--until", "09:40");
    expect(stopped.status, stopped.stderr).toBe(0);
    expect(stopped.stdout).toMatch(/ACME at XSIM: last /);
    expect(stopped.stdout).toMatch(/Accounts/);
  });

  test("forks a run; the fork differs, and is replayed as well", () => {
    const original = jsonOf(cli("replay", "flights/latest", "--json").stdout);
    const change = ["--until", "09:40", "--fork", "--set", "momentum.meanInterval=1s"];
    const fork = cli("replay", "flights/latest", ...change, "--json", "--runs", "forks");
    expect(fork.status, fork.stderr).toBe(0);
    expect(jsonOf(fork.stdout)["tape"]).not.toBe(original["tape"]);
    const replay = cli("replay", "forks/latest", "--json");
    expect(jsonOf(replay.stdout)).toMatchObject({ proof: "equal", tape: jsonOf(fork.stdout)["tape"] });
  });

  test("lists every problem of a scenario at once, exits with 2 and writes nothing", () => {
    writeFileSync(
      join(folder, "bad.yaml"),
      SCENARIO.replace("duration: 20m", "duraton: 20m").replace("lot: 1", "lot: 0"),
    );
    const bad = cli("run", "bad.yaml", "--runs", "never");
    expect(bad.status).toBe(2);
    expect(bad.stderr).toMatch(/duraton: unknown key; did you mean "duration"\?/);
    expect(bad.stderr).toMatch(/7:\d+ venues\[0\]\.instruments\[0\]\.lot/);
    expect(bad.stdout).toBe("");
    expect(existsSync(join(folder, "never"))).toBe(false);
  });

  test("recovers a torn journal up to its last whole segment and says where it is torn", () => {
    expect(cli("run", "small.yaml", "--seed", "7", "--runs", "torn", "--quiet").status).toBe(0);
    const journal = join(folder, "torn/latest/journal.tsj");
    const bytes = readFileSync(journal).length;
    truncateSync(journal, bytes - 10);
    const replay = cli("replay", "torn/latest");
    expect([replay.status, replay.stdout + replay.stderr]).toEqual([3, expect.stringMatching(/torn|byte/)]);
  });

  test("refuses a journal that was altered in the middle, and names the byte", () => {
    expect(cli("run", "small.yaml", "--seed", "8", "--runs", "altered", "--quiet").status).toBe(0);
    const journal = join(folder, "altered/latest/journal.tsj");
    const bytes = readFileSync(journal);
    bytes[20] ^= 1;
    writeFileSync(journal, bytes);
    const replay = cli("replay", "altered/latest");
    expect(replay.status).toBe(1);
    expect(replay.stderr).toMatch(/byte/);
  });

  test("an agent that throws stops the run with its name, the event and the command to run it again", () => {
    writeFileSync(
      join(folder, "faulty.ts"),
      `export default () => ({ onStart: (agent: any) => { agent.setTimer(1e9); }, onTimer: () => { throw new Error("stalled"); } });\n`,
    );
    writeFileSync(join(folder, "faulty.yaml"), `${SCENARIO}agents: [{ file: ./faulty.ts, name: faulty }]\n`);
    const run = cli("run", "faulty.yaml", "--runs", "faulty");
    expect(run.status).toBe(1);
    expect(run.stderr).toMatch(/faulty-1 failed at event \d+ \(timer 0/);
    expect(run.stderr).toMatch(/stalled/);
    expect(run.stderr).toMatch(/tradeswarm run faulty\.yaml --seed 1/);
    expect(cli("doctor", "faulty/latest").stdout).toMatch(/ok +journal .*complete/);
  });

  test("Ctrl-C stops a run cleanly, and what was flown can be replayed", async () => {
    const child = spawn(process.execPath, [LAUNCHER, "run", "small.yaml", "--pace", "60", "--runs", "stopped"], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
    });
    // A line of progress says that the run is on its way.
    await new Promise<void>((resolve) => {
      child.stderr.once("data", () => {
        resolve();
      });
    });
    child.kill("SIGINT");
    const status = await new Promise<number | null>((resolve) => {
      child.on("exit", resolve);
    });
    expect(status).toBe(130);
    expect(jsonOf(cli("replay", "stopped/latest", "--json").stdout)).toMatchObject({ proof: "equal" });
  }, 30_000);

  test("suggests the command that was meant, and prints a schema", () => {
    const typo = cli("rpelay");
    expect([typo.status, typo.stderr]).toEqual([2, expect.stringMatching(/Did you mean replay/)]);
    expect(jsonOf(cli("schema").stdout)).toHaveProperty("properties");
    expect(cli("doctor").status).toBe(0);
  });
});
