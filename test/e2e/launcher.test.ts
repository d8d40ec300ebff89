import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..", "..");
const LAUNCHER = join("bin", "tradeswarm.js");

/** Makes the launcher believe that it runs under an old Node. The child that it starts does not load this. */
const OLD_NODE = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.1.0" } });`;

/** Stands for the command line. It says what reached it, and ends when told so. */
const COMMAND_LINE = `
  export async function main(args: readonly string[]): Promise<number> {
    console.log(JSON.stringify({ major: process.versions.node.split(".")[0], args }));
    if (args[0] === "exit") return Number(args[1]);
    if (args[0] === "crash") process.kill(process.pid, "SIGKILL");
    let interrupts = 0;
    process.on("SIGINT", () => console.log("interrupts: " + ++interrupts));
    const alive = setInterval(() => {}, 1_000);
    const ended = new Promise<void>((resolve) => process.once("SIGTERM", () => resolve()));
    console.log("ready");
    await ended;
    clearInterval(alive);
    console.log("ended after " + interrupts);
    return 130;
  }
`;

const checkout = mkdtempSync(join(tmpdir(), "tradeswarm-launcher-"));

beforeAll(() => {
  cpSync(join(ROOT, "bin"), join(checkout, "bin"), { recursive: true });
  mkdirSync(join(checkout, "src", "cli"), { recursive: true });
  mkdirSync(join(checkout, "node_modules"));
  writeFileSync(join(checkout, "package.json"), `{ "type": "module" }`);
  writeFileSync(join(checkout, "old-node.js"), OLD_NODE);
  writeFileSync(join(checkout, "src", "cli", "main.ts"), COMMAND_LINE);
  symlinkSync(join(ROOT, "node_modules", "node"), join(checkout, "node_modules", "node"), "dir");
});

afterAll(() => {
  rmSync(checkout, { recursive: true, force: true });
});

describe.each([
  ["a Node that is new enough", []],
  ["an older Node", ["--import", "./old-node.js"]],
])("the launcher under %s", (_name, nodeOptions) => {
  const options = { cwd: checkout, encoding: "utf8" } as const;

  test("passes the arguments and returns the exit code", () => {
    const args = [...nodeOptions, LAUNCHER, "exit", "3", "--name", "two words"];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, options);
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual({
      major: process.versions.node.split(".")[0],
      args: ["exit", "3", "--name", "two words"],
    });
    expect(status).toBe(3);
  });

  test("reports the signal that ended the command", () => {
    expect(spawnSync(process.execPath, [...nodeOptions, LAUNCHER, "crash"], options).signal).toBe("SIGKILL");
  });

  test("passes an interrupt on exactly once, and ends with the command's exit code", async () => {
    const launcher = spawn(process.execPath, [...nodeOptions, LAUNCHER, "wait"], {
      cwd: checkout,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const exit = new Promise((resolve) => launcher.once("exit", resolve));
    const printed: string[] = [];
    for await (const line of createInterface(launcher.stdout)) {
      printed.push(line);
      if (line === "ready") launcher.kill("SIGINT");
      if (line.startsWith("interrupts")) launcher.kill("SIGTERM");
    }
    expect(printed.slice(1)).toEqual(["ready", "interrupts: 1", "ended after 1"]);
    expect(await exit).toBe(130);
  });
});

test("without a Node that is new enough, the launcher says what to do", () => {
  rmSync(join(checkout, "node_modules", "node"));
  const { status, stderr } = spawnSync(process.execPath, ["--import", "./old-node.js", LAUNCHER], {
    cwd: checkout,
    encoding: "utf8",
  });
  expect(stderr).toMatch(/^tradeswarm needs Node 24 or newer .*\nInstall Node 24, or in a checkout run `npm ci`/);
  expect(status).toBe(2);
});
