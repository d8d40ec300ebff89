import type { Call, History } from "./history.ts";
import { ILLEGAL } from "./model.ts";
import type { Model } from "./model.ts";

/**
 * Checks a witness without a search: whether calls could have taken effect in this order.
 *
 * @param options.calls of which the order must have every call that returned before `until`.
 * @returns what is wrong, in words; undefined where nothing is.
 */
export function orderFault<State, Input, Output>(
  model: Model<State, Input, Output>,
  {
    calls,
    order,
    until,
  }: {
    readonly calls: History<Input, Output>;
    readonly order: readonly Call<Input, Output>[];
    readonly until: number;
  },
): string | undefined {
  const placed = new Set(order);
  if (placed.size !== order.length) return "a call stands in the order twice";
  if (!order.every((call) => calls.includes(call))) return "a call of the order is not in the history";
  const missing = calls.find((call) => call.returnedAt < until && !placed.has(call));
  if (missing !== undefined) return `${tell(model, missing)} is missing`;
  const states = new Map<string, State>();
  let calledAtMax = 0;
  for (const call of order) {
    const { input, output, calledAt, returnedAt } = call;
    if (returnedAt < calledAtMax) return `${tell(model, call)} had returned before a call that stands before it`;
    calledAtMax = Math.max(calledAtMax, calledAt);
    const part = model.partitionOf?.(input) ?? "";
    const next = model.step(states.get(part) ?? model.initial, input, output);
    if (next === ILLEGAL) return `${tell(model, call)} cannot have that answer there`;
    states.set(part, next);
  }
  return undefined;
}

function tell<State, Input, Output>(
  model: Model<State, Input, Output>,
  { process, input, output }: Call<Input, Output>,
): string {
  return `process ${process}: ${model.describeCall(input, output)}`;
}
