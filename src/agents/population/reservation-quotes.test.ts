import { describe, expect, test } from "vitest";

import { RandomStream } from "../../core/random.ts";
import { reservationQuotes } from "./reservation-quotes.ts";

describe("the quotes of Avellaneda and Stoikov", () => {
  const state = { mid: 100, inventory: 0, riskAversion: 0.1, variance: 4, fillDecay: 1.5 };

  test("flat: symmetric, gamma sigma^2 T + (2 / gamma) ln(1 + gamma / k) apart", () => {
    const { bid, ask } = reservationQuotes(state);
    expect((bid + ask) / 2).toBe(100);
    expect(ask - bid).toBeCloseTo(0.4 + 20 * Math.log(1 + 0.1 / 1.5), 12);
  });

  test.each([3, -3])("holding %d: both lean away from it by gamma sigma^2 T each, equally wide", (inventory) => {
    const flat = reservationQuotes(state);
    const held = reservationQuotes({ ...state, inventory });
    expect(held.bid - flat.bid).toBeCloseTo(-0.4 * inventory, 12);
    expect(held.ask - flat.ask).toBeCloseTo(-0.4 * inventory, 12);
  });

  test("without risk aversion: 2 / k apart, as in the limit", () => {
    const neutral = reservationQuotes({ ...state, riskAversion: 0, inventory: 5 });
    expect(neutral.ask - neutral.bid).toBeCloseTo(2 / 1.5, 12);
    const almost = reservationQuotes({ ...state, riskAversion: 1e-9, inventory: 5 });
    expect(almost.bid).toBeCloseTo(neutral.bid, 6);
  });

  /**
   * The experiment of section 3.3 of the paper: s 100, T 1, sigma 2, dt .005, k 1.5, A 140, gamma .1. Over 20,000 paths
   * the reference is spread 1.49, profit 64.9 with deviation 6.5, and a final inventory with deviation 2.9.
   */
  test("earn what the paper's simulation earns", () => {
    const paths = 4_000;
    const steps = 200;
    const dt = 1 / steps;
    const stream = RandomStream.named(1, "avellaneda-stoikov", "paths");
    const profits: number[] = [];
    const inventories: number[] = [];
    let spreads = 0;
    for (let path = 0; path < paths; path++) {
      let mid = 100;
      let inventory = 0;
      let cash = 0;
      for (let step = 0; step < steps; step++) {
        const variance = 4 * (1 - step * dt);
        const { bid, ask } = reservationQuotes({ ...state, mid, inventory, variance });
        spreads += ask - bid;
        const buys = stream.chance(140 * Math.exp(-1.5 * (mid - bid)) * dt);
        const sells = stream.chance(140 * Math.exp(-1.5 * (ask - mid)) * dt);
        cash += (sells ? ask : 0) - (buys ? bid : 0);
        inventory += Number(buys) - Number(sells);
        mid += (stream.chance(0.5) ? 2 : -2) * Math.sqrt(dt);
      }
      profits.push(cash + inventory * mid);
      inventories.push(inventory);
    }
    const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
    const deviation = (values: readonly number[]): number => {
      const centre = mean(values);
      return Math.sqrt(mean(values.map((x) => (x - centre) ** 2)));
    };
    expect(spreads / (paths * steps)).toBeCloseTo(1.49, 2);
    // Five standard errors of 4,000 paths, and what the reference's last digit leaves open.
    expect(Math.abs(mean(profits) - 64.9)).toBeLessThan((5 * 6.5) / Math.sqrt(paths) + 0.2);
    expect(Math.abs(deviation(profits) - 6.5)).toBeLessThan((5 * 6.5) / Math.sqrt(2 * paths) + 0.1);
    expect(Math.abs(deviation(inventories) - 2.9)).toBeLessThan((5 * 2.9) / Math.sqrt(2 * paths) + 0.1);
  });
});
