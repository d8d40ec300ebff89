import type { Nanos } from "../../core/units.ts";
import { NS_PER_HOUR, NS_PER_MILLISECOND, NS_PER_SECOND } from "../../core/units.ts";

/** How patient the execution is. */
export interface ExecutionPolicy {
  /**
   * How long a venue has to answer before an order's fate counts as unknown and the venue is asked. Each further question
   * is given twice as long, up to the second.
   */
  readonly answerNs: Nanos;
  readonly queryNsMax: Nanos;
  /** How long a message may be on its way at the most: an order that a venue does not know after that never arrived. */
  readonly arrivalNs: Nanos;
  /** Queries without an answer after which somebody is told. The order is queried on nevertheless. */
  readonly queriesUntilAlarm: number;
  /** How often an order is tried at all where the venue refuses it and says that it may be tried again. */
  readonly attemptsMax: number;
  readonly retryPauseNs: Nanos;
  /**
   * From how long ago on a venue is asked for fills. Orders that are done are remembered for twice as long, so that every
   * fill which may be told again finds its order.
   */
  readonly fillsNs: Nanos;
  /** Refusals and lost orders in a row after which a venue leaves the route, and for how long. */
  readonly failuresMax: number;
  readonly exclusionNs: Nanos;
}

export const DEFAULT_EXECUTION_POLICY: ExecutionPolicy = {
  answerNs: NS_PER_SECOND,
  queryNsMax: 30 * NS_PER_SECOND,
  arrivalNs: 5 * NS_PER_SECOND,
  queriesUntilAlarm: 5,
  attemptsMax: 3,
  retryPauseNs: 200 * NS_PER_MILLISECOND,
  fillsNs: NS_PER_HOUR,
  failuresMax: 5,
  exclusionNs: 60 * NS_PER_SECOND,
};
