import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { checkLinearizability } from "./check-linearizability.ts";
import { checkerFault } from "./checker-fault.ts";
import type { History } from "./history.ts";
import { KEY_VALUE_MODEL } from "./key-value-model.ts";
import type { Model } from "./model.ts";
import { MUTATED_REGISTER_HISTORY, MUTATED_STORE_HISTORY } from "./mutated-history.ts";
import { orderFault } from "./order-fault.ts";
import { REGISTER_MODEL } from "./register-model.ts";
import { SIMULATED_REGISTER, SIMULATED_STORE, simulatedHistories } from "./simulated-history.ts";
import { wholeObject } from "./whole-object.ts";

const RUNS = 2_500;
const LARGE = { callsMax: 120, ticksMax: 500, processes: 5 };

describe("a history that is linearizable by construction is found to be", () => {
  test("of a register", () => {
    expectOrders(REGISTER_MODEL, simulatedHistories(SIMULATED_REGISTER, LARGE));
  });

  test("of a key-value store in parts", () => {
    expectOrders(KEY_VALUE_MODEL, simulatedHistories(SIMULATED_STORE, LARGE));
  });
});

describe("the fast checker and the one that tries all orders agree, witness included", () => {
  test("on small histories of a register, changed or not", () => {
    expectAgreement(REGISTER_MODEL, MUTATED_REGISTER_HISTORY);
  });

  test("on small histories of a key-value store in parts", () => {
    expectAgreement(KEY_VALUE_MODEL, MUTATED_STORE_HISTORY);
  });

  test("on small histories of a key-value store as a whole", () => {
    expectAgreement(wholeObject(KEY_VALUE_MODEL), MUTATED_STORE_HISTORY);
  });

  test("where every state has the same hash", () => {
    expectAgreement({ ...REGISTER_MODEL, hash: () => 7 }, MUTATED_REGISTER_HISTORY);
  });
});

function expectOrders<State, Input, Output>(
  model: Model<State, Input, Output>,
  histories: fc.Arbitrary<History<Input, Output>>,
): void {
  let calledMax = 0;
  fc.assert(
    fc.property(histories, (calls) => {
      const verdict = checkLinearizability(model, calls);
      if (verdict.kind !== "linearizable") expect.fail(`expected an order, found ${verdict.kind}`);
      expect(orderFault(model, { calls, order: verdict.order, until: Infinity })).toBeUndefined();
      calledMax = Math.max(calledMax, calls.length);
    }),
    { numRuns: 100 },
  );
  // Sets of calls are then some words long.
  expect(calledMax).toBeGreaterThan(100);
}

function expectAgreement<State, Input, Output>(
  model: Model<State, Input, Output>,
  histories: fc.Arbitrary<History<Input, Output>>,
): void {
  const seen = { linearizable: 0, "not-linearizable": 0, unknown: 0 };
  fc.assert(
    fc.property(histories, (history) => {
      const verdict = checkLinearizability(model, history);
      expect(checkerFault(model, history, verdict)).toBeUndefined();
      seen[verdict.kind]++;
    }),
    { numRuns: RUNS },
  );
  // Agreement on one verdict alone would show little.
  expect(seen.linearizable).toBeGreaterThan(RUNS / 5);
  expect(seen["not-linearizable"]).toBeGreaterThan(RUNS / 5);
}
