import { z } from "zod";
import { ACCESS_KINDS } from "../../network/geography/accesses.ts";
import { PLACES_MAX } from "../../network/network-limits.ts";
import { fault, randomFault } from "./fault-schema.ts";
import { duration, name } from "./fields.ts";
import { linkFields } from "./link-schema.ts";

const places = z.array(name).min(1).max(PLACES_MAX).describe("Names of the places");
const degree = z.int().min(1).max(PLACES_MAX);
const delays = z.array(z.array(duration));

const topology = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("star"), places: places.describe("The first is the hub") }),
    z.strictObject({ kind: z.literal("ring"), places }),
    z.strictObject({ kind: z.literal("mesh"), places }),
    z.strictObject({
      kind: z.literal("tree"),
      places: places.describe("The first is the root, and so on from the top"),
      branching: z.int().min(1).max(PLACES_MAX).default(2).describe("Places below each"),
    }),
    z.strictObject({
      kind: z.literal("randomRegular"),
      places,
      degree: degree.describe("Neighbours of each place, drawn at random"),
    }),
    z.strictObject({
      kind: z.literal("smallWorld"),
      places,
      degree: degree.default(4).describe("Neighbours of each place in the ring, before some are led elsewhere"),
      rewiring: z.number().min(0).max(1).default(0.1).describe("Probability with which a link is led elsewhere"),
    }),
    z.strictObject({
      kind: z.literal("scaleFree"),
      places,
      links: degree.default(2).describe("Links of each place that joins, to places that have many"),
    }),
    z.strictObject({
      kind: z.literal("geographic"),
      places: places.describe("Cities of the table in docs/network.md, or names with coordinates"),
      coordinates: z
        .record(
          name,
          z.strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }),
        )
        .default({})
        .describe("Of places that the table of cities lacks, in degrees"),
      medium: z
        .enum(["internet", "fibre", "microwave"])
        .default("internet")
        .describe("What the delay follows from, by distance: internet, fibre or microwave"),
      neighbours: degree.optional().describe("Joins each place to this many nearest ones; to all if left out"),
      delays: delays.optional().describe("Measured delays one way, from row to column, instead of those by distance"),
      roundTrips: delays.optional().describe("Measured delays there and back; half of it is one way"),
    }),
    z.strictObject({ kind: z.literal("graph"), places: places.describe("Joined by the entries of links") }),
    z.strictObject({
      kind: z.literal("gml"),
      text: z.string().optional().describe("A graph in GML as Shadow reads it; `text: |` and the graph below it"),
      file: z.string().min(1).optional().describe("Or a file with such a graph, relative to the scenario"),
    }),
  ])
  .describe("Places, and how they are joined");

const linkOverride = z
  .strictObject({
    between: z.tuple([name, name]).describe("The two places"),
    direction: z
      .enum(["both", "forth"])
      .default("both")
      .describe("Whether only the way from the first to the second is meant: both or forth"),
    ...linkFields,
  })
  .describe("A link that differs from the others, or one more");

const transport = z.enum(["reliable", "datagram"]);
const dataTransport = z.enum(["reliable", "datagram", "gossip"]);

const routed = z.strictObject({
  kind: z.literal("routed"),
  topology,
  link: z.strictObject(linkFields).prefault({}).describe("What each link is like"),
  links: z.array(linkOverride).max(100_000).default([]).describe("Links that differ, or that are added"),
  local: duration.prefault("0s").describe("Delay between two actors at the same place"),
  at: z
    .record(name, z.union([name, z.array(name).min(1)], { error: "expected a place or a list of places" }))
    .default({})
    .describe(
      "Place of each venue, group or agent; of a list, one after the other. Left out: venues at the first place, agents drawn among the others",
    ),
  access: z
    .record(name, name)
    .default({})
    .describe(`What a venue, group or agent has up to its place: ${ACCESS_KINDS.join(", ")} or one of accesses`),
  accesses: z
    .record(
      name,
      z.strictObject({ up: z.strictObject(linkFields).describe("From the actor"), down: z.strictObject(linkFields) }),
    )
    .default({})
    .describe("Accesses of your own, each with the fields of a link for up and for down"),
  transport: z
    .strictObject({
      orders: transport
        .default("reliable")
        .describe("Orders, reports, requests and their answers: reliable or datagram"),
      marketData: dataTransport
        .default("datagram")
        .describe("What subscribers are sent: reliable, datagram, or gossip from subscriber to subscriber"),
      intelligence: dataTransport
        .default("reliable")
        .describe("Notes between agents: reliable, datagram, or gossip from listener to listener"),
      ledger: transport
        .default("datagram")
        .describe("What replicas of a ledger tell each other, who repeat by themselves what is lost"),
      fanOut: z.int().min(1).max(1_000).default(4).describe("Receivers that each passes on to what it hears by gossip"),
      forgers: z
        .array(name)
        .default([])
        .describe("Groups or agents that forge the prices of market data that they pass on, by gossip"),
      forgedTicks: z.int().min(1).max(1_000_000).default(100).describe("By how much they raise a price"),
      signed: z
        .boolean()
        .default(false)
        .describe("Whether market data bears its venue's signature, so that forgeries are found out"),
    })
    .prefault({})
    .describe("What is repeated when it is lost, and what is not"),
  routing: z
    .strictObject({
      metric: z
        .enum(["latency", "hops"])
        .optional()
        .describe("Fastest way, or fewest links; fewest in a geographic mesh, fastest elsewhere if left out"),
      convergence: duration.prefault("1s").describe("How long routes take to follow a failure"),
    })
    .prefault({})
    .describe("How ways are chosen"),
  faults: z.array(fault).max(10_000).default([]).describe("What goes wrong, and when"),
  randomFaults: z.array(randomFault).max(100).default([]).describe("What goes wrong at random"),
});

export const network = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("constant"), delay: duration.describe("Of every message") }),
    z.strictObject({
      kind: z.literal("uniform"),
      low: duration.describe("Each message draws its delay between this"),
      high: duration.describe("and this"),
    }),
    z.strictObject({
      kind: z.literal("line"),
      lengthMetres: z
        .number()
        .min(0)
        .max(1e9)
        .describe("Actors stand on a line of this length; signals move with light"),
    }),
    z.strictObject({
      kind: z.literal("matrix"),
      places: z.array(name).min(1).describe("Names of the places"),
      delays: z.array(z.array(duration)).describe("Delay from each place (row) to each place (column)"),
      at: z
        .record(name, name)
        .default({})
        .describe("Place of each venue, and of the agents of each group; the first place for those left out"),
    }),
    routed,
  ])
  .describe("How long messages travel between agents and venues");

export type NetworkSection = z.output<typeof network>;
export type RoutedSection = z.output<typeof routed>;
