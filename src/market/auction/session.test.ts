import { expect, test } from "vitest";

import { PHASE_NAMES } from "../../model/phase.ts";
import type { Session } from "./session.ts";
import { CONTINUOUS_SESSION, plannedPhase } from "./session.ts";

/** `0 auction, 10 continuous, …`: every phase and when it begins. */
function planOf(session: Session): string {
  const phases: string[] = [];
  for (let nowNs = 0; nowNs < Infinity && phases.length < 12;) {
    const { phase, untilNs } = plannedPhase(session, nowNs);
    expect(untilNs).toBeGreaterThan(nowNs);
    phases.push(`${nowNs} ${PHASE_NAMES[phase]}`);
    nowNs = untilNs;
  }
  return phases.join(", ");
}

test.each<[session: Partial<Session>, plan: string]>([
  [{}, "0 continuous"],
  [{ openingNs: 10 }, "0 auction, 10 continuous"],
  [{ openingNs: 10, closingNs: 20, endNs: 100 }, "0 auction, 10 continuous, 80 auction, 100 closed"],
  [{ closingNs: 20, endNs: 100 }, "0 continuous, 80 auction, 100 closed"],
  [{ windowNs: 40, endNs: 100 }, "0 auction, 40 auction, 80 auction, 100 closed"],
  [
    { openingNs: 10, windowNs: 30, closingNs: 20, endNs: 100 },
    "0 auction, 10 auction, 40 auction, 70 auction, 80 auction, 100 closed",
  ],
  [{ openingNs: 10, windowNs: 30, endNs: 70 }, "0 auction, 10 auction, 40 auction, 70 closed"],
])("%o is planned as %s", (session, plan) => {
  expect(planOf({ ...CONTINUOUS_SESSION, ...session })).toBe(plan);
});

test("within a phase the plan says the same as at its beginning", () => {
  const session = { openingNs: 10, windowNs: 30, closingNs: 20, endNs: 100 };
  for (const [nowNs, untilNs] of [
    [0, 10],
    [9, 10],
    [10, 40],
    [39.5, 40],
    [41, 70],
    [79, 80],
    [99, 100],
    [5_000, Infinity],
  ]) {
    expect(plannedPhase(session, nowNs).untilNs).toBe(untilNs);
  }
});
