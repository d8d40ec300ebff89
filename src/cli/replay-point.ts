import { formatDuration, formatTimeOfDay, parseDuration, parseTimeOfDay } from "../core/duration.ts";
import { UserError } from "../core/errors.ts";
import type { Nanos } from "../core/units.ts";
import { NS_PER_DAY } from "../core/units.ts";
import type { Scenario } from "../world/scenario/schema.ts";

/** Where a replay stops: after so many events, or before the first event that is later. */
export interface ReplayPoint {
  readonly eventsMax?: number;
  readonly untilNs?: Nanos;
}

/**
 * Reads what `--until` says: a time of day, a time since the start, or a number of events.
 * @throws {UserError} where it is none of these, or outside of the run
 */
export function parsePoint(text: string, { start, duration }: Pick<Scenario, "start" | "duration">): ReplayPoint {
  if (/^\d+$/.test(text)) {
    if (Number.isSafeInteger(Number(text))) return { eventsMax: Number(text) };
    throw new UserError(`--until: expected an event number of at most 2^53 - 1, found ${text}`);
  }
  const expected = "a time of day (10:30), a time since the start (45m) or an event number";
  return { untilNs: parseRunTime(text, { start, duration }, { option: "--until", expected }) };
}

/**
 * Reads a time of day, or a time since the start of a run.
 * @throws {UserError} that names the option, where it is neither, or outside of the run
 */
export function parseRunTime(
  text: string,
  { start, duration }: Pick<Scenario, "start" | "duration">,
  { option, expected = "a time of day (10:30) or a time since the start (45m)" }: { option: string; expected?: string },
): Nanos {
  const timeOfDay = parseTimeOfDay(text);
  // A run may go on past midnight: the first such time of the run is meant.
  const timeNs = timeOfDay === undefined ? parseDuration(text) : (timeOfDay - start + NS_PER_DAY) % NS_PER_DAY;
  if (timeNs === undefined) throw new UserError(`${option}: expected ${expected}, found ${text}`);
  if (timeNs <= duration) return timeNs;
  const end = `${formatTimeOfDay(start + duration)}, after ${formatDuration(duration)}`;
  throw new UserError(
    `${option}: ${text} is outside of the run, which begins at ${formatTimeOfDay(start)} and ends at ${end}`,
  );
}
