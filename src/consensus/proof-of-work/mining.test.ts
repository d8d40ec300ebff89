import { expect, test } from "vitest";

import { RandomStream } from "../../core/random.ts";
import { minerAccount, miningNetwork } from "../../testing/mining-network.ts";
import { genesisBlock, makeBlock, bytesOfId, meetsDifficulty } from "./block.ts";
import type { MiningContext } from "./mining.ts";
import { HashMining, SimulatedMining } from "./mining.ts";
import { CHAIN_DEFAULTS } from "./parameters.ts";

/** Five standard deviations: chance alone passes this once in 1.7 million seeds. */
const SIGMAS = 5;

/** Keeps the timers that are set. */
function recorder(seed: number) {
  const streams = new Map<string, RandomStream>();
  const timers = new Map<number, number>();
  let handles = 0;
  const context: MiningContext = {
    setTimer(delayNs) {
      timers.set(++handles, delayNs);
      return handles;
    },
    cancelTimer: (timer) => timers.delete(timer),
    random(purpose) {
      const stream = streams.get(purpose) ?? RandomStream.named(seed, "miner", purpose);
      streams.set(purpose, stream);
      return stream;
    },
  };
  return { context, timers };
}

const DRAWS = 20_000;
const [POWER, DIFFICULTY, MEAN_NS] = [50, 1_000, 20e9];

/** Times until a block is found, when the miner starts over every `restartNs`. */
function waits(restartNs: number): number[] {
  const { context, timers } = recorder(1);
  const mining = new SimulatedMining(POWER);
  let timersMax = 0;
  const found = Array.from({ length: DRAWS }, () => {
    for (let elapsedNs = 0; ; elapsedNs += restartNs) {
      mining.work(context, DIFFICULTY);
      const [waitNs] = [...timers.values()];
      timersMax = Math.max(timersMax, timers.size);
      if (waitNs < restartNs) return elapsedNs + waitNs;
    }
  });
  expect(timersMax).toBe(1);
  return found;
}

test.each([Infinity, MEAN_NS / 3])(
  "waiting times are exponential, also when one starts over every %d ns",
  (restartNs) => {
    const found = waits(restartNs);
    const mean = found.reduce((sum, waitNs) => sum + waitNs, 0) / DRAWS;
    expect(Math.abs(mean / MEAN_NS - 1)).toBeLessThan(SIGMAS / Math.sqrt(DRAWS));
    for (const means of [0.5, 1, 2]) {
      const chance = Math.exp(-means);
      const share = found.filter((waitNs) => waitNs > means * MEAN_NS).length / DRAWS;
      expect(Math.abs(share - chance)).toBeLessThan(SIGMAS * Math.sqrt((chance * (1 - chance)) / DRAWS));
    }
  },
);

test("without power nothing is found, and a miner whose power is taken finds nothing more", () => {
  const { context, timers } = recorder(2);
  const mining = new SimulatedMining(0);
  mining.work(context, DIFFICULTY);
  expect(timers.size).toBe(0);
  mining.setPower(1);
  mining.work(context, DIFFICULTY);
  mining.setPower(0);
  expect([timers.size, mining.onTimer(context)]).toEqual([1, undefined]);
  expect(() => mining.setPower(-1)).toThrow("negative");
});

test("miners find blocks by their share of the power", () => {
  const powers = [100, 200, 700];
  const blocks = 4_000;
  const parameters = { ...CHAIN_DEFAULTS, reward: 1, halvingBlocks: 1e6, retargetBlocks: 1e9 };
  const net = miningNetwork({ seed: 3, parameters, powers, delayNs: () => 1, relay: "own blocks only" });
  net.network.run(1e15, () => net.nodes[0].chain.tip.block.height >= blocks);
  for (const [node, power] of powers.entries()) {
    const chance = power / 1_000;
    const share = net.ledgers[0].balanceOf(minerAccount(node)) / blocks;
    expect(Math.abs(share - chance)).toBeLessThan(SIGMAS * Math.sqrt((chance * (1 - chance)) / blocks));
  }
});

test("the difficulty follows the power, so that blocks keep their interval", () => {
  const parameters = { ...CHAIN_DEFAULTS, blockIntervalNs: 1e9, retargetBlocks: 50, difficultyFirst: 10 };
  const net = miningNetwork({ seed: 4, parameters, powers: [3_000], delayNs: () => 1 });
  const { chain } = net.nodes[0];
  const timeOf = (height: number): number => {
    net.network.run(1e15, () => chain.tip.block.height >= height);
    return chain.tip.block.timeNs;
  };
  // From a difficulty of 10 it may grow by four each time, so that it takes some windows to come to 3,000.
  const startNs = timeOf(500);
  const meanNs = (timeOf(2_500) - startNs) / 2_000;
  // A window's length varies by 1 / sqrt(50), and the difficulty, its inverse, is biased by as much as 1 / 50.
  expect(Math.abs(meanNs / 1e9 - 1)).toBeLessThan(0.02 + SIGMAS / Math.sqrt(2_000));
  expect(chain.tip.block.difficulty).toBeGreaterThan(1_500);
  expect(chain.tip.block.difficulty).toBeLessThan(6_000);
});

test("hashing finds a nonce that meets the difficulty, after as many hashes as it says", () => {
  const { context, timers } = recorder(5);
  const mining = new HashMining({ hashesPerStep: 10, stepNs: 7 });
  const header = { ...genesisBlock(1), difficulty: 40 };
  const blocks = 400;
  let steps = 0;
  for (let found = 0; found < blocks; steps++) {
    mining.work(context);
    const nonce = mining.onTimer(context, header);
    if (nonce === undefined) continue;
    const { id } = makeBlock({ ...header, nonce }, []);
    expect(meetsDifficulty(bytesOfId(id), 40)).toBe(true);
    found++;
  }
  // A step of 10 hashes fails with (1 - 1/40)^10.
  const chance = 1 - (1 - 1 / 40) ** 10;
  const expected = blocks / chance;
  expect(Math.abs(steps - expected)).toBeLessThan(SIGMAS * Math.sqrt((blocks * (1 - chance)) / chance ** 2));
  expect([timers.size, new Set(timers.values())]).toEqual([steps, new Set([7])]);
});

test("a miner that hashes keeps its step when there is something new to work on", () => {
  const { context, timers } = recorder(6);
  const mining = new HashMining({ hashesPerStep: 1, stepNs: 7 });
  mining.work(context);
  mining.work(context);
  expect(timers.size).toBe(1);
});
