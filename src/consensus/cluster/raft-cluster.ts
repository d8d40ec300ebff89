import type { Nanos } from "../../core/units.ts";
import { digestOfBody } from "../block-body.ts";
import type { AccountLedger } from "../ledger/account-ledger.ts";
import { configurationOf } from "../raft/configuration.ts";
import type { RaftMessage } from "../raft/messages.ts";
import { raftCodec } from "../raft/raft-codec.ts";
import { RaftReplica } from "../raft/raft-replica.ts";
import { CheckedDisk } from "../checked-disk.ts";
import { ReplicaActor } from "../replica-actor.ts";
import { SimulatedDisk } from "../simulated-disk.ts";
import type { LedgerCluster, LedgerClusterOptions, LedgerMember } from "./ledger-cluster.ts";

export interface RaftClusterOptions extends LedgerClusterOptions {
  /** How often a leader tells that it lives. */
  readonly heartbeatNs: Nanos;
  /** A follower that hears nothing for this long to twice as long stands for election. */
  readonly electionNs: Nanos;
}

const TICKS_PER_HEARTBEAT = 2;
/** Entries of the log that are applied before a snapshot takes their place, and how many of them stay. */
const COMPACT_ENTRIES = 1_000;
const RETAIN_ENTRIES = 200;

/** Replicas that agree by Raft. They believe each other. */
export function raftCluster(options: RaftClusterOptions): LedgerCluster {
  const { replicas, clients, record, createLedger, heartbeatNs } = options;
  const names = [...replicas, ...clients];
  const tickNs = Math.max(1, Math.round(heartbeatNs / TICKS_PER_HEARTBEAT));
  const configuration = configurationOf(replicas.map((_, number) => number));
  const actors: ReplicaActor<RaftMessage>[] = [];
  const members = replicas.map((name, number): LedgerMember => {
    let machine: AccountLedger;
    const create = (disk: SimulatedDisk): RaftReplica => {
      machine = createLedger();
      return new RaftReplica(
        {
          configuration,
          machine,
          tickNs,
          electionTicks: Math.max(TICKS_PER_HEARTBEAT + 1, Math.round(options.electionNs / tickNs)),
          heartbeatTicks: TICKS_PER_HEARTBEAT,
          compactEntries: COMPACT_ENTRIES,
          retainEntries: RETAIN_ENTRIES,
          blocks: {
            machine,
            accountKeys: options.accountKeys,
            intervalNs: options.blockIntervalNs,
            mempool: options.mempool,
            observer: {
              onFinal: (height, body, outcomes) =>
                record.onFinal(number, { height, id: digestOfBody(body), body, outcomes }),
            },
          },
        },
        new CheckedDisk(disk),
      );
    };
    const disk = new SimulatedDisk({ torn: "left" });
    const actor = new ReplicaActor<RaftMessage>({ number, names, codec: raftCodec, disk, create });
    actors.push(actor);
    return { name, actor, isHonest: true, ledger: () => machine };
  });
  const leader = (): number | undefined => {
    // A leader that has been cut off may still take itself for one: the highest term is the true one's.
    const leaders = actors.flatMap((actor, number) => {
      const { replica } = actor;
      if (actor.restarts < 0 || !(replica instanceof RaftReplica) || !replica.node.state.isLeader) return [];
      return [{ number, term: replica.node.state.term }];
    });
    return leaders.toSorted((a, b) => b.term - a.term).at(0)?.number;
  };
  return { codec: raftCodec, members, witnesses: 1, leader };
}
