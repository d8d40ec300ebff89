import type { Call } from "./history.ts";

/**
 * One order of all calls from an order of each part of an object. Each call takes effect as early as its own part lets
 * it: when it was made, or with the call before it. That lies before its return, since otherwise a later call of its
 * part would stand before it; so calls of different parts are in real-time order, too.
 */
export function mergeOrders<Input, Output>(
  orders: readonly (readonly Call<Input, Output>[])[],
): readonly Call<Input, Output>[] {
  const placed = orders.flatMap((order) => {
    let effectAt = 0;
    return order.map((call) => {
      effectAt = Math.max(effectAt, call.calledAt);
      return { call, effectAt };
    });
  });
  // Calls share a time only within a part, and sorting leaves these in their order.
  return placed.toSorted((a, b) => a.effectAt - b.effectAt).map(({ call }) => call);
}
