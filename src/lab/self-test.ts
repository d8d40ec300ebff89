import { discardingJournal } from "../kernel/journal-port.ts";
import { parseScenario } from "../world/scenario/parse.ts";
import { World } from "../world/world.ts";

/** The hash of the scenario below on every machine. A change of it is a change of behaviour: the commit says why. */
const EXPECTED_TAPE = "c8e6fe042e3ccc0fc2df2ee822336d1b";

const SCENARIO = `
version: 1
name: self-test
duration: 10m
venues:
  - name: EXCHANGE
    fees: { makerBps: -0.1, takerBps: 0.3 }
    instruments: [{ symbol: ABM, base: ABM, quote: USD, tick: 0.01, lot: 1, referencePrice: 1000 }]
network: { kind: uniform, low: 1ms, high: 5ms }
fundamentals: [{ symbol: ABM, mean: 1000, kappaPerNs: 1.67e-16, sigmaTicksPerSqrtNs: 5.0e-5 }]
population:
  - { kind: noise, name: noise, count: 50, parameters: { ordersPerDay: 300 } }
  - { kind: value, name: value, count: 20, parameters: { meanInterval: 20s } }
  - { kind: momentum, name: momentum, count: 3, parameters: { meanInterval: 5s } }
  - { kind: adaptiveMarketMaker, name: maker, parameters: { meanInterval: 10s } }
`;

/** Runs a small market and compares its hash with the one that it has everywhere. */
export function selfTest(): { readonly expected: string; readonly found: string } {
  const world = new World(parseScenario(SCENARIO, "self-test"), { journal: discardingJournal, factories: new Map() });
  world.kernel.run(world.endNs);
  return { expected: EXPECTED_TAPE, found: world.kernel.tape.digest() };
}
