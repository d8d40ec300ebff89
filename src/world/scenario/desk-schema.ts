import { z } from "zod";
import { KILL_GRADES } from "../../desk/monitor/kill-switch.ts";
import { LIMITS } from "../../desk/risk/limits.ts";
import { SCOPE_KINDS } from "../../desk/risk/scope-kind.ts";
import { decimalFromZero, duration, name, positiveDuration } from "./fields.ts";

const limit = z
  .strictObject({
    scope: z.enum(SCOPE_KINDS).describe("Whose positions and orders it limits"),
    of: z
      .string()
      .default("portfolio")
      .describe("Which agent, strategy, venue or instrument; left out for the portfolio"),
    limit: z
      .enum(LIMITS.map((entry) => entry.name) as [string, ...string[]])
      .describe("What is limited; docs/desk.md says in which unit"),
    value: z
      .union([z.number(), z.string(), z.boolean()])
      .describe(
        "An amount of the reporting asset, lots, a number, percent, a duration, or yes or no: as the limit's unit is",
      ),
  })
  .describe("A limit of the risk stage");

const rateLimit = z
  .strictObject({
    messages: z.int().min(1).max(1_000_000).describe("How many"),
    per: positiveDuration.describe("In any window of that length"),
  })
  .describe("How many messages the desk sends to each venue");

const kill = z
  .strictObject({
    at: duration.describe("When, in time of the run"),
    grade: z
      .enum([...KILL_GRADES, "release"])
      .describe("Reduce positions only, halt and cancel, flatten; or release what was engaged there"),
    scope: z.enum(SCOPE_KINDS).default("portfolio").describe("What it stops"),
    of: z.string().default("portfolio").describe("Which one; left out for the portfolio"),
  })
  .describe("The kill switch, as a person would use it");

/** A desk; which agents are on it their groups say. */
export const desk = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z]{2,6}$/, "expected 2 to 6 small letters, which stand in every order's id")
      .describe("Name of the desk"),
    reports: name
      .optional()
      .describe("Asset in which it counts limits and equity; the first instrument's quote if left out"),
    computeDelay: duration.prefault("0s").describe("How long the desk is busy with each event"),
    cash: z.record(name, decimalFromZero).default({}).describe("What its account holds of each asset at each venue"),
    credit: z.record(name, decimalFromZero).default({}).describe("How far below 0 each asset may go at each venue"),
    limits: z.array(limit).default([]).describe("What the risk stage holds every order against"),
    rateLimits: z.array(rateLimit).default([]).describe("What the venues are spared"),
    kill: z.array(kill).default([]).describe("When the kill switch is used"),
    reconcileEvery: positiveDuration.prefault("10s").describe("How often accounts are compared with the venues'"),
  })
  .describe("A desk that hosts agents: risk, execution and portfolio between them and the venues");

export type DeskSpec = z.output<typeof desk>;
export type LimitSpec = z.output<typeof limit>;
