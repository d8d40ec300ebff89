import type { Mutant } from "../mutants/mutant.ts";
import { SoakWorker } from "./soak-worker.ts";
import type { Failure } from "./failure.ts";

const SEEDS_OF_A_RANGE = 20;

/** What the soak made of a planted bug. */
export interface MutantResult {
  readonly mutant: Mutant;
  /** Undefined for a bug that was not found. */
  readonly failure: Failure | undefined;
  /** Lives that were played, the failing one included. */
  readonly lives: number;
  readonly elapsedMs: number;
}

/** Plays seeds with a planted bug until one fails, for each protocol that may find it in turn. */
export async function runMutant(mutant: Mutant, seedsMax: number): Promise<MutantResult> {
  const startMs = performance.now();
  const worker = new SoakWorker(mutant);
  let lives = 0;
  try {
    for (const protocol of mutant.foundBy) {
      for (let first = 1; first <= seedsMax; first += SEEDS_OF_A_RANGE) {
        const range = { first, count: Math.min(SEEDS_OF_A_RANGE, seedsMax - first + 1) };
        const answer = await worker.ask({ kind: "play", protocol, range, limits: {} });
        if (answer.kind !== "played") throw new Error(`a worker answered ${answer.kind}`);
        const { failure } = answer.result;
        lives += answer.result.lives + (failure === undefined ? 0 : 1);
        if (failure !== undefined) return { mutant, failure, lives, elapsedMs: performance.now() - startMs };
      }
    }
  } finally {
    await worker.end();
  }
  return { mutant, failure: undefined, lives, elapsedMs: performance.now() - startMs };
}

/** Runs mutants on several workers. @param onResult is called in the order in which they are done */
export async function runMutants(
  mutants: readonly Mutant[],
  options: { readonly seedsMax: number; readonly workers: number; readonly onResult: (result: MutantResult) => void },
): Promise<MutantResult[]> {
  const results: MutantResult[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < mutants.length) {
      const place = next++;
      results[place] = await runMutant(mutants[place], options.seedsMax);
      options.onResult(results[place]);
    }
  };
  await Promise.all(Array.from({ length: options.workers }, work));
  return results;
}
