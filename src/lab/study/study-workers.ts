import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { assert } from "../../core/assert.ts";
import type { Value } from "./estimate.ts";
import type { ArmRunner, ArmTask } from "./run-study.ts";
import type { WorkerAnswer } from "./study-worker.ts";

/** Threads that run the arms of a study, one run each at a time. */
export class StudyWorkers implements AsyncDisposable {
  readonly #workers: readonly Worker[];
  readonly #idle: Worker[];

  constructor(study: string, count: number) {
    // The published package has .js where a checkout has .ts.
    const file = new URL(`./study-worker${extname(import.meta.url)}`, import.meta.url);
    this.#workers = Array.from({ length: count }, () => new Worker(file, { workerData: study }));
    this.#idle = [...this.#workers];
  }

  /** Hands a task to a thread that has none. A run that fails fails here, with the stack of the thread. */
  readonly run: ArmRunner = async (task) => {
    const worker = this.#idle.pop();
    assert(worker !== undefined, "there are as many lanes as threads");
    const answer = await answerOf(worker, task);
    this.#idle.push(worker);
    return answer;
  };

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}

function answerOf(worker: Worker, task: ArmTask): Promise<Readonly<Record<string, Value>>> {
  return new Promise((resolve, reject) => {
    const settle = (): void => void worker.off("message", onMessage).off("error", onError);
    const onMessage = (answer: WorkerAnswer): void => {
      settle();
      if ("values" in answer) return resolve(answer.values);
      const failure = new Error(answer.failure);
      failure.stack = answer.stack;
      reject(failure);
    };
    const onError = (error: unknown): void => {
      settle();
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    worker.on("message", onMessage).on("error", onError);
    worker.postMessage(task, []);
  });
}
