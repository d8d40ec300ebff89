import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { ExitCode, UserError } from "../core/errors.ts";
import { ProgressBar } from "./progress.ts";
import { createTerminal, seconds } from "./terminal.ts";

export interface SoakCommandOptions {
  readonly protocol?: string | undefined;
  readonly seed?: number | undefined;
  readonly seeds?: number | undefined;
  readonly minutes?: number | undefined;
  readonly replicas?: number | undefined;
  readonly clients?: number | undefined;
  readonly seconds?: number | undefined;
  /** Places in the list of a seed's faults, or `none`. */
  readonly faults?: string | undefined;
  readonly minimize?: boolean | undefined;
  readonly mutants?: boolean | undefined;
  readonly only?: string | undefined;
  readonly workers?: number | undefined;
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
}

type OnProgress = (share: number, text: string) => void;

type SuiteOptions = Readonly<Record<string, unknown>> & { readonly onProgress: OnProgress };

/** The part of soak/suite.ts that this command needs. */
interface SoakSuite {
  readonly PROTOCOLS: readonly string[];
  soak(options: SuiteOptions): Promise<readonly { readonly lives: number; readonly failure: unknown }[]>;
  soakMutants(options: SuiteOptions): Promise<readonly { readonly failure: unknown }[]>;
  resultText(result: unknown): string;
  mutantTable(results: readonly unknown[]): string;
}

const SEEDS = 500;
const MUTANT_SEEDS = 2_000;

/** `tradeswarm soak` @returns the exit code */
export async function soakCommand(options: SoakCommandOptions): Promise<number> {
  const suite = await loadSuite();
  const protocols = protocolsOf(options, suite.PROTOCOLS);
  const terminal = createTerminal({ quiet: options.quiet });
  const bar = new ProgressBar({ isQuiet: terminal.isQuiet });
  const onProgress: OnProgress = (share, text) => bar.update(share, text);
  const workers = options.workers ?? availableParallelism();
  const startMs = performance.now();
  if (options.mutants === true) {
    const seedsMax = options.seeds ?? MUTANT_SEEDS;
    const results = await suite.soakMutants({ only: options.only, protocols, seedsMax, workers, onProgress });
    bar.clear();
    if (options.json === true) terminal.outJson(results);
    else terminal.out(suite.mutantTable(results));
    return results.every(({ failure }) => failure !== undefined) ? ExitCode.ok : ExitCode.failed;
  }
  const results = await suite.soak({
    protocols,
    firstSeed: options.seed ?? 1,
    seeds: seedsOf(options),
    minutes: options.minutes ?? Infinity,
    limits: limitsOf(options),
    workers,
    isMinimized: options.minimize === true,
    onProgress,
  });
  bar.clear();
  if (options.json === true) terminal.outJson(results);
  else for (const result of results) terminal.out(suite.resultText(result));
  const lives = results.reduce((sum, result) => sum + result.lives, 0);
  const ms = performance.now() - startMs;
  terminal.say(`${lives} lives in ${seconds(ms)}, ${((1000 * lives) / ms).toFixed(1)} a second on ${workers} workers`);
  return results.every(({ failure }) => failure === undefined) ? ExitCode.ok : ExitCode.failed;
}

async function loadSuite(): Promise<SoakSuite> {
  // The lives, their checkers and the planted bugs are no part of the published package.
  const suiteUrl = new URL("../../soak/suite.ts", import.meta.url);
  if (!existsSync(suiteUrl)) throw new UserError("soak runs in a checkout of tradeswarm: it tests the program itself");
  return (await import(suiteUrl.href)) as SoakSuite;
}

function protocolsOf({ protocol, seed }: SoakCommandOptions, known: readonly string[]): readonly string[] {
  if (protocol !== undefined && !known.includes(protocol)) {
    throw new UserError(`--protocol: expected one of ${known.join(", ")}, found ${protocol}`);
  }
  if (protocol === undefined && seed !== undefined) {
    throw new UserError("--seed: a seed means another life for each protocol, so it needs --protocol");
  }
  return protocol === undefined ? known : [protocol];
}

function seedsOf({ seed, seeds, minutes }: SoakCommandOptions): number {
  if (seeds !== undefined) return seeds;
  if (minutes !== undefined) return Infinity;
  return seed === undefined ? SEEDS : 1;
}

function limitsOf({ replicas, clients, seconds: untilSeconds, faults }: SoakCommandOptions): object {
  return {
    ...(replicas === undefined ? {} : { replicas }),
    ...(clients === undefined ? {} : { clients }),
    ...(untilSeconds === undefined ? {} : { seconds: untilSeconds }),
    ...(faults === undefined ? {} : { faults: faultPlaces(faults) }),
  };
}

function faultPlaces(text: string): number[] {
  if (text === "none") return [];
  const places = text.split(",").map(Number);
  if (places.every((place) => Number.isSafeInteger(place) && place >= 0)) return places;
  throw new UserError(`--faults: expected places in the list of faults, such as 0,4,17, or none, found ${text}`);
}
