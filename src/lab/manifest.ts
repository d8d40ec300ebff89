import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Scenario } from "../world/scenario/schema.ts";

/** Everything that a run is made of, so that it can be made again. */
export interface Manifest {
  readonly format: 1;
  /** As it was run: defaults filled in, the seed that was used. */
  readonly scenario: Scenario;
  /** The scenario's file, for people; a replay does not need it. */
  readonly scenarioFile: string;
  readonly startedAt: string;
  readonly versions: { readonly tradeswarm: string; readonly node: string; readonly v8: string };
  /** Commit of the program, with `+changes` where the checkout had any; empty outside a checkout. */
  readonly commit: string;
  /** Files that entered the run, with their SHA-256: agents' code and recordings. Packages are known by version alone. */
  readonly files: readonly ManifestFile[];
  /** The command that makes the run again. */
  readonly command: string;
  readonly forkedFrom?: { readonly run: string; readonly events: number } | undefined;
}

export interface ManifestFile {
  /** An agent's file, a file that it imports, or recorded order flow. */
  readonly role: "agent" | "module" | "recording";
  /** As the scenario or the command line names it, and where it was found. */
  readonly name: string;
  readonly path: string;
  readonly sha256: string;
}

/** Whether a value has the shape of a manifest. What is inside was checked when the run was made. */
export function isManifest(value: unknown): value is Manifest {
  if (!(value instanceof Object) || !("format" in value) || value.format !== 1) return false;
  const { scenario, files } = value as Partial<Manifest>;
  return scenario instanceof Object && Array.isArray(scenario.venues) && Array.isArray(files);
}

/** Versions of what runs here. */
export function currentVersions(): Manifest["versions"] {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  const { version } = JSON.parse(text) as { version: string };
  return { tradeswarm: version, node: process.versions.node, v8: process.versions.v8 };
}

/** The commit of the checkout that the program runs from, or an empty text. */
export function currentCommit(): string {
  const git = (...args: string[]): string =>
    execFileSync("git", args, {
      cwd: new URL("../..", import.meta.url),
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  try {
    return git("rev-parse", "HEAD") + (git("status", "--porcelain") === "" ? "" : "+changes");
  } catch {
    return "";
  }
}
