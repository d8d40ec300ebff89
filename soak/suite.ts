import { UserError } from "../src/core/errors.ts";
import type { Limits } from "./life.ts";
import { MUTANTS } from "./mutants/mutants.ts";
import type { Failure } from "./run/failure.ts";
import type { MutantResult } from "./run/mutant-run.ts";
import { runMutants } from "./run/mutant-run.ts";
import type { SoakResult } from "./run/soak-run.ts";
import { runSoak } from "./run/soak-run.ts";
import { SoakWorker } from "./run/soak-worker.ts";
import { failureText, mutantTable, resultText } from "./run/soak-text.ts";
import { SUBJECTS } from "./subjects.ts";

export interface SoakOptions {
  readonly protocols: readonly string[];
  readonly firstSeed: number;
  /** Of each protocol; Infinity where time ends the run. */
  readonly seeds: number;
  readonly minutes: number;
  readonly limits: Limits;
  readonly workers: number;
  readonly isMinimized: boolean;
  /** Told what is happening: how far it is, and a line in words. */
  readonly onProgress: (share: number, text: string) => void;
}

/** Plays lives of each protocol in turn. */
export async function soak(options: SoakOptions): Promise<SoakResult[]> {
  const { protocols, seeds, minutes, onProgress } = options;
  const results: SoakResult[] = [];
  for (const [place, protocol] of protocols.entries()) {
    const startMs = performance.now();
    const endMs = startMs + (minutes * 60_000) / protocols.length;
    const shareOf = ({ lives }: SoakResult): number =>
      Number.isFinite(seeds) ? lives / seeds : (performance.now() - startMs) / (endMs - startMs);
    const result = await runSoak({
      ...options,
      protocol,
      mayGoOn: () => performance.now() < endMs,
      onProgress: (sofar) =>
        onProgress((place + shareOf(sofar)) / protocols.length, `${protocol}: ${sofar.lives} lives`),
    });
    results.push(await minimized(result, options));
  }
  return results;
}

async function minimized(result: SoakResult, { isMinimized, onProgress }: SoakOptions): Promise<SoakResult> {
  if (!isMinimized || result.failure === undefined) return result;
  const worker = new SoakWorker();
  try {
    const answer = await worker.ask({ kind: "minimize", failure: result.failure }, (smaller) => {
      if (smaller.kind === "smaller") onProgress(1, `smaller: ${sizeText(smaller.failure)}`);
    });
    return answer.kind === "minimized" ? { ...result, failure: answer.failure } : result;
  } finally {
    await worker.end();
  }
}

function sizeText({ size, faults }: Failure): string {
  return `${size.replicas} replicas, ${size.clients} clients, ${size.seconds} s, ${faults.length} faults`;
}

export interface MutantOptions {
  /** All of them, where nothing is said. */
  readonly only: string | undefined;
  readonly protocols: readonly string[];
  readonly seedsMax: number;
  readonly workers: number;
  readonly onProgress: (share: number, text: string) => void;
}

/**
 * Plants the bugs of the catalogue one by one, and looks for each.
 * @throws {UserError} when none has that name
 */
export async function soakMutants(options: MutantOptions): Promise<MutantResult[]> {
  const { only, protocols, onProgress } = options;
  const chosen = MUTANTS.filter(
    ({ name, foundBy }) =>
      (only === undefined || name === only) && foundBy.some((protocol) => protocols.includes(protocol)),
  );
  if (chosen.length === 0) throw new UserError(`--only: no planted bug is called "${only}"`, { problems: namesOf() });
  let done = 0;
  return runMutants(chosen, {
    ...options,
    onResult: ({ mutant, failure }) => {
      const found = failure === undefined ? "not found" : `seed ${failure.seed}`;
      onProgress(++done / chosen.length, `${mutant.name}: ${found}`);
    },
  });
}

function namesOf(): { path: string; message: string }[] {
  return MUTANTS.map(({ name }) => ({ path: "", message: name }));
}

export const PROTOCOLS: readonly string[] = SUBJECTS.map(({ name }) => name);
export { failureText, mutantTable, resultText };
