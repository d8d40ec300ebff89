import { z } from "zod";
import { POPULATION_KINDS } from "../population-kinds.ts";
import { desk } from "./desk-schema.ts";
import { fees } from "./fees-schema.ts";
import { ledger } from "./ledger-schema.ts";
import { network } from "./network-schema.ts";
import { instrumentRules, venueRules } from "./rules-schema.ts";
import { surveillance } from "./surveillance-schema.ts";
import { count, decimalFromZero, duration, name, positiveDecimal, positiveDuration, timeOfDay } from "./fields.ts";

const instrument = z
  .strictObject({
    symbol: name.describe("Name of the instrument at its venue"),
    base: name.describe("What is bought and sold"),
    quote: name.describe("What it is paid with"),
    tick: positiveDecimal.describe("Smallest step of the price"),
    lot: positiveDecimal.describe("Smallest step of the quantity"),
    minQty: positiveDecimal.optional().describe("Least quantity of an order; one lot if left out"),
    maxQty: positiveDecimal.optional().describe("Greatest quantity of an order; 2^31 - 1 lots if left out"),
    minNotional: positiveDecimal.optional().describe("Least price times quantity of a priced order"),
    bandPercent: z.number().min(0).max(100).optional().describe("How far limit prices may be from the last price"),
    referencePrice: positiveDecimal.optional().describe("Price before the first trade: the band's and the report's"),
    rules: instrumentRules.prefault({}),
  })
  .describe("An instrument");

const venue = z
  .strictObject({
    name: name.describe("Name of the venue"),
    computeDelay: duration.prefault("0s").describe("How long the venue is busy with each message"),
    fees: fees.prefault({}),
    rules: venueRules.prefault({}),
    instruments: z.array(instrument).min(1).max(10_000).describe("Each has an order book of its own"),
  })
  .describe("A venue with its order books");

const fundamental = z
  .strictObject({
    symbol: name.describe("Instrument whose value it is"),
    mean: positiveDecimal.describe("Long-run mean, as a price"),
    start: positiveDecimal.optional().describe("Value at the start; the mean if left out"),
    kappaPerNs: z.number().min(0).max(1e-9).describe("Speed of reversion to the mean, per nanosecond"),
    sigmaTicksPerSqrtNs: z.number().min(0).max(1).describe("Volatility, in ticks per square root of a nanosecond"),
  })
  .describe("A path of values that mean-reverts and depends on time alone");

const account = z
  .strictObject({
    cash: decimalFromZero.prefault("1000000").describe("Quote asset that each agent starts with"),
    inventory: decimalFromZero.prefault("0").describe("Base asset that each agent starts with"),
    cashCredit: decimalFromZero.prefault("0").describe("How far the cash may go below 0"),
    inventoryCredit: decimalFromZero.prefault("100000").describe("How far the inventory may go below 0: short sales"),
    owner: name
      .optional()
      .describe("Who owns the accounts: those of one owner are one party; each its own if left out"),
    cancelOnDisconnect: z.boolean().default(false).describe("Whether its orders are canceled when its session ends"),
  })
  .describe("The account of each agent of a group");

const colocation = z
  .strictObject({
    delay: duration.prefault("5us").describe("How long a message takes to or from the venue"),
    feePerHour: decimalFromZero
      .prefault("0")
      .describe("What each agent pays for it, by the minute, in the quote asset of what it trades"),
  })
  .describe("A place right beside the venue where the agents trade");

const EVERY_AGENT = {
  name: name.describe("Name of the group; its agents are called name-1, name-2 and so on"),
  count: count.default(1).describe("How many there are"),
  symbol: name.optional().describe("Instrument that the agents trade; the first one if left out"),
  venue: name.optional().describe("Venue where they trade it; the first one that lists it if left out"),
  computeDelay: duration.prefault("0s").describe("How long an agent is busy with each event"),
  leaksTo: name
    .optional()
    .describe("Group whose agents get a copy of each new order of these, sent along with it: a broker that leaks"),
  colocation: colocation.optional(),
  account: account.prefault({}),
  desk: name.optional().describe("Desk that hosts the agents and trades for them, from its own account"),
  strategy: name.optional().describe("Strategy that they belong to on their desk; the group's name if left out"),
};

/** The kinds differ in their parameters alone, so what all groups have in common is all that the type says. */
const populationGroup = z.discriminatedUnion(
  "kind",
  POPULATION_KINDS.map(({ kind, parameters }) =>
    z.strictObject({ kind: z.literal(kind), ...EVERY_AGENT, parameters: parameters.prefault({}) }),
  ) as unknown as [z.ZodObject, ...z.ZodObject[]],
) as unknown as z.ZodType<GroupSpec & { readonly kind: string }>;

const agentGroup = z
  .strictObject({
    file: z.string().min(1).describe("TypeScript file with the agent as default export, relative to the scenario"),
    ...EVERY_AGENT,
    parameters: z.record(z.string(), z.unknown()).default({}).describe("Handed to the agent as they are"),
  })
  .describe("Agents of your own");

const recorded = z
  .strictObject({
    symbol: name.describe("Instrument whose book the recording drives"),
    venue: name.optional().describe("Venue of that book; the first one that lists the instrument if left out"),
    speed: z
      .number()
      .min(0.001)
      .max(1_000_000)
      .default(1)
      .describe("How much faster than it was recorded it is played"),
  })
  .describe("Recorded order flow that drives a book; the file is given with --data");

/** A scenario file, version 1. */
export const scenarioSchema = z
  .strictObject({
    version: z.literal(1).describe("Version of this format"),
    name: name.describe("Name of the scenario; its runs are recorded below runs/<name>/"),
    description: z.string().default("").describe("For people"),
    seed: z.int().min(0).default(1).describe("All chance follows from it; `--seed` takes another one"),
    start: timeOfDay.prefault("09:30").describe("Time of day at which the run begins"),
    duration: positiveDuration.describe("How long it runs, in simulated time"),
    venues: z.array(venue).min(1).max(1_000).describe("Where the agents trade"),
    network: network.prefault({ kind: "constant", delay: "0s" }),
    ledger: ledger.optional(),
    fundamentals: z.array(fundamental).default([]).describe("Values of instruments apart from their prices"),
    population: z.array(populationGroup).default([]).describe("Groups of background agents"),
    agents: z.array(agentGroup).default([]).describe("Groups of agents of your own"),
    desks: z.array(desk).default([]).describe("Desks that host agents"),
    recorded: recorded.optional(),
    surveillance: surveillance.optional(),
    sampling: positiveDuration.prefault("1s").describe("Interval at which the report looks at the books"),
  })
  .describe("A tradeswarm scenario");

/** A scenario as it is run: every default filled in, durations in nanoseconds, decimals as text. */
export type Scenario = z.output<typeof scenarioSchema>;
export type AccountSpec = z.output<typeof account>;
/** A group of agents, of the population or one's own, in what all groups have in common. */
export interface GroupSpec {
  readonly name: string;
  readonly count: number;
  readonly symbol?: string | undefined;
  readonly venue?: string | undefined;
  readonly computeDelay: number;
  readonly colocation?: z.output<typeof colocation> | undefined;
  readonly leaksTo?: string | undefined;
  readonly account: AccountSpec;
  readonly desk?: string | undefined;
  readonly strategy?: string | undefined;
  readonly parameters: Record<string, unknown>;
}
