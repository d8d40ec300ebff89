import type { LongestPrefix, Verdict } from "./check-linearizability.ts";
import type { Call } from "./history.ts";
import type { Model } from "./model.ts";

/** How many of the calls in order, and of those under way, are told. */
const CALLS_TOLD_MAX = 10;

/** The verdict and its witness in words: what could be put in order, and which call could not. */
export function describeVerdict<State, Input, Output>(
  model: Model<State, Input, Output>,
  verdict: Verdict<State, Input, Output>,
): string {
  const steps = `${verdict.steps} ${verdict.steps === 1 ? "step" : "steps"}`;
  if (verdict.kind === "linearizable") {
    return [`linearizable, found in ${steps}, in this order:`, ...lastOf(model, verdict.order)].join("\n");
  }
  const lines = verdict.longest === undefined ? [] : prefixLines(model, verdict.longest);
  if (verdict.kind === "not-linearizable") return [`not linearizable, found in ${steps}`, ...lines].join("\n");
  const limit = verdict.limit === "stepsMax" ? "number of steps" : "memory";
  const soFar = lines.length === 0 ? ", before any obstacle" : "; so far";
  return [`unknown: the limit on the ${limit} was hit after ${steps}${soFar}`, ...lines].join("\n");
}

function prefixLines<State, Input, Output>(
  model: Model<State, Input, Output>,
  { partition, calls, order, state, blocked }: LongestPrefix<State, Input, Output>,
): string[] {
  const placed = new Set(order);
  const underWay = calls.filter((call) => call !== blocked && !placed.has(call) && call.calledAt < blocked.returnedAt);
  return [
    `no place was found for ${tell(model, blocked)}${partition === "" ? "" : `, in part ${JSON.stringify(partition)}`}`,
    order.length === 0
      ? "no call comes before it"
      : `${order.length} of the calls before its return ${order.length === 1 ? "fits" : "fit"} in order:`,
    ...lastOf(model, order),
    `the state is then ${model.describeState(state)}`,
    ...(underWay.length === 0 ? [] : ["also under way at its return, but not in that order:"]),
    ...lastOf(model, underWay),
  ];
}

function lastOf<State, Input, Output>(
  model: Model<State, Input, Output>,
  calls: readonly Call<Input, Output>[],
): string[] {
  const told = calls.slice(-CALLS_TOLD_MAX).map((call) => `  ${tell(model, call)}`);
  return calls.length > told.length ? [`  … ${calls.length - told.length} calls before these`, ...told] : told;
}

function tell<State, Input, Output>(
  model: Model<State, Input, Output>,
  { process, input, output, calledAt, returnedAt }: Call<Input, Output>,
): string {
  const span = returnedAt === Infinity ? `events ${calledAt} and on` : `events ${calledAt} to ${returnedAt}`;
  return `process ${process}: ${model.describeCall(input, output)} (${span})`;
}
