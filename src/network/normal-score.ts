import { exp } from "../core/portable-math.ts";

/**
 * The share of a standard normal law that lies below `z`: Hart's rational approximation as West gives it ("Better
 * approximations to cumulative normal functions", Wilmott 2005), good to 1e-14.
 */
export function normalShareBelow(z: number): number {
  const x = Math.abs(z);
  if (x > 37) return z > 0 ? 1 : 0;
  const density = exp((-x * x) / 2);
  const tail = x < 7.071_067_811_865_47 ? density * ratio(x) : density / (2.506_628_274_631 * fraction(x));
  return z > 0 ? 1 - tail : tail;
}

function ratio(x: number): number {
  let above = 3.526_249_659_989_11e-2;
  for (const coefficient of NUMERATOR) above = above * x + coefficient;
  let below = 8.838_834_764_831_84e-2;
  for (const coefficient of DENOMINATOR) below = below * x + coefficient;
  return above / below;
}

function fraction(x: number): number {
  let value = x + 0.65;
  for (let n = 4; n >= 1; n--) value = x + n / value;
  return value;
}

const NUMERATOR = [
  0.700_383_064_443_688, 6.373_962_203_531_65, 33.912_866_078_383, 112.079_291_497_871, 221.213_596_169_931,
  220.206_867_912_376,
];
const DENOMINATOR = [
  1.755_667_163_182_64, 16.064_177_579_207, 86.780_732_202_946_1, 296.564_248_779_674, 637.333_633_378_831,
  793.826_512_519_948, 440.413_735_824_752,
];
