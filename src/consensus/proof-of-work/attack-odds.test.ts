import { describe, expect, test } from "vitest";

import { doubleSpendOdds, selfishRevenue, selfishThreshold } from "./attack-odds.ts";

describe("double-spend odds", () => {
  // Rosenfeld, "Analysis of hashrate-based double-spending" (arXiv 1402.2009), table 1, in per cent.
  test.each`
    share  | percents
    ${0.1} | ${[20, 5.6, 1.712, 0.546, 0.178, 0.059]}
    ${0.2} | ${[40, 20.8, 11.584, 6.669, 3.916, 2.331]}
    ${0.3} | ${[60, 43.2, 32.616, 25.207, 19.762, 15.645]}
  `("are those of Rosenfeld's table for a share of $share", ({ share, percents }) => {
    const found = (percents as number[]).map((_, i) =>
      Number((100 * doubleSpendOdds(Number(share), i + 1)).toFixed(3)),
    );
    expect(found).toEqual(percents);
  });

  test("after six confirmations are 0.00059, 0.0233 and 0.1564", () => {
    expect(doubleSpendOdds(0.1, 6)).toBeCloseTo(0.00059, 5);
    expect(doubleSpendOdds(0.2, 6)).toBeCloseTo(0.0233, 4);
    expect(doubleSpendOdds(0.3, 6)).toBeCloseTo(0.1564, 4);
  });

  test.each([
    [0.05, 3],
    [0.25, 8],
    [0.4, 12],
    [0.45, 2],
  ])("are those of the race itself, block by block, for %d and %d confirmations", (share, confirmations) => {
    expect(doubleSpendOdds(share, confirmations)).toBeCloseTo(raceOdds(share, confirmations), 9);
  });

  test("at their ends: no power, no confirmation, half of the power", () => {
    expect([
      doubleSpendOdds(0, 1),
      doubleSpendOdds(0.1, 0),
      doubleSpendOdds(0.5, 100),
      doubleSpendOdds(0.9, 6),
    ]).toEqual([0, 1, 1, 1]);
    expect(() => doubleSpendOdds(1.1, 6)).toThrow("share");
    expect(() => doubleSpendOdds(0.1, 0.5)).toThrow("confirmations");
  });
});

/** Follows the probabilities of (blocks of the others, lead of the attacker) until nothing is left to decide. */
function raceOdds(share: number, confirmations: number): number {
  // From so far behind nobody comes back: with 0.45 of the power, with probability (0.45 / 0.55)^150.
  const behind = 150;
  const width = behind + 100;
  const at = (found: number, lead: number): number => found * width + lead + behind;
  let chances = new Float64Array((confirmations + 1) * width);
  chances[at(0, 1)] = 1;
  let won = 0;
  for (let turn = 0; turn < 3_000; turn++) {
    const next = new Float64Array(chances.length);
    for (let others = 0; others <= confirmations; others++) {
      for (let lead = 1 - behind; lead < 99; lead++) {
        const chance = chances[at(others, lead)];
        if (chance === 0) continue;
        // Behind the last confirmation the blocks of the others no longer count.
        const found = Math.min(confirmations, others + 1);
        if (others === confirmations && lead + 1 > 0) won += chance * share;
        else next[at(others, lead + 1)] += chance * share;
        if (found === confirmations && lead - 1 > 0) won += chance * (1 - share);
        else next[at(found, lead - 1)] += chance * (1 - share);
      }
    }
    chances = next;
  }
  return won;
}

describe("selfish mining", () => {
  test("pays from a third of the power on when nobody follows, from a quarter when half do, always when all do", () => {
    expect([selfishThreshold(0), selfishThreshold(0.5), selfishThreshold(1)]).toEqual([1 / 3, 0.25, 0]);
    for (const gamma of [0, 0.25, 0.5, 0.75, 0.99]) {
      const share = selfishThreshold(gamma);
      expect(selfishRevenue(share, gamma)).toBeCloseTo(share, 12);
      expect(selfishRevenue(share + 0.01, gamma)).toBeGreaterThan(share + 0.01);
      expect(selfishRevenue(share - 0.001, gamma)).toBeLessThan(share - 0.001);
    }
  });

  test.each([
    [0.1, 0],
    [0.25, 0.5],
    [0.4, 0],
    [0.45, 1],
  ])("earns what the states of the paper earn in the long run, for %d and gamma %d", (share, gamma) => {
    expect(selfishRevenue(share, gamma)).toBeCloseTo(revenueOfStates(share, gamma), 9);
  });

  test("earns nothing without power, and its limits are checked", () => {
    expect(selfishRevenue(0, 1)).toBe(0);
    expect(() => selfishRevenue(0.5, 0)).toThrow("half");
    expect(() => selfishThreshold(2)).toThrow("gamma");
  });
});

/** The Markov chain of figure 1 of Eyal and Sirer: state k is a lead of k, and "race" two branches of one block. */
function revenueOfStates(share: number, gamma: number): number {
  const others = 1 - share;
  const leads = 300;
  let race = 0;
  let at = new Float64Array(leads);
  at[0] = 1;
  // Periods die out because the chain may stay in 0.
  for (let turn = 0; turn < 6_000; turn++) {
    const next = new Float64Array(leads);
    next[0] = others * at[0] + race + others * at[2];
    next[1] = share * at[0];
    for (let lead = 2; lead < leads - 1; lead++) next[lead] = share * at[lead - 1] + others * at[lead + 1];
    race = others * at[1];
    at = next;
  }
  let [own, rest] = [share * race * 2 + others * gamma * race, others * gamma * race + others * (1 - gamma) * race * 2];
  rest += others * at[0];
  own += others * at[2] * 2;
  for (let lead = 3; lead < leads; lead++) own += others * at[lead];
  return own / (own + rest);
}
