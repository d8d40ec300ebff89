import type { Nanos } from "../core/units.ts";

/** When the calls of an instrument end, and when their orders are revealed. All of it is public. */
export interface CommitSchedule {
  /** How long the opening call is; 0 for none. */
  readonly openingNs: Nanos;
  /** How long each batch is. */
  readonly windowNs: Nanos;
  /** When the closing call begins, and when it ends and trading with it. */
  readonly closingStartsNs: Nanos;
  readonly endNs: Nanos;
  /** How long before its end a call takes reveals, and no commits any more. */
  readonly revealNs: Nanos;
  /** Commits that an owner may have in one call. */
  readonly commitsMax: number;
}

/** The call that is going on at a time, as it is planned. */
export interface CommitWindows {
  /** Commits are taken before this time, reveals from it on. */
  readonly revealsNs: Nanos;
  /** All orders trade, and what is not revealed is forfeited. */
  readonly endNs: Nanos;
}

/** @returns undefined when trading is over */
export function commitWindowsAt(schedule: CommitSchedule, nowNs: Nanos): CommitWindows | undefined {
  const { openingNs, windowNs, closingStartsNs, endNs, revealNs } = schedule;
  if (nowNs >= endNs) return undefined;
  const call = (callEndNs: Nanos): CommitWindows => ({ revealsNs: callEndNs - revealNs, endNs: callEndNs });
  if (nowNs < openingNs) return call(openingNs);
  if (nowNs >= closingStartsNs) return call(endNs);
  const batches = Math.floor((nowNs - openingNs) / windowNs);
  return call(Math.min(openingNs + (batches + 1) * windowNs, closingStartsNs));
}
