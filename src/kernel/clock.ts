/** Real time, as the drivers see it. Tests have one that never waits. */
export interface Clock {
  /** Milliseconds since some fixed moment; never goes back. */
  nowMs(): number;
  /** Resolves after `ms`, or as soon as the signal is aborted. It never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Lets everything else that waits for its turn run: signals, sockets, files. */
  yield(): Promise<void>;
}
