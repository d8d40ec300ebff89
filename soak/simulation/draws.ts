import { exp, ln } from "../../src/core/portable-math.ts";
import type { RandomStream } from "../../src/core/random.ts";

/** Between two bounds, each doubling as likely as any other. */
export function logUniform(random: RandomStream, low: number, high: number): number {
  return low * exp(random.uniform() * ln(high / low));
}

export function oneOf<T>(random: RandomStream, choices: readonly T[]): T {
  return choices[random.integer(0, choices.length - 1)];
}
