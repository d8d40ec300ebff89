import { parentPort, workerData } from "node:worker_threads";
import { assert } from "../../core/assert.ts";
import type { Value } from "./estimate.ts";
import { findStudy } from "../studies/registry.ts";
import type { ArmTask } from "./run-study.ts";
import { runHere } from "./run-study.ts";

/** What a worker answers to a task. */
export type WorkerAnswer =
  | { readonly values: Readonly<Record<string, Value>> }
  | { readonly failure: string; readonly stack: string };

// A thread that runs arms of one study, as they come. Functions do not travel between threads, names do.
if (parentPort !== null) serve(parentPort, findStudy(workerData as string));

function serve(port: NonNullable<typeof parentPort>, study: ReturnType<typeof findStudy>): void {
  const run = runHere(study);
  port.on("message", (task: ArmTask) => {
    run(task).then(
      (values) => port.postMessage({ values } satisfies WorkerAnswer),
      (error: unknown) => {
        assert(error instanceof Error, "what is thrown is an error");
        port.postMessage({ failure: error.message, stack: error.stack ?? "" } satisfies WorkerAnswer);
      },
    );
  });
}
