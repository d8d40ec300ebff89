#!/usr/bin/env node
// The launcher is plain JavaScript for any Node from 18 on, because it must be able to say that a Node is too old.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import * as nodeModule from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const NODE_MAJOR_MIN = 24;
const EXIT_USAGE = 2;

if (majorOf(process.versions.node) >= NODE_MAJOR_MIN) {
  await runHere();
} else {
  const executable = findBundledNode();
  if (executable === undefined) failForOldNode();
  else runUnder(executable);
}

async function runHere() {
  // Without it, half of the time until a run begins goes into reading the same sources anew.
  nodeModule.enableCompileCache();
  // A checkout runs its sources. The published package holds JavaScript, as Node strips no types in node_modules.
  const source = new URL("../src/cli/main.ts", import.meta.url);
  const entry = existsSync(source) ? source : new URL("../lib/cli/main.js", import.meta.url);
  /** @type {{ main(args: readonly string[]): Promise<number> }} */
  const cli = await import(entry.href);
  process.exitCode = await cli.main(process.argv.slice(2));
}

/**
 * @returns {string | undefined} the executable of the npm package `node`, which a checkout has among its own
 *   dependencies. A project that uses this package may depend on an older one for itself, which is no use here.
 */
function findBundledNode() {
  const require = nodeModule.createRequire(import.meta.url);
  try {
    const manifestPath = require.resolve("node/package.json");
    /** @type {{ version: string }} */
    const { version } = require(manifestPath);
    const executable = join(dirname(manifestPath), "bin", process.platform === "win32" ? "node.exe" : "node");
    return majorOf(version) >= NODE_MAJOR_MIN && existsSync(executable) ? executable : undefined;
  } catch {
    return undefined;
  }
}

/** @param {string} executable */
function runUnder(executable) {
  const launcher = fileURLToPath(import.meta.url);
  const child = spawn(executable, [launcher, ...process.argv.slice(2)], { stdio: "inherit" });
  // On a terminal, Ctrl-C reaches every process of the foreground group, the child too: passing it on would make it
  // two, and a second Ctrl-C means "stop at once". Without a terminal it was sent to this process alone.
  const onTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  const handlers = {
    SIGINT: () => onTerminal || child.kill("SIGINT"),
    SIGTERM: () => child.kill("SIGTERM"),
    SIGHUP: () => onTerminal || child.kill("SIGHUP"),
  };
  for (const [signal, handler] of Object.entries(handlers)) process.on(signal, handler);

  child.on("error", (error) => {
    process.stderr.write(`tradeswarm: cannot start ${executable}: ${error.message}\n`);
    process.exit(EXIT_USAGE);
  });
  child.on("exit", (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    // A child that a signal ended is reported as that to the shell, and not as an exit code of our own.
    for (const [name, handler] of Object.entries(handlers)) process.off(name, handler);
    process.kill(process.pid, signal);
  });
}

function failForOldNode() {
  process.stderr.write(
    `tradeswarm needs Node ${NODE_MAJOR_MIN} or newer and this is ${process.version} (${process.execPath}).\n` +
      `Install Node ${NODE_MAJOR_MIN}, or in a checkout run \`npm ci\`, which brings its own.\n`,
  );
  process.exitCode = EXIT_USAGE;
}

/** @param {string} version for example `20.20.2` */
function majorOf(version) {
  return Number(version.split(".")[0]);
}
