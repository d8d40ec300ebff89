import { z } from "zod";
import { bandwidth, duration, name, positiveDuration, probability } from "./fields.ts";

const at = duration.describe("When it begins, after the run's start");
const lasting = positiveDuration.optional().describe("How long it lasts; to the end if left out");
const lastingFor = positiveDuration.describe("How long it lasts");
const links = z
  .array(z.tuple([name, name]))
  .min(1)
  .describe("Pairs of places with a link");
const placeNames = z.array(name).min(1);
const actors = z.array(name).min(1).describe("Groups, agents or venues");

/** Something that goes wrong at a given time. */
export const fault = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("cut"), at, for: lasting, links }),
    z.strictObject({
      kind: z.literal("split"),
      at,
      for: lasting,
      sides: z.array(placeNames).min(2).describe("Lists of places; who is on none is on the first"),
    }),
    z.strictObject({
      kind: z.literal("isolate"),
      at,
      for: lasting,
      who: z.array(name).min(1).describe("Places, groups, agents or venues"),
    }),
    z.strictObject({
      kind: z.literal("oneWay"),
      at,
      for: lasting,
      from: placeNames.describe("Links from these places"),
      to: placeNames.describe("to these are cut, and those back are not"),
    }),
    z.strictObject({
      kind: z.literal("flap"),
      at,
      for: lastingFor,
      links,
      down: positiveDuration.describe("Cut for so long,"),
      up: positiveDuration.describe("then whole for so long, and again"),
    }),
    z.strictObject({ kind: z.literal("clog"), at, for: lastingFor, links }),
    z.strictObject({ kind: z.literal("collapse"), at, for: lasting, links, bandwidth }),
    z.strictObject({
      kind: z.literal("replay"),
      at,
      for: lasting,
      links,
      probability: probability.describe("That a packet comes once more"),
      after: positiveDuration.describe("So much later"),
    }),
    z.strictObject({ kind: z.literal("crash"), at, for: lasting, who: actors }),
    z.strictObject({ kind: z.literal("pause"), at, for: lastingFor, who: actors }),
    z.strictObject({
      kind: z.literal("slowDown"),
      at,
      for: lasting,
      who: actors,
      factor: z.number().min(1).max(1_000_000).describe("They take so many times as long"),
    }),
    z.strictObject({
      kind: z.literal("skew"),
      at,
      for: lasting,
      who: actors,
      ahead: duration.prefault("0s").describe("How far their clocks are ahead"),
      behind: duration.prefault("0s").describe("or behind"),
      driftPpm: z.number().min(-100_000).max(100_000).default(0).describe("Millionths by which they run too fast"),
    }),
  ])
  .describe("A fault");

const every = positiveDuration.describe("Mean time between two");
const lasts = positiveDuration.describe("Mean time that one lasts");

/** Something that goes wrong at random times, for random times, on a random link, place or agent. */
export const randomFault = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("cut"), every, lasts }),
    z.strictObject({ kind: z.literal("oneWay"), every, lasts }),
    z.strictObject({ kind: z.literal("split"), every, lasts }),
    z.strictObject({ kind: z.literal("flap"), every, lasts, down: positiveDuration, up: positiveDuration }),
    z.strictObject({ kind: z.literal("clog"), every, lasts }),
    z.strictObject({ kind: z.literal("replay"), every, lasts, probability, after: positiveDuration }),
    z.strictObject({ kind: z.literal("isolate"), every, lasts }),
    z.strictObject({ kind: z.literal("collapse"), every, lasts, bandwidth }),
    z.strictObject({ kind: z.literal("crash"), every, lasts, who: actors }),
    z.strictObject({ kind: z.literal("pause"), every, lasts, who: actors }),
    z.strictObject({
      kind: z.literal("slowDown"),
      every,
      lasts,
      who: actors,
      factor: z.number().min(1).max(1_000_000).describe("They take so many times as long"),
    }),
    z.strictObject({
      kind: z.literal("skew"),
      every,
      lasts,
      who: actors,
      by: duration.prefault("0s").describe("How far their clocks are off, ahead or behind"),
      driftPpm: z.number().min(-100_000).max(100_000).default(0).describe("Millionths by which they run too fast"),
    }),
  ])
  .describe("A sort of fault");

export type FaultSection = z.output<typeof fault>;
export type RandomFaultSection = z.output<typeof randomFault>;
