import { accessSync, constants } from "node:fs";
import { endianness } from "node:os";
import { ExitCode, UserError } from "../core/errors.ts";
import { currentCommit, currentVersions } from "../lab/manifest.ts";
import { RunDirectory } from "../lab/run-directory.ts";
import { selfTest } from "../lab/self-test.ts";
import { verifyJournal } from "../store/journal/recovery.ts";
import { createTerminal, styled } from "./terminal.ts";

const NODE_MAJOR_MIN = 24;

export interface DoctorCommandOptions {
  readonly json?: boolean | undefined;
}

interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly found: string;
}

/** `tradeswarm doctor [run]` @returns 0 when every check holds, else 1 */
export function doctorCommand(run: string | undefined, options: DoctorCommandOptions): number {
  const terminal = createTerminal({});
  const journal = run === undefined ? [] : [checkJournal(RunDirectory.open(run).journal)];
  const findings = [checkNode(), checkByteOrder(), checkWritable(), checkDeterminism(), ...journal];
  const healthy = findings.every(({ ok }) => ok);
  const versions = { ...currentVersions(), commit: currentCommit() };
  if (options.json === true) terminal.outJson({ healthy, versions, findings });
  else {
    const commit = versions.commit === "" ? "" : `, commit ${versions.commit.slice(0, 12)}`;
    terminal.out(`tradeswarm ${versions.tradeswarm}, Node ${versions.node}, V8 ${versions.v8}${commit}`);
    for (const { check, ok, found } of findings) {
      terminal.out(`  ${ok ? styled("green", "ok  ") : styled("red", "FAIL")}  ${check}: ${found}`);
    }
  }
  return healthy ? ExitCode.ok : ExitCode.failed;
}

function checkNode(): Finding {
  const [major] = process.versions.node.split(".");
  return {
    check: `Node ${NODE_MAJOR_MIN} or later`,
    ok: Number(major) >= NODE_MAJOR_MIN,
    found: process.versions.node,
  };
}

function checkByteOrder(): Finding {
  const check = "byte order of the journal and recordings (little endian)";
  return { check, ok: endianness() === "LE", found: endianness() };
}

function checkWritable(): Finding {
  const check = "runs can be written here";
  const folder = process.cwd();
  try {
    accessSync(folder, constants.W_OK);
    return { check, ok: true, found: folder };
  } catch (error) {
    return { check, ok: false, found: error instanceof Error ? error.message : String(error) };
  }
}

function checkDeterminism(): Finding {
  const { expected, found } = selfTest();
  const check = "a small run has the hash that it has everywhere";
  return { check, ok: found === expected, found: found === expected ? found : `${found}, expected ${expected}` };
}

function checkJournal(path: string): Finding {
  const check = `journal ${path}`;
  try {
    const { tail, entries, segments, complete } = verifyJournal(path);
    const torn =
      tail.kind === "torn"
        ? `torn at byte ${tail.byteOffset}: ${tail.droppedBytes} bytes lost after entry ${tail.lastSequence}`
        : "";
    const whole = `${entries} entries in ${segments} segments, ${complete ? "complete" : "no end: the run was cut off"}`;
    return { check, ok: complete, found: torn === "" ? whole : torn };
  } catch (error) {
    // A corrupt journal is what this looks for.
    if (!(error instanceof UserError)) throw error;
    return { check, ok: false, found: error.message };
  }
}
