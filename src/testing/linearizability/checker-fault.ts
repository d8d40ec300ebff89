import type { Verdict } from "./check-linearizability.ts";
import type { History } from "./history.ts";
import type { Model } from "./model.ts";
import { naiveBlockedCall } from "./naive-check.ts";
import { orderFault } from "./order-fault.ts";
import { wholeObject } from "./whole-object.ts";

/**
 * Holds a verdict on a small history against the checker that tries all orders of the whole object: the verdict itself,
 * which call could not be placed, and the order that proves it.
 *
 * @returns what is wrong with the verdict, in words; undefined where nothing is.
 */
export function checkerFault<State, Input, Output>(
  model: Model<State, Input, Output>,
  history: History<Input, Output>,
  verdict: Verdict<State, Input, Output>,
): string | undefined {
  const blocked = naiveBlockedCall(wholeObject(model), history);
  if (blocked === undefined) {
    if (verdict.kind !== "linearizable") return `one of all orders fits, but the verdict is ${verdict.kind}`;
    return orderFault(model, { calls: history, order: verdict.order, until: Infinity });
  }
  if (verdict.kind !== "not-linearizable") return `none of all orders fits, but the verdict is ${verdict.kind}`;
  const { calls, order } = verdict.longest;
  if (verdict.longest.blocked !== blocked) return "another call is the first that fits into no order";
  return orderFault(model, { calls, order, until: blocked.returnedAt });
}
