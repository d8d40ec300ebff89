import { Worker } from "node:worker_threads";

import type { Mutant } from "../mutants/mutant.ts";
import type { Answer, Order, WorkerTask } from "./worker.ts";

/** A thread that plays lives, one order after the other. */
export class SoakWorker {
  readonly #worker: Worker;

  constructor(mutant?: Mutant) {
    const workerData: WorkerTask = { mutant };
    this.#worker = new Worker(new URL("./worker.ts", import.meta.url), { workerData });
    // Who waits for an answer hears of an error there; with nobody waiting it is told again at the next order.
    this.#worker.on("error", () => {});
  }

  /** @param hear is given every answer but the last */
  ask(order: Order, hear: (answer: Answer) => void = () => {}): Promise<Answer> {
    const worker = this.#worker;
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        worker.off("message", onMessage);
        worker.off("error", onError);
        worker.off("exit", onExit);
      };
      const onMessage = (answer: Answer): void => {
        if (answer.kind === "smaller") return hear(answer);
        settle();
        resolve(answer);
      };
      const onError = (error: Error): void => {
        settle();
        reject(error);
      };
      const onExit = (): void => onError(new Error("a worker of the soak ended"));
      worker.on("message", onMessage);
      worker.on("error", onError);
      worker.on("exit", onExit);
      worker.postMessage(order);
    });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}
