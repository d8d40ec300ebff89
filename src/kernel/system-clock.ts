import type { Clock } from "./clock.ts";

/** The machine's own clock. This file is the only one of the deterministic folders that reads it. */
export const systemClock: Clock = {
  nowMs: () => performance.now(),

  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted === true) {
        resolve();
        return;
      }
      const wake = (): void => {
        clearTimeout(timeout);
        signal?.removeEventListener("abort", wake);
        resolve();
      };
      const timeout = setTimeout(wake, ms);
      signal?.addEventListener("abort", wake);
    }),

  yield: () => new Promise((resolve) => setImmediate(resolve)),
};
