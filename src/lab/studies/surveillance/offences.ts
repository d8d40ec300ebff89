import type { DetectorName } from "../../../market/surveillance/alert.ts";
import type { Arm } from "../../study/study.ts";
import type { Culprits } from "./trial-market.ts";
import { rogue } from "./trial-market.ts";

/** What culprits do, and which detector should find them. */
export interface Offence extends Culprits {
  readonly detector: DetectorName | undefined;
  /** Another one that is right as well when it names them. */
  readonly alsoBy?: DetectorName;
  readonly culprits: number;
}

function offence(name: string, label: string, treatment: Offence): Arm<Offence> {
  return { name, label, treatment };
}

/** Batches of a second, to whose orders everybody commits. */
const COMMITTED = {
  auctions: { batch: { window: "1s" }, allocation: "proRata" },
  commitReveal: { reveal: "300ms", collateral: 100, penalty: 25, commitsMax: 64 },
} as const;
const NEAR = { rogue: "exchange" } as const;
const OWNED = { cash: 1_000_000_000, inventoryCredit: 10_000_000, owner: "Shell" };

/** The first one has no culprits: whatever is found there is a false alarm. So has the last but one, in a market of another kind. */
export const OFFENCES: readonly Arm<Offence>[] = [
  offence("clean", "nobody", { detector: undefined, culprits: 0, groups: [] }),
  offence("spoofer", "a spoofer", {
    detector: "spoofing",
    culprits: 1,
    groups: [rogue("spoofer")],
    at: NEAR,
  }),
  offence("layerer", "a layerer", {
    detector: "spoofing",
    culprits: 1,
    groups: [rogue("spoofer", { parameters: { layers: 4, decoyLots: 500 } })],
    at: NEAR,
  }),
  offence("stuffer", "a quote stuffer", {
    detector: "quoteStuffing",
    culprits: 1,
    groups: [rogue("quoteStuffer", { parameters: { meanInterval: "60s" } })],
    at: NEAR,
  }),
  offence("lonely-washer", "a wash trader alone", {
    detector: "selfTrading",
    culprits: 1,
    groups: [rogue("washTrader")],
  }),
  offence("owner", "one owner's two accounts", {
    detector: "selfTrading",
    // They hand the same lots back and forth, whoever owns them.
    alsoBy: "circularTrading",
    culprits: 2,
    groups: [rogue("washTrader", { count: 2, account: OWNED })],
  }),
  offence("pair", "a pair of wash traders", {
    detector: "circularTrading",
    culprits: 2,
    groups: [rogue("washTrader", { count: 2 })],
  }),
  offence("ring", "a ring of four", {
    detector: "circularTrading",
    culprits: 4,
    groups: [rogue("washTrader", { count: 4 })],
  }),
  offence("igniter", "a momentum igniter", {
    detector: "momentumIgnition",
    culprits: 1,
    groups: [rogue("momentumIgniter")],
    at: NEAR,
  }),
  offence("front-runner", "a front-runner", {
    detector: "frontRunning",
    // What it takes is about to move indeed: its victim will see to that.
    alsoBy: "staleQuoteSniping",
    culprits: 1,
    groups: [rogue("frontRunner")],
    at: { rogue: "broker" },
    listener: "rogue",
  }),
  offence("arbitrageur", "a latency arbitrageur", {
    detector: "staleQuoteSniping",
    culprits: 1,
    groups: [rogue("latencyArbitrageur")],
    at: NEAR,
  }),
  offence("fat-finger", "a fat finger", {
    detector: "fatFinger",
    culprits: 1,
    // One order in ten, so that hardly a run has none: who does nothing cannot be found.
    groups: [rogue("fatFinger", { parameters: { slipChance: 0.1 } })],
  }),
  offence("loop", "a runaway loop", {
    detector: "runawayLoop",
    culprits: 1,
    groups: [rogue("runawayLoop")],
  }),
  offence("clean-commits", "nobody, in a commit-reveal market", {
    detector: undefined,
    culprits: 0,
    groups: [],
    rules: COMMITTED,
  }),
  offence("griefer", "a griefer of commits", {
    detector: "unrevealedCommits",
    culprits: 1,
    groups: [rogue("commitGriefer")],
    rules: COMMITTED,
  }),
];
