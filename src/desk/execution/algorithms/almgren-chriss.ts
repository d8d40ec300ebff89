import { assert } from "../../../core/assert.ts";
import { exp, ln } from "../../../core/portable-math.ts";

/**
 * A large order in the model of Almgren and Chriss (2000), "Optimal execution of portfolio transactions": prices move at
 * random and by what is traded, for good (`gamma`) and for the moment (`epsilon`, `eta`). Units are free as long as they
 * are the same: shares, days and dollars in the paper.
 */
export interface ExecutionProblem {
  /** Shares to trade. */
  readonly shares: number;
  /** Time to trade them in, and in how many steps. */
  readonly duration: number;
  readonly steps: number;
  /** Volatility: money per share and square root of time. */
  readonly sigma: number;
  /** Half the spread and fees: money per share. */
  readonly epsilon: number;
  /** Permanent impact: money per share for each share traded. */
  readonly gamma: number;
  /** Temporary impact: money per share for each share a unit of time. */
  readonly eta: number;
  /** Aversion to risk: per unit of money. */
  readonly lambda: number;
}

export interface Trajectory {
  /** Shares that are left to trade at the times 0, 1, … `steps`. */
  readonly holdings: readonly number[];
  /** How fast it is traded, per unit of time: 0 is evenly. */
  readonly kappa: number;
}

/** The trajectory with the least expected cost plus lambda times its variance: a hyperbolic sine. */
export function optimalTrajectory(problem: ExecutionProblem): Trajectory {
  const { shares, duration, steps, sigma, lambda } = problem;
  const tau = duration / steps;
  const eta = adjustedEta(problem);
  assert(eta > 0, "trading at once must cost more than its permanent impact gives back");
  const kappaSquared = (lambda * sigma * sigma) / eta;
  const cosine = (tau * tau * kappaSquared) / 2 + 1;
  const kappa = ln(cosine + Math.sqrt(cosine * cosine - 1)) / tau;
  return { holdings: hyperbolicHoldings(shares, steps, kappa * tau), kappa };
}

/**
 * What is left to trade at the times 0, 1, … `steps`, along a hyperbolic sine.
 * @param curvature kappa times the length of a step: 0 is a straight line
 */
export function hyperbolicHoldings(shares: number, steps: number, curvature: number): readonly number[] {
  const isStraight = curvature * steps < SMALL;
  return Array.from({ length: steps + 1 }, (_, step) => {
    const left = steps - step;
    return isStraight ? (shares * left) / steps : (shares * sinh(curvature * left)) / sinh(curvature * steps);
  });
}

/** Below this a hyperbolic sine is its argument, to the last bit that counts. */
const SMALL = 1e-6;

/** What a trajectory costs: its mean and standard deviation, in money. */
export function costOf(problem: ExecutionProblem, holdings: readonly number[]): { mean: number; deviation: number } {
  const { shares, duration, steps, sigma, epsilon, gamma } = problem;
  const tau = duration / steps;
  let squares = 0;
  let variance = 0;
  for (let step = 1; step <= steps; step++) {
    const traded = holdings[step - 1] - holdings[step];
    squares += traded * traded;
    variance += sigma * sigma * tau * holdings[step] * holdings[step];
  }
  const mean = (gamma * shares * shares) / 2 + epsilon * shares + (adjustedEta(problem) / tau) * squares;
  return { mean, deviation: Math.sqrt(variance) };
}

/** What is traded evenly within a step pays half of the step's permanent impact less. */
function adjustedEta({ eta, gamma, duration, steps }: ExecutionProblem): number {
  return eta - (gamma * duration) / steps / 2;
}

function sinh(x: number): number {
  return (exp(x) - exp(-x)) / 2;
}
