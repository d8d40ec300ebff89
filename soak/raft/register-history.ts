import { checkLinearizability } from "../../src/testing/linearizability/check-linearizability.ts";
import { describeVerdict } from "../../src/testing/linearizability/describe-verdict.ts";
import type { History } from "../../src/testing/linearizability/history.ts";
import type { Model } from "../../src/testing/linearizability/model.ts";
import type { RegisterInput, RegisterOutput, RegisterValue } from "../../src/testing/linearizability/register-model.ts";
import { REGISTER_MODEL } from "../../src/testing/linearizability/register-model.ts";
import { violated } from "../simulation/violation.ts";

/** A call of one of several registers. */
export type KeyedInput = RegisterInput & { readonly key: number };

/** Registers beside each other: each is checked by itself. */
const REGISTERS_MODEL: Model<RegisterValue, KeyedInput, RegisterOutput> = {
  ...REGISTER_MODEL,
  partitionOf: ({ key }) => String(key),
};

/** A history that is too hard to judge in this many steps counts as well: one call in thousands is worth no minute. */
const LIMITS = { stepsMax: 200_000, cacheWordsMax: 1 << 20 };

/** @throws {Violation} when no order of the calls explains what the clients were answered */
export function checkHistory(history: History<KeyedInput, RegisterOutput>): void {
  const verdict = checkLinearizability(REGISTERS_MODEL, history, LIMITS);
  if (verdict.kind === "not-linearizable") violated("linearizability", describeVerdict(REGISTERS_MODEL, verdict));
}
