import type { DetectorName } from "./alert.ts";
import type { Detector, DetectorSite } from "./detector.ts";
import { CircularTradingDetector } from "./detectors/circular-trading.ts";
import { FatFingerDetector } from "./detectors/fat-finger.ts";
import { FrontRunningDetector } from "./detectors/front-running.ts";
import { MomentumIgnitionDetector } from "./detectors/momentum-ignition.ts";
import { QuoteStuffingDetector } from "./detectors/quote-stuffing.ts";
import { RunawayLoopDetector } from "./detectors/runaway-loop.ts";
import { SelfTradingDetector } from "./detectors/self-trading.ts";
import { SpoofingDetector } from "./detectors/spoofing.ts";
import { StaleQuoteSnipingDetector } from "./detectors/stale-quote-sniping.ts";
import { UnrevealedCommitsDetector } from "./detectors/unrevealed-commits.ts";

export interface DetectorKind {
  readonly name: DetectorName;
  /** What it looks for, in a few words. */
  readonly finds: string;
  /** Whether what it finds is forbidden, an accident, or lawful and worth knowing. */
  readonly nature: "offence" | "accident" | "notice";
  readonly create: (site: DetectorSite) => Detector;
}

/** Every detector that there is. A new one is added here, and its name in alert.ts. */
export const DETECTOR_KINDS: readonly DetectorKind[] = [
  {
    name: "spoofing",
    finds: "spoofing and layering: shows large, trades small on the other side, cancels",
    nature: "offence",
    create: (site) => new SpoofingDetector(site),
  },
  {
    name: "quoteStuffing",
    finds: "quote stuffing: floods the venue with messages that do not trade",
    nature: "offence",
    create: (site) => new QuoteStuffingDetector(site),
  },
  {
    name: "selfTrading",
    finds: "wash trades of one account, or of accounts with one owner",
    nature: "offence",
    create: (site) => new SelfTradingDetector(site),
  },
  {
    name: "circularTrading",
    finds: "wash trades of a ring of accounts, and round trips of two",
    nature: "offence",
    create: (site) => new CircularTradingDetector(site),
  },
  {
    name: "momentumIgnition",
    finds: "momentum ignition: moves the price by a burst, trades out with who follows",
    nature: "offence",
    create: (site) => new MomentumIgnitionDetector(site),
  },
  {
    name: "frontRunning",
    finds: "front-running: trades just ahead of others' large orders, and out against them",
    nature: "offence",
    create: (site) => new FrontRunningDetector(site),
  },
  {
    name: "staleQuoteSniping",
    finds: "latency arbitrage: takes quotes that are about to move, too often for chance",
    nature: "notice",
    create: (site) => new StaleQuoteSnipingDetector(site),
  },
  {
    name: "fatFinger",
    finds: "fat fingers: orders far through the market or with zeros too many",
    nature: "accident",
    create: (site) => new FatFingerDetector(site),
  },
  {
    name: "runawayLoop",
    finds: "runaway loops: the same order again and again",
    nature: "accident",
    create: (site) => new RunawayLoopDetector(site),
  },
  {
    name: "unrevealedCommits",
    finds: "griefing: commits to orders and does not reveal them",
    nature: "offence",
    create: (site) => new UnrevealedCommitsDetector(site),
  },
];
