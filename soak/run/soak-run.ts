import type { Limits } from "../life.ts";
import type { Failure } from "./failure.ts";
import type { RangeResult } from "./play-seeds.ts";
import { addSums } from "./play-seeds.ts";
import { SoakWorker } from "./soak-worker.ts";

/** Seeds in one order to a worker: few, so that a failure ends the run soon. */
const SEEDS_OF_A_RANGE = 10;

export interface SoakRunOptions {
  readonly protocol: string;
  readonly firstSeed: number;
  /** Infinity where time ends the run. */
  readonly seeds: number;
  readonly limits: Limits;
  readonly workers: number;
  /** Asked before every range of seeds. */
  readonly mayGoOn: () => boolean;
  readonly onProgress: (result: SoakResult) => void;
}

/** What the lives of a protocol came to. With a number of seeds it does not depend on how many workers there were. */
export interface SoakResult {
  readonly protocol: string;
  readonly firstSeed: number;
  /** Lives in which nothing was wrong. */
  readonly lives: number;
  readonly durationNs: number;
  readonly events: number;
  readonly counts: Readonly<Record<string, number>>;
  /** Of the lowest seed that failed. */
  readonly failure: Failure | undefined;
}

/** Plays seeds on several workers, until all are played, one has failed, or time is up. */
export async function runSoak(options: SoakRunOptions): Promise<SoakResult> {
  const { protocol, firstSeed, seeds, limits } = options;
  const ranges = new Map<number, RangeResult>();
  let next = firstSeed;
  // What lies behind a failure is not played; what lies before it still is.
  let end = firstSeed + seeds;
  const work = async (): Promise<void> => {
    const worker = new SoakWorker();
    try {
      while (next < end && options.mayGoOn()) {
        const range = { first: next, count: Math.min(SEEDS_OF_A_RANGE, end - next) };
        next += range.count;
        const answer = await worker.ask({ kind: "play", protocol, range, limits });
        if (answer.kind !== "played") throw new Error(`a worker answered ${answer.kind}`);
        ranges.set(range.first, answer.result);
        end = Math.min(end, answer.result.failure?.seed ?? end);
        options.onProgress(resultOf(options, ranges));
      }
    } finally {
      await worker.end();
    }
  };
  const count = Math.min(options.workers, Math.ceil(seeds / SEEDS_OF_A_RANGE));
  await Promise.all(Array.from({ length: count }, work));
  return resultOf(options, ranges);
}

function resultOf({ protocol, firstSeed }: SoakRunOptions, ranges: ReadonlyMap<number, RangeResult>): SoakResult {
  let sum: Pick<SoakResult, "lives" | "durationNs" | "events" | "counts"> = {
    lives: 0,
    durationNs: 0,
    events: 0,
    counts: {},
  };
  let failure: Failure | undefined;
  for (const [, range] of [...ranges].toSorted(([a], [b]) => a - b)) {
    if (failure !== undefined) break;
    sum = addSums(sum, range);
    failure = range.failure;
  }
  return { protocol, firstSeed, ...sum, failure };
}
