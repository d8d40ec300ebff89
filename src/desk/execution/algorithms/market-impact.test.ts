import { expect, test } from "vitest";

import { permanentImpact, realizedImpact } from "./market-impact.ts";

/** The paper's table 4: an order of a tenth of the day's volume, in basis points. */
test.each([
  {
    name: "IBM",
    dayVolume: 6.561e6,
    outstanding: 1_728e6,
    volatility: 157,
    permanent: 19.9,
    realized: [32.2, 24.6, 18.4],
  },
  { name: "DRI", dayVolume: 1.929e6, outstanding: 168e6, volatility: 226, permanent: 21.7, realized: [42.9, 32, 23.1] },
])("a tenth of a day's volume of $name", ({ permanent, realized, dayVolume, ...stock }) => {
  const input = { ...stock, dayVolume, shares: dayVolume / 10 };
  expect(permanentImpact(input)).toBeCloseTo(permanent, 0);
  for (const [place, days] of [0.1, 0.2, 0.5].entries()) {
    expect(Math.abs(realizedImpact(input, days) - realized[place])).toBeLessThan(0.1);
  }
});
