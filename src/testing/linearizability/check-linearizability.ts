import { assertWellFormed } from "./history.ts";
import type { Call, History } from "./history.ts";
import { mergeOrders } from "./merge-orders.ts";
import type { Model } from "./model.ts";
import { searchOrders } from "./search-orders.ts";
import type { FurthestOrder, SearchLimits } from "./search-orders.ts";

/** 64 MiB of configurations, and some seconds. */
export const DEFAULT_LIMITS: SearchLimits = { stepsMax: 20_000_000, cacheWordsMax: 1 << 24 };

/** What each part gets first: all but the hardest need less. */
const FIRST_EFFORT_STEPS = 1 << 16;
/** Effort that was too little is lost, so it grows fast. */
const EFFORT_GROWTH = 8;

interface Partition<Input, Output> {
  readonly name: string;
  readonly calls: History<Input, Output>;
}

/** How far the calls of one part of an object could be put in order. */
export interface LongestPrefix<State, Input, Output> {
  /** The part's name as the model gives it; empty where the model has no parts. */
  readonly partition: string;
  /** All calls of the part, of which the others are some. */
  readonly calls: History<Input, Output>;
  /** Every call that returned before `blocked` did, and perhaps some that were under way then, in order. */
  readonly order: readonly Call<Input, Output>[];
  /** The state behind that order. */
  readonly state: State;
  /** The first call, by its return, that fits into no order of the calls made until then. */
  readonly blocked: Call<Input, Output>;
}

/** Why a search ended without a verdict. */
interface GaveUp<State, Input, Output> {
  readonly limit: keyof SearchLimits;
  /** How far the search had come; undefined where it had met no obstacle yet. */
  readonly longest: LongestPrefix<State, Input, Output> | undefined;
}

export type Verdict<State, Input, Output> = { readonly steps: number } & (
  | {
      readonly kind: "linearizable";
      /** Every call that returned, and those of unknown outcome that take effect in it. */
      readonly order: readonly Call<Input, Output>[];
    }
  | { readonly kind: "not-linearizable"; readonly longest: LongestPrefix<State, Input, Output> }
  | ({ readonly kind: "unknown" } & GaveUp<State, Input, Output>)
);

/**
 * Decides whether a concurrent history could come from an object that takes its calls one at a time, each between the
 * call and its return (Herlihy and Wing 1990).
 *
 * One part of the object that fails decides. So all parts get a little effort first and those that are left more, lest
 * a hard part hide an easy one. Of the parts that fail with the same effort, the verdict shows the one that fails
 * earliest in the history. The limit on steps is that of the whole check, the one on memory of a part at a time.
 *
 * @throws {InvariantError} when the history is not well formed
 */
export function checkLinearizability<State, Input, Output>(
  model: Model<State, Input, Output>,
  history: History<Input, Output>,
  limits: SearchLimits = DEFAULT_LIMITS,
): Verdict<State, Input, Output> {
  assertWellFormed(history);
  const orders: (readonly Call<Input, Output>[])[] = [];
  let undecided = partitionsOf(model, history);
  let failed: LongestPrefix<State, Input, Output> | undefined;
  let gaveUp: GaveUp<State, Input, Output> | undefined;
  let steps = 0;
  for (let effort = FIRST_EFFORT_STEPS; undecided.length > 0 && failed === undefined; effort *= EFFORT_GROWTH) {
    const left: Partition<Input, Output>[] = [];
    const stepsEach = undecided.length === 1 ? limits.stepsMax : effort;
    for (const part of undecided) {
      const stepsMax = Math.min(stepsEach, limits.stepsMax - steps);
      // Once a part has failed, the others matter only where they fail earlier.
      const until: number = failed?.blocked.returnedAt ?? Infinity;
      const result = searchOrders(model, part.calls, { stepsMax, cacheWordsMax: limits.cacheWordsMax, until });
      steps += result.steps;
      if (result.kind === "found") orders.push(result.found.order.map((call) => part.calls[call]));
      else if (result.kind === "none") failed = prefixOf(part, result.furthest);
      else if (result.limit === "stepsMax" && steps < limits.stepsMax) left.push(part);
      else gaveUp ??= { limit: result.limit, longest: result.furthest && prefixOf(part, result.furthest) };
    }
    undecided = left;
  }
  if (failed !== undefined) return { kind: "not-linearizable", longest: failed, steps };
  if (gaveUp !== undefined) return { kind: "unknown", ...gaveUp, steps };
  return { kind: "linearizable", order: mergeOrders(orders), steps };
}

/** The calls of each part of the object, parts in the order in which they were first called. */
function partitionsOf<State, Input, Output>(
  model: Model<State, Input, Output>,
  history: History<Input, Output>,
): Partition<Input, Output>[] {
  const parts = Map.groupBy(history, ({ input }) => model.partitionOf?.(input) ?? "");
  return Array.from(parts, ([name, calls]) => ({ name, calls }));
}

function prefixOf<State, Input, Output>(
  { name, calls }: Partition<Input, Output>,
  { order, state, blocked }: FurthestOrder<State>,
): LongestPrefix<State, Input, Output> {
  return { partition: name, calls, order: order.map((call) => calls[call]), state, blocked: calls[blocked] };
}
