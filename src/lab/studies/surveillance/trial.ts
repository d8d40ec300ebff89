import type { DetectorName } from "../../../market/surveillance/alert.ts";
import { DETECTOR_KINDS } from "../../../market/surveillance/detector-kinds.ts";
import { flyScenario, scenarioFrom } from "../../study/fly-scenario.ts";
import type { Offence } from "./offences.ts";
import { trialScenario } from "./trial-market.ts";

/** Whom the detectors named in one run. */
export interface Verdict {
  /** Culprits that the detector named which should find them. */
  readonly caught: number;
  /** Others that it named, and whom any other detector named: by detector. */
  readonly wrong: Readonly<Record<DetectorName, number>>;
  /** How many of those named had done nothing at all. */
  readonly innocents: number;
}

/** Lets an offence happen among honest agents, with all detectors on. */
export async function tryOffence(
  offence: Offence,
  run: { readonly seed: number; readonly minutes: number },
): Promise<Verdict> {
  const world = await flyScenario(scenarioFrom(trialScenario(run, offence)));
  const culprits = new Set(world.groups.filter(({ name }) => name === "rogue").flatMap(({ accounts }) => accounts));
  const [watcher] = world.surveillance;
  const named = new Map(DETECTOR_KINDS.map(({ name }) => [name, new Set<number>()]));
  for (const { detector, accounts } of watcher.alerts) {
    for (const account of accounts) named.get(detector)?.add(account);
  }
  const isRight = (detector: DetectorName, account: number): boolean =>
    (detector === offence.detector || detector === offence.alsoBy) && culprits.has(account);
  const countOf = (detector: DetectorName, isCounted: (account: number) => boolean): number =>
    [...(named.get(detector) ?? [])].filter(isCounted).length;
  const wrong = DETECTOR_KINDS.map(({ name }) => [name, countOf(name, (account) => !isRight(name, account))] as const);
  return {
    caught: offence.detector === undefined ? 0 : countOf(offence.detector, (account) => culprits.has(account)),
    wrong: Object.fromEntries(wrong) as Record<DetectorName, number>,
    innocents: new Set([...named.values()].flatMap((accounts) => [...accounts]).filter((one) => !culprits.has(one)))
      .size,
  };
}
