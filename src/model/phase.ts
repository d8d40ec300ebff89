import type { Nanos } from "../core/units.ts";
import { EVERY_INSTRUMENT } from "./command.ts";
import { RecordKind } from "./record.ts";

/**
 * What an instrument does with orders now (docs/auctions.md):
 *
 * - `continuous`: an order trades as it comes;
 * - `auction`, a call: orders gather and nothing trades, until all of them trade at one price when the call ends;
 * - `halted`: no new orders and no changes, but cancels; a call that was going on stays as it is;
 * - `closed`: the same, for good; a call that was going on has ended.
 */
export const TradingPhase = { continuous: 0, auction: 1, halted: 2, closed: 3 } as const;
export type TradingPhase = (typeof TradingPhase)[keyof typeof TradingPhase];
export type TradingPhaseName = keyof typeof TradingPhase;

/** The phases' names, by their numbers. */
export const PHASE_NAMES: readonly TradingPhaseName[] = ["continuous", "auction", "halted", "closed"];

/** `setPhase`, a command of the venue itself. `untilNs`, a float64, is when the phase shall end; 0 where nobody knows. */
export const SetPhaseWord = {
  kind: 0,
  instrument: 1,
  phase: 3,
  /** Why: a code of the registry in reason.ts. */
  reason: 9,
  untilNs: 10,
} as const;

/** An instrument's next phase. It is set even where it is the one that holds: one call ends then, and another begins. */
export interface SetPhase {
  /** Every instrument of the venue when it is left out. */
  readonly instrument?: number;
  readonly phase: TradingPhase;
  readonly reason?: number;
  readonly untilNs?: Nanos;
}

export function writeSetPhase(words: Int32Array, doubles: Float64Array, at: number, command: SetPhase): void {
  words.fill(0, at, at + 16);
  words[at + SetPhaseWord.kind] = RecordKind.setPhase;
  words[at + SetPhaseWord.instrument] = command.instrument ?? EVERY_INSTRUMENT;
  words[at + SetPhaseWord.phase] = command.phase;
  words[at + SetPhaseWord.reason] = command.reason ?? 0;
  doubles[(at + SetPhaseWord.untilNs) >> 1] = command.untilNs ?? 0;
}

/**
 * `phaseChanged`, a report: the phase that an instrument has entered, and what the call that ended with it came to. The
 * call's trades follow. `volumeLots`, `surplusLots` and `untilNs` are float64.
 */
export const PhaseChangedWord = {
  kind: 0,
  instrument: 1,
  phase: 3,
  previous: 4,
  /** The price of all trades of the call; 0 where none ended, or none of its orders could trade. */
  priceTicks: 5,
  volumeLots: 6,
  /** What was left at that price: bought (above 0) or sold (below 0) in excess. */
  surplusLots: 8,
  untilNs: 10,
  reason: 12,
  /** Calls that have ended so far, this one included. */
  auctions: 13,
} as const;
