import { relative } from "node:path";
import { ActorFailure } from "../kernel/actor-failure.ts";
import { Divergence } from "../lab/journal-verifier.ts";
import type { Manifest } from "../lab/manifest.ts";
import type { RunDirectory } from "../lab/run-directory.ts";
import { diverged } from "./proof-text.ts";
import { failed } from "./recorded-flight.ts";

/** What to throw for an error that a replay ended with: what it means, and what can be done. */
export function replayFailure(error: unknown, directory: RunDirectory, manifest: Manifest): unknown {
  // Not `runs/latest`, which will point elsewhere.
  const name = relative(process.cwd(), directory.path);
  if (error instanceof Divergence) return diverged(name, error, manifest);
  if (error instanceof ActorFailure) return failed(error, manifest.command, name);
  return error;
}
