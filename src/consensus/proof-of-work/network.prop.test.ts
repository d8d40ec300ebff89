import { expect, test } from "vitest";

import { mineUnderFaults } from "../../testing/mining-life.ts";

const SEEDS = 12;

test("after loss, cuts and crashes all nodes come to the heaviest chain, and to the state that its blocks make", () => {
  const total = { reorganisations: 0, crashes: 0, cuts: 0, behind: 0, payments: 0 };
  for (let seed = 1; seed <= SEEDS; seed++) {
    const seen = mineUnderFaults(seed);
    for (const what of ["reorganisations", "crashes", "cuts", "behind", "payments"] as const) total[what] += seen[what];
  }
  // All of it has happened.
  for (const [what, times] of Object.entries(total)) expect([what, times >= SEEDS]).toEqual([what, true]);
});
