import type { DetectorName } from "../market/surveillance/alert.ts";
import { Surveillance } from "../market/surveillance/surveillance.ts";
import type { VenueActor } from "../venues/simulated/venue-actor.ts";
import type { Scenario } from "./scenario/schema.ts";

/** Which detectors a run has; undefined where it has none. */
export function detectorsOf({ surveillance }: Scenario): readonly DetectorName[] | "all" | undefined {
  if (surveillance === undefined || surveillance === false) return undefined;
  return surveillance === true ? "all" : surveillance.detectors;
}

/** Has each venue watched. It sends nothing, so the run stays as it is. @returns the watchers, in order of the venues */
export function watchVenues(
  venues: readonly VenueActor[],
  detectors: readonly DetectorName[] | "all" | undefined,
): readonly Surveillance[] {
  if (detectors === undefined) return [];
  return venues.map((actor) => {
    const { books, groups } = actor.venue;
    const watcher = new Surveillance({ books, groups, detectors: detectors === "all" ? undefined : detectors });
    actor.watcher = watcher;
    return watcher;
  });
}
