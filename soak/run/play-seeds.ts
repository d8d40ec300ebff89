import type { LifeReport, Limits, Subject } from "../life.ts";
import type { Failure } from "./failure.ts";
import { failureOf } from "./failure.ts";

/** Seeds that one worker plays in a row. */
export interface SeedRange {
  readonly first: number;
  readonly count: number;
}

/** What came of a range of seeds: it ends with the first failure. */
export interface RangeResult extends SeedRange {
  readonly lives: number;
  readonly durationNs: number;
  readonly events: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly failure: Failure | undefined;
}

export function playSeeds(subject: Subject, { first, count }: SeedRange, limits: Limits): RangeResult {
  const reports: LifeReport[] = [];
  let failure: Failure | undefined;
  for (let seed = first; seed < first + count && failure === undefined; seed++) {
    const played = playSeed(subject, seed, limits);
    if ("property" in played) failure = played;
    else reports.push(played);
  }
  return { first, count, ...sumOf(reports), failure };
}

export function playSeed(subject: Subject, seed: number, limits: Limits): LifeReport | Failure {
  const life = subject.draw(seed, limits);
  try {
    return life.play();
  } catch (error) {
    return failureOf(subject, seed, limits, life, error);
  }
}

type Sum = Pick<RangeResult, "lives" | "durationNs" | "events" | "counts">;

function sumOf(reports: readonly LifeReport[]): Sum {
  return reports.reduce<Sum>(
    (sum, { durationNs, events, counts }) => addSums(sum, { lives: 1, durationNs, events, counts }),
    {
      lives: 0,
      durationNs: 0,
      events: 0,
      counts: {},
    },
  );
}

export function addSums(a: Sum, b: Sum): Sum {
  const counts: Record<string, number> = { ...a.counts };
  for (const [name, count] of Object.entries(b.counts)) counts[name] = (counts[name] ?? 0) + count;
  return { lives: a.lives + b.lives, durationNs: a.durationNs + b.durationNs, events: a.events + b.events, counts };
}
