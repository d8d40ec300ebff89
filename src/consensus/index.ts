/** Protocols by which replicas agree on an order of transactions, and what carries them in the kernel. */
export type { Disk } from "./disk.ts";
export { MESSAGE_WORDS_MAX, ReplicaActor } from "./replica-actor.ts";
export type { ReplicaActorOptions } from "./replica-actor.ts";
export { TRANSACTION_WORDS } from "./replica.ts";
export type { Codec, ReplicatedMachine, Replica, ReplicaContext } from "./replica.ts";
export * as proofOfWork from "./proof-of-work/index.ts";
