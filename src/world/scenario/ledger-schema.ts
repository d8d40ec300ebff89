import { z } from "zod";
import { MINING_LIES } from "../../consensus/cluster/proof-of-work-cluster.ts";
import { STREAMLET_LIES } from "../../consensus/cluster/streamlet-cluster.ts";
import { REPLICAS_MAX } from "../../consensus/streamlet/rules.ts";
import { name, positiveDuration } from "./fields.ts";

/** The group of the ledger's replicas, which are called ledger-1, ledger-2 and so on, and the actor that settles there. */
export const LEDGER_NAME = "ledger";
export const CLEARING_NAME = "clearing";

const PROTOCOLS = ["raft", "streamlet", "proofOfWork"] as const;

const howMany = z.int().min(1).max(REPLICAS_MAX).default(1).describe("How many replicas do that");

export const ledger = z
  .strictObject({
    protocol: z.enum(PROTOCOLS).describe("What orders the ledger's blocks: raft, streamlet or proofOfWork"),
    replicas: z.int().min(1).max(REPLICAS_MAX).default(4).describe("How many there are, called ledger-1 and so on"),
    places: z
      .union([name, z.array(name).min(1)], { error: "expected a place or a list of places" })
      .optional()
      .describe("Where they stand, one after the other; the network's first place if left out"),
    blockInterval: positiveDuration
      .prefault("1s")
      .describe("How often a leader of Raft makes a block, how long Streamlet's epoch is, or a block's mean time"),
    settle: z
      .enum(["netted", "perFill"])
      .default("netted")
      .describe("Sends what each account is owed in sum (netted), or each fill on its own and then the rest (perFill)"),
    batch: positiveDuration.prefault("1s").describe("How often trades are sent to be settled"),
    retry: positiveDuration.prefault("5s").describe("After so long without an answer other replicas are asked"),
    fee: z.int().min(0).max(1_000_000).default(0).describe("Coins paid for each transaction"),
    signatures: z
      .enum(["keyedHash", "ed25519"])
      .default("keyedHash")
      .describe("keyedHash is fast and holds within a run; ed25519 takes a millisecond each"),
    raft: z
      .strictObject({
        heartbeat: positiveDuration.prefault("100ms").describe("How often a leader tells that it lives"),
        election: positiveDuration
          .prefault("1s")
          .describe("Who hears nothing for this long to twice as long wants to lead"),
      })
      .prefault({})
      .describe("Where the protocol is raft"),
    streamlet: z
      .strictObject({
        liars: z
          .array(z.strictObject({ lie: z.enum(STREAMLET_LIES).describe(STREAMLET_LIES.join(", ")), count: howMany }))
          .max(REPLICAS_MAX)
          .default([])
          .describe("Replicas that lie: the last ones"),
      })
      .prefault({})
      .describe("Where the protocol is streamlet"),
    proofOfWork: z
      .strictObject({
        confirmations: z
          .int()
          .min(1)
          .max(1_000)
          .default(6)
          .describe("Blocks that confirm one, itself included, before it is taken to be final"),
        proof: z
          .enum(["simulated", "hashed"])
          .default("simulated")
          .describe("Waiting times of the right law, or real hashes at a low difficulty"),
        powers: z
          .array(z.number().min(0).max(1_000_000))
          .optional()
          .describe("Parts of the mining power, one for each replica; equal if left out"),
        liars: z
          .array(z.strictObject({ lie: z.enum(MINING_LIES).describe(MINING_LIES.join(", ")), count: howMany }))
          .max(REPLICAS_MAX)
          .default([])
          .describe("Replicas that break the rules: the last ones"),
      })
      .prefault({})
      .describe("Where the protocol is proofOfWork"),
  })
  .describe(
    "A ledger of several replicas at which the venues settle; without it, the venues' own ledger is the only one",
  );

export type LedgerSection = z.output<typeof ledger>;

export function replicaNames({ replicas }: Pick<LedgerSection, "replicas">): string[] {
  return Array.from({ length: replicas }, (_, i) => `${LEDGER_NAME}-${i + 1}`);
}
