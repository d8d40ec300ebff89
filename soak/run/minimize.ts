import type { Limits, Subject } from "../life.ts";
import type { Failure } from "./failure.ts";
import { playSeed } from "./play-seeds.ts";

/** Lives that a search for a smaller case may play. */
const ATTEMPTS_MAX = 600;

/**
 * Makes a failing case smaller, as long as the same property breaks: fewer faults (whole kinds first, then halves, then
 * one by one: Zeller and Hildebrandt 2002), a shorter time, fewer replicas and clients; again, until nothing helps.
 *
 * @param tell is told of every smaller case
 */
export function minimize(subject: Subject, found: Failure, tell: (smaller: Failure) => void): Failure {
  let best = found;
  let attempts = 0;
  const fails = (limits: Limits): boolean => {
    if (attempts++ >= ATTEMPTS_MAX) return false;
    const played = playSeed(subject, found.seed, limits);
    if (!("property" in played) || played.property !== found.property) return false;
    best = played;
    tell(played);
    return true;
  };
  for (let before = Infinity; attempts < before;) {
    const [smallest, spent] = [best, attempts];
    dropKinds(() => best, fails);
    dropParts(() => best, fails);
    shrink(() => best, fails, "seconds", 1);
    shrink(() => best, fails, "clients", 1);
    shrink(() => best, fails, "replicas", best.size.replicasMin);
    before = best === smallest || attempts >= ATTEMPTS_MAX ? spent : Infinity;
  }
  return best;
}

type Best = () => Failure;
type Fails = (limits: Limits) => boolean;

/** Drops all faults of a kind. */
function dropKinds(best: Best, fails: Fails): void {
  const kindOf = (text: string): string => text.slice(0, text.indexOf(" at "));
  for (const kind of new Set(best().faults.map(({ text }) => kindOf(text)))) {
    const kept = best().faults.filter(({ text }) => kindOf(text) !== kind);
    if (kept.length < best().faults.length) fails({ ...best().limits, faults: kept.map(({ place }) => place) });
  }
}

/** Drops halves of the faults that are left, then quarters, down to single ones. */
function dropParts(best: Best, fails: Fails): void {
  for (let parts = 2; best().faults.length > 0;) {
    const places = best().faults.map(({ place }) => place);
    const size = Math.ceil(places.length / parts);
    let isSmaller = false;
    for (let from = 0; from < places.length && !isSmaller; from += size) {
      isSmaller = fails({ ...best().limits, faults: places.toSpliced(from, size) });
    }
    if (isSmaller) parts = Math.max(2, parts - 1);
    else if (size === 1) return;
    else parts = Math.min(places.length, 2 * parts);
  }
}

/** Takes half of what is too much, as long as that works, and then less. */
function shrink(best: Best, fails: Fails, what: "seconds" | "clients" | "replicas", min: number): void {
  for (let step = Math.ceil((best().size[what] - min) / 2); step >= 1;) {
    const next = best().size[what] - step;
    if (next >= min && fails({ ...best().limits, [what]: next })) step = Math.min(step, best().size[what] - min);
    else step = step === 1 ? 0 : Math.ceil(step / 2);
  }
}
