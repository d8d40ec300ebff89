import { expect, test } from "vitest";

import { ALL_POWER, ATTACK_CHAIN } from "../../testing/attack-chain.ts";
import { COIN_ACCOUNTS, coinLedger } from "../../testing/coins.ts";
import { BlockForge, GENESIS } from "../../testing/block-forge.ts";
import { minerAccount, miningNetwork } from "../../testing/mining-network.ts";
import { selfishRevenue, selfishThreshold } from "./attack-odds.ts";
import { Chain } from "./chain.ts";
import { SelfishMiner } from "./selfish-miner.ts";
import type { StrategyActions } from "./strategy.ts";

/**
 * What the miner shows after each block: `+a<-` means it finds a on the genesis block, `x<-` that it hears of x. Answers
 * are the names of what it publishes and, behind the colon, of the block that it mines upon then.
 */
function play(script: string, miner = new SelfishMiner(), parameters = ATTACK_CHAIN): string {
  const forge = new BlockForge(parameters);
  const machine = coinLedger(new Map());
  const chain = new Chain({
    parameters,
    proof: "simulated",
    accountKeys: COIN_ACCOUNTS.verifier,
    machine,
    root: forge.tree(GENESIS),
  });
  const answers = script.split(" ").map((text) => {
    const [name, parent] = text.replace("+", "").split("<");
    const { attached } = chain.add(forge.make({ name, parent, timeNs: forge.tree(parent).block.timeNs + 1 }), 0);
    const shown: string[] = [];
    const actions: StrategyActions = {
      chain,
      publish: ({ block }) => shown.push(forge.nameOf(block.id)),
      submit: () => {},
    };
    if (text.startsWith("+")) miner.onMined(actions, attached[0]);
    else miner.onHeard(actions, attached);
    return `${shown.join("")}:${forge.nameOf(miner.mineOn(chain).block.id)}`;
  });
  return answers.join(" ");
}

// The cases of Algorithm 1 and of figure 1 in Eyal and Sirer (2014).
test.each`
  state                                              | script                               | expected
  ${"0: others find one, it follows"}                | ${"x<- y<x"}                         | ${":x :y"}
  ${"1: it finds one and keeps it"}                  | ${"x<- +a<x"}                        | ${":x :a"}
  ${"0': others catch up, it shows its block"}       | ${"x<- +a<x y<x"}                    | ${":x :a a:a"}
  ${"0' to 0: it finds the next, and shows it"}      | ${"x<- +a<x y<x +b<a"}               | ${":x :a a:a b:b"}
  ${"0' to 0: others find one on its block"}         | ${"x<- +a<x y<x z<a"}                | ${":x :a a:a :z"}
  ${"0' to 0: others find one on theirs"}            | ${"x<- +a<x y<x z<y"}                | ${":x :a a:a :z"}
  ${"2 to 0: others find one, it shows all"}         | ${"x<- +a<x +b<a y<x"}               | ${":x :a :b ab:b"}
  ${"and is back at 0"}                              | ${"x<- +a<x +b<a y<x +c<b"}          | ${":x :a :b ab:b :c"}
  ${"3 to 2: it shows one"}                          | ${"x<- +a<x +b<a +c<b y<x"}          | ${":x :a :b :c a:c"}
  ${"3 to 2 to 0"}                                   | ${"x<- +a<x +b<a +c<b y<x z<y"}      | ${":x :a :b :c a:c bc:c"}
  ${"2 to 3 to 2 with a part shown"}                 | ${"x<- +a<x +b<a +c<b y<x +d<c z<y"} | ${":x :a :b :c a:c :d b:d"}
  ${"others build on the part shown"}                | ${"x<- +a<x +b<a +c<b y<x z<a"}      | ${":x :a :b :c a:c bc:c"}
  ${"a block that makes nothing heavier: no change"} | ${"x<- +a<x y<x z<x"}                | ${":x :a a:a :a"}
  ${"it may begin the chain"}                        | ${"+a<- +b<a x<-"}                   | ${":a :b ab:b"}
`("state $state", ({ script, expected }) => {
  expect(play(String(script))).toBe(expected);
});

test("keeps no secret that is longer than others would follow", () => {
  expect(play("+a<- +b<a +c<b", new SelfishMiner(), { ...ATTACK_CHAIN, depthMax: 3 })).toBe(":a :b abc:c");
});

test.each`
  script                          | races
  ${"x<- +a<x y<x"}               | ${{ onOurs: 0, onTheirs: 0 }}
  ${"x<- +a<x y<x z<a"}           | ${{ onOurs: 1, onTheirs: 0 }}
  ${"x<- +a<x y<x z<y"}           | ${{ onOurs: 0, onTheirs: 1 }}
  ${"x<- +a<x y<x +b<a"}          | ${{ onOurs: 0, onTheirs: 0 }}
  ${"x<- +a<x +b<a +c<b y<x z<a"} | ${{ onOurs: 0, onTheirs: 0 }}
`("counts on which branch others decide a race: $script", ({ script, races }) => {
  const miner = new SelfishMiner();
  play(String(script), miner);
  expect(miner.races).toEqual(races);
});

const HONEST = 4;
const BATCHES = 20;
const BATCH_BLOCKS = 300;
/** Standard errors, from 20 batches: chance alone goes beyond four of them once in 1,300 seeds (Student, 19 degrees). */
const ERRORS_MAX = 4;

/** Runs a selfish miner against equal honest ones, and measures its part of the chain and the gamma that emerged. */
function attack(seed: number, share: number, delayNs: (isOurs: boolean, uniform: number) => number) {
  const miner = new SelfishMiner();
  const net = miningNetwork({
    seed,
    parameters: ATTACK_CHAIN,
    powers: [share * ALL_POWER, ...Array.from({ length: HONEST }, () => ((1 - share) * ALL_POWER) / HONEST)],
    strategies: new Map([[0, miner]]),
    delayNs: (from, to, random) => Math.round(delayNs(from === 0 || to === 0, random.uniform())),
    announceNs: 1e15,
    relay: "own blocks only",
  });
  const shares: number[] = [];
  for (let batch = 1, before = 0; batch <= BATCHES; batch++) {
    net.network.run(1e18, () => net.nodes[1].chain.tip.block.height >= batch * BATCH_BLOCKS);
    const blocks = net.ledgers[1].balanceOf(minerAccount(0));
    shares.push((blocks - before) / BATCH_BLOCKS);
    before = blocks;
  }
  const revenue = shares.reduce((sum, one) => sum + one, 0) / BATCHES;
  const variance = shares.reduce((sum, one) => sum + (one - revenue) ** 2, 0) / (BATCHES - 1);
  const { onOurs, onTheirs } = miner.races;
  return {
    revenue,
    error: Math.sqrt(variance / BATCHES),
    gamma: onOurs / (onOurs + onTheirs),
    races: onOurs + onTheirs,
  };
}

const MS = 1e6;
/** Its blocks come late everywhere, so that nobody follows. */
const slow = (isOurs: boolean): number => (isOurs ? 40 : 10) * MS;
/** Its blocks overtake those of others, so that all follow but the finder of the rival block. */
const fast = (isOurs: boolean): number => (isOurs ? 1 : 10) * MS;
/** Sometimes the one is faster, sometimes the other. */
const mixed = (isOurs: boolean, uniform: number): number => (isOurs ? 10 * MS : (1 + 40 * uniform) * MS);

// Delays are a thousandth of the block interval: the blocks that honest miners lose to each other are within the error.
test.each`
  seed | network    | share   | delays   | gammaLow | gammaHigh | pays
  ${1} | ${"slow"}  | ${0.25} | ${slow}  | ${0}     | ${0}      | ${false}
  ${2} | ${"slow"}  | ${0.42} | ${slow}  | ${0}     | ${0}      | ${true}
  ${3} | ${"fast"}  | ${0.3}  | ${fast}  | ${0.68}  | ${0.82}   | ${true}
  ${4} | ${"mixed"} | ${0.33} | ${mixed} | ${0.3}   | ${0.5}    | ${true}
`(
  "with $share of the power on a $network network, a selfish miner gets what Eyal and Sirer say",
  ({ seed, share, delays, gammaLow, gammaHigh, pays }) => {
    const { revenue, error, gamma, races } = attack(Number(seed), Number(share), delays as typeof mixed);
    expect(races).toBeGreaterThan(250);
    expect(gamma).toBeGreaterThanOrEqual(Number(gammaLow));
    expect(gamma).toBeLessThanOrEqual(Number(gammaHigh));
    expect(Math.abs(revenue - selfishRevenue(Number(share), gamma))).toBeLessThan(ERRORS_MAX * error);
    // On both sides of the threshold, by more than chance.
    const gain = (revenue - Number(share)) / error;
    expect(Number(share) > selfishThreshold(gamma)).toBe(pays);
    expect(pays ? gain : -gain).toBeGreaterThan(3);
  },
);
