import { assert } from "../../core/assert.ts";
import type { Call, History } from "./history.ts";
import { ILLEGAL } from "./model.ts";
import type { Model } from "./model.ts";

/** Eight calls have 40,320 orders, and as many again for those that leave out calls of unknown outcome. */
export const NAIVE_CALLS_MAX = 8;

/**
 * The same question as `checkLinearizability`, answered by trying all orders with nothing remembered and no parts: slow
 * and easy to read.
 *
 * @returns the first call, by its return, that fits into no order of the calls made until then; undefined where the
 * history is linearizable.
 */
export function naiveBlockedCall<State, Input, Output>(
  model: Model<State, Input, Output>,
  history: History<Input, Output>,
): Call<Input, Output> | undefined {
  assert(history.length <= NAIVE_CALLS_MAX, "the naive checker is for small histories");
  return history
    .filter(({ returnedAt }) => returnedAt !== Infinity)
    .toSorted((a, b) => a.returnedAt - b.returnedAt)
    .find(({ returnedAt }) => !hasOrder(model, history, returnedAt));
}

/** Whether all calls that returned until then, with any others that were made until then, have an order. */
function hasOrder<State, Input, Output>(
  model: Model<State, Input, Output>,
  history: History<Input, Output>,
  until: number,
): boolean {
  const canGoOn = (state: State, placed: readonly Call<Input, Output>[]): boolean => {
    if (history.every((call) => call.returnedAt > until || placed.includes(call))) return true;
    return history.some((call) => {
      if (placed.includes(call) || call.calledAt > until) return false;
      if (placed.some(({ calledAt }) => call.returnedAt < calledAt)) return false;
      const next = model.step(state, call.input, call.output);
      return next !== ILLEGAL && canGoOn(next, [...placed, call]);
    });
  };
  return canGoOn(model.initial, []);
}
