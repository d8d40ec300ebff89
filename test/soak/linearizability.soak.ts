import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { checkLinearizability } from "../../src/testing/linearizability/check-linearizability.ts";
import { checkerFault } from "../../src/testing/linearizability/checker-fault.ts";
import type { History } from "../../src/testing/linearizability/history.ts";
import { KEY_VALUE_MODEL } from "../../src/testing/linearizability/key-value-model.ts";
import type { Model } from "../../src/testing/linearizability/model.ts";
import { MUTATED_REGISTER_HISTORY, MUTATED_STORE_HISTORY } from "../../src/testing/linearizability/mutated-history.ts";
import { REGISTER_MODEL } from "../../src/testing/linearizability/register-model.ts";
import { soakSettings } from "./soak-settings.ts";

/**
 * The linearizability checker against the one that tries all orders, a test per seed and object; about a million small
 * histories unless the environment says otherwise (soak-settings.ts; a history counts as a command):
 *
 *     TRADESWARM_SOAK_SEEDS=100 npx vitest run --mode soak test/soak/linearizability.soak.ts
 */
const { seeds, commands, profiles } = soakSettings({
  seeds: 20,
  commands: 25_000,
  profiles: [
    { name: "register", run: (seed: number) => expectAgreement(REGISTER_MODEL, MUTATED_REGISTER_HISTORY, seed) },
    { name: "store", run: (seed: number) => expectAgreement(KEY_VALUE_MODEL, MUTATED_STORE_HISTORY, seed) },
  ],
});

for (const seed of seeds) {
  describe(`both checkers agree, seed ${seed}, ${commands} histories`, () => {
    test.each(profiles)("$name", ({ run }) => run(seed));
  });
}

function expectAgreement<State, Input, Output>(
  model: Model<State, Input, Output>,
  histories: fc.Arbitrary<History<Input, Output>>,
  seed: number,
): void {
  fc.assert(
    fc.property(histories, (history) => {
      expect(checkerFault(model, history, checkLinearizability(model, history))).toBeUndefined();
    }),
    { numRuns: commands, seed },
  );
}
