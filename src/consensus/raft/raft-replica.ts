import { assert } from "../../core/assert.ts";
import type { Nanos } from "../../core/units.ts";
import type { Disk } from "../disk.ts";
import type { Replica, ReplicaContext } from "../replica.ts";
import { answerRequest } from "./client-requests.ts";
import type { Configuration } from "./configuration.ts";
import { APPEND_WORDS_MAX } from "./limits.ts";
import type { ClientRequest, PeerMessage, RaftMessage } from "./messages.ts";
import { INFLIGHT_MESSAGES_MAX } from "./progress.ts";
import { RaftDisk, readDisk } from "./raft-disk.ts";
import type { RaftBlocksOptions } from "./raft-blocks.ts";
import { RaftBlocks } from "./raft-blocks.ts";
import { RaftNode } from "./raft-node.ts";
import type { DurableState } from "./raft-state.ts";
import type { ReadableMachine } from "./replicated-state.ts";
import { ReplicatedState } from "./replicated-state.ts";
import { WaitingClients } from "./waiting-clients.ts";

const TICK = 1;
const BLOCK = 2;

export interface RaftReplicaOptions {
  /** With which the log begins: the same for all replicas, also for those that are added later. */
  readonly configuration: Configuration;
  /** In its first state. */
  readonly machine: ReadableMachine;
  /** The unit in which the two below count: long enough for a message to come and go. */
  readonly tickNs: Nanos;
  readonly electionTicks: number;
  readonly heartbeatTicks: number;
  /** Both are on unless a study wants to see what they are good for. */
  readonly preVote?: "on" | "off";
  readonly checkQuorum?: "on" | "off";
  /** Append messages with entries under way to one follower, and the words of entries in each. */
  readonly inflightMax?: number;
  readonly appendWordsMax?: number;
  readonly sessionsMax?: number;
  /** Entries that are applied before a snapshot takes their place. */
  readonly compactEntries: number;
  /** Of which so many stay, for followers that are a little behind. */
  readonly retainEntries: number;
  /** For a ledger: what orders its signed transactions in blocks. Without it, clients use sessions. */
  readonly blocks?: RaftBlocksOptions;
}

type Context = ReplicaContext<RaftMessage>;

/** A replica that agrees with others by Raft (Ongaro and Ousterhout 2014). */
export class RaftReplica implements Replica<RaftMessage> {
  readonly #options: RaftReplicaOptions;
  readonly #durable: DurableState;
  readonly #disk: RaftDisk;
  readonly #replicated: ReplicatedState;
  readonly #blocks: RaftBlocks | undefined;
  #node: RaftNode | undefined;
  #waiting = new WaitingClients(0);

  constructor(options: RaftReplicaOptions, disk: Disk) {
    this.#options = options;
    this.#durable = readDisk(disk, options.configuration);
    this.#disk = new RaftDisk(disk, this.#durable);
    this.#blocks = options.blocks === undefined ? undefined : new RaftBlocks(options.blocks);
    this.#replicated = new ReplicatedState(options.machine, {
      ...(options.sessionsMax === undefined ? {} : { sessionsMax: options.sessionsMax }),
      ...(this.#blocks === undefined ? {} : { blocks: this.#blocks }),
    });
    const { state } = this.#durable.snapshot;
    if (state.length > 0) this.#replicated.restore(state);
  }

  /** The protocol's own state, for checkers and displays. */
  get node(): RaftNode {
    assert(this.#node !== undefined, "a replica has to be started");
    return this.#node;
  }

  onStart(context: Context): void {
    const { electionTicks, heartbeatTicks, preVote = "on", checkQuorum = "on" } = this.#options;
    const { inflightMax = INFLIGHT_MESSAGES_MAX, appendWordsMax = APPEND_WORDS_MAX } = this.#options;
    const random = context.random("election timeout");
    const draw = (low: number, high: number): number => random.integer(low, high);
    const options = { electionTicks, heartbeatTicks, preVote, checkQuorum, inflightMax, appendWordsMax };
    this.#node = new RaftNode({ ...options, self: context.self, draw }, this.#durable);
    context.setTimer(this.#options.tickNs, TICK);
    if (this.#blocks !== undefined) context.setTimer(this.#blocks.intervalNs, BLOCK);
    this.#settle(context);
  }

  onMessage(context: Context, from: number, message: RaftMessage): void {
    if (message.kind === "answer" || message.kind === "outcome") return;
    if (message.kind === "submission") {
      this.#blocks?.take(context, this.node, message, from);
    } else if (isPeerMessage(message)) {
      this.node.step(from, message);
    } else {
      const { term } = this.node.state;
      if (this.node.state.isLeader && this.#waiting.term !== term) this.#waiting = new WaitingClients(term);
      answerRequest({ context, node: this.node, replicated: this.#replicated, waiting: this.#waiting }, from, message);
    }
    this.#settle(context);
  }

  onTimer(context: Context, tag: number): void {
    if (tag === BLOCK && this.#blocks !== undefined) {
      this.#blocks.propose(this.node);
      context.setTimer(this.#blocks.intervalNs, BLOCK);
    } else if (tag === TICK) {
      this.node.tick();
      context.setTimer(this.#options.tickNs, TICK);
    }
    this.#settle(context);
  }

  /** Saves, sends and applies until there is nothing left to do: each can make more of the others. */
  #settle(context: Context): void {
    const { node } = this;
    do {
      const { snapshot } = node.unsaved;
      this.#disk.save(node);
      if (snapshot !== undefined) this.#replicated.restore(snapshot.state);
      for (const { to, message } of node.takeOutbox()) context.send(to, message);
      node.saved();
      if (!node.state.isLeader || this.#waiting.term !== node.state.term) this.#waiting.dismiss(context);
      for (const entry of node.unapplied) {
        this.#waiting.answerEntry(context, entry, this.#replicated.apply(context, entry));
        node.applied(entry);
      }
      for (const { ticket, index } of node.takeReads()) {
        assert(index <= node.state.log.applied, "a read sees all that was committed when it came in");
        this.#waiting.answerRead(context, ticket, (words) => this.#replicated.read(words));
      }
    } while (node.hasWork);
    this.#compact();
  }

  #compact(): void {
    const { log, snapshot } = this.node.state;
    const { compactEntries, retainEntries } = this.#options;
    if (log.applied - snapshot.index < compactEntries) return;
    const id = { index: log.applied, term: log.termAt(log.applied) ?? 0 };
    const next = { ...id, configuration: this.node.configuration, state: this.#replicated.snapshot() };
    this.node.compact(next, retainEntries);
    this.#disk.compact(this.node, next);
  }
}

function isPeerMessage(message: PeerMessage | ClientRequest): message is PeerMessage {
  return "term" in message;
}
