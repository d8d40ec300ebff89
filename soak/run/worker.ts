import { parentPort, workerData } from "node:worker_threads";

import type { Limits } from "../life.ts";
import { plant } from "../mutants/plant.ts";
import type { Mutant } from "../mutants/mutant.ts";
import type { Failure } from "./failure.ts";
import type { RangeResult, SeedRange } from "./play-seeds.ts";

/** What a worker is asked to do. */
export type Order =
  | { readonly kind: "play"; readonly protocol: string; readonly range: SeedRange; readonly limits: Limits }
  | { readonly kind: "minimize"; readonly failure: Failure };

export type Answer =
  | { readonly kind: "played"; readonly result: RangeResult }
  | { readonly kind: "smaller"; readonly failure: Failure }
  | { readonly kind: "minimized"; readonly failure: Failure };

/** What a worker is told when it starts. */
export interface WorkerTask {
  readonly mutant: Mutant | undefined;
}

const { mutant } = workerData as WorkerTask;
if (mutant !== undefined) plant(mutant);
// Loaded only now, so that the bug is in what they load.
const [{ subjectOf }, { playSeeds }, { minimize }] = await Promise.all([
  import("../subjects.ts"),
  import("./play-seeds.ts"),
  import("./minimize.ts"),
]);

const port = parentPort;
if (port === null) throw new Error("soak/run/worker.ts runs as a worker");
const answer = (message: Answer): void => port.postMessage(message);

port.on("message", (order: Order) => {
  if (order.kind === "play") {
    answer({ kind: "played", result: playSeeds(subjectOf(order.protocol), order.range, order.limits) });
    return;
  }
  const { failure } = order;
  const smallest = minimize(subjectOf(failure.protocol), failure, (smaller) =>
    answer({ kind: "smaller", failure: smaller }),
  );
  answer({ kind: "minimized", failure: smallest });
});
