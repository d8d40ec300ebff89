import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { afterAll } from "vitest";

export const ROOT = join(import.meta.dirname, "..", "..");
const LAUNCHER = join(ROOT, "bin", "tradeswarm.js");
/** A line of progress comes when five seconds are over: on a machine that stands still, behind anything. */
const PROGRESS = /^ {2}[ \d]{3} % {2}.*\n/gm;

export interface Ended {
  /** Exit code, or the signal that ended the process. */
  readonly code: number | string | null;
  readonly stdout: string;
  /** Without progress. */
  readonly stderr: string;
}

/** A command that is under way. */
export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Waits until the command has said this on stderr. @throws {Error} when it ends before */
  says(text: string): Promise<void>;
  /** Types a line. */
  type(line: string): void;
}

/** A folder of its own in which commands run, removed after the tests of the file. */
export class Workplace {
  readonly path = mkdtempSync(join(tmpdir(), "tradeswarm-e2e-"));

  constructor() {
    afterAll(() => rmSync(this.path, { recursive: true, force: true }));
  }

  file(name: string): string {
    return join(this.path, name);
  }

  write(name: string, text: string | Uint8Array): string {
    mkdirSync(dirname(this.file(name)), { recursive: true });
    writeFileSync(this.file(name), text);
    return name;
  }

  /** Starts the command and leaves it running. */
  start(...args: readonly string[]): Started {
    // Colours and settings of whoever runs the tests must not matter.
    const { FORCE_COLOR: _force, NO_COLOR: _none, ...env } = process.env;
    const child = spawn(process.execPath, [LAUNCHER, ...args], {
      cwd: this.path,
      env,
      stdio: ["pipe", "pipe", "pipe"],
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    const ended = new Promise<Ended>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code, signal) =>
        resolve({ code: code ?? signal, stdout, stderr: stderr.replaceAll(PROGRESS, "") }),
      );
    });
    const says = async (text: string): Promise<void> => {
      while (!stderr.includes(text)) {
        if (child.stderr.readableEnded) throw new Error(`${args.join(" ")} never said ${text}, but: ${stderr}`);
        await Promise.race([once(child.stderr, "data"), once(child.stderr, "end")]);
      }
    };
    const type = (line: string): void => void child.stdin.write(`${line}\n`);
    return { child, ended, says, type };
  }

  /** Runs the command to its end. */
  run(...args: readonly string[]): Promise<Ended> {
    return this.start(...args).ended;
  }

  /** Runs the command with `--json`; it must end well, with one JSON value on stdout. */
  async json(...args: readonly string[]): Promise<Record<string, unknown>> {
    const { code, stdout, stderr } = await this.run(...args, "--json");
    if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}: ${stderr}`);
    return JSON.parse(stdout) as Record<string, unknown>;
  }
}
