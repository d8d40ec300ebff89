import type { MembershipChange } from "../../src/consensus/raft/conf-change.ts";
import { configurationOf, NO_REPLICA, votersOf } from "../../src/consensus/raft/configuration.ts";
import { APPEND_WORDS_MAX } from "../../src/consensus/raft/limits.ts";
import type { PeerMessage } from "../../src/consensus/raft/messages.ts";
import { RaftNode } from "../../src/consensus/raft/raft-node.ts";
import type { RaftState } from "../../src/consensus/raft/raft-state.ts";
import { encodeSnapshot } from "../../src/consensus/raft/snapshot.ts";
import type { ScriptStep } from "./data-script.ts";
import { argOf } from "./data-script.ts";
import { ScriptNode } from "./raft-script-node.ts";
import {
  letterText,
  progressText,
  readChanges,
  replicaId,
  replicaOf,
  ROLE_TEXT,
  ScriptTexts,
} from "./raft-script-text.ts";

const ELECTION_TICKS = 3;

/** Under way: a message of a replica, or what a client that asked the wrong one brings to the leader. */
interface Letter {
  readonly from: number;
  readonly to: number;
  readonly message: PeerMessage | MembershipChange;
}

/** Plays the steps of an interaction script on nodes whose disks and network the script moves by hand. */
export class ScriptCluster {
  readonly #nodes: ScriptNode[] = [];
  readonly #texts = new ScriptTexts();
  #letters: Letter[] = [];

  /** @returns what the step prints, without the lines of etcd's logger */
  play(step: ScriptStep): string {
    const ids = step.args.filter(({ values }) => values.length === 0).map(({ key }) => key);
    const replicas = ids.map(replicaOf);
    const node = (): ScriptNode => this.#nodes[replicas[0]];
    switch (step.command) {
      case "log-level":
        return "";
      case "add-nodes":
        return this.#addNodes(Number(ids[0]), step);
      case "campaign":
        node().raft.campaign();
        return "";
      case "propose":
        return this.#propose(node(), ids[1]);
      case "propose-conf-change":
        return this.#proposeChange(node(), step);
      case "process-ready":
        return replicas.map((replica) => this.#ready(replica, replicas.length)).join("\n");
      case "deliver-msgs":
        return this.#deliverStep(replicas, step);
      case "stabilize":
        return this.#stabilize(replicas.length === 0 ? [...this.#nodes.keys()] : replicas);
      case "tick-heartbeat":
        node().raft.tick();
        return "";
      case "tick-election":
        for (let i = 0; i < ELECTION_TICKS; i++) node().raft.tick();
        return "";
      case "set-randomized-election-timeout":
        (node().raft.state as RaftState).electionTimeout = Number(argOf(step, "timeout")?.[0]);
        return "";
      case "status":
        return statusText(node().raft);
      case "raft-log":
        return this.#logText(node().raft);
      case "raft-state":
        return this.#nodes.map(({ raft }) => stateText(raft)).join("\n");
      case "compact":
        node().raft.compact(node().raft.state.snapshot, node().raft.state.snapshot.index - Number(ids[1]));
        return this.#logText(node().raft);
      case "transfer-leadership":
        this.#nodes[replicaOf(argOf(step, "from")![0])].raft.transferLeadership(replicaOf(argOf(step, "to")![0]));
        return "";
      case "report-unreachable": {
        const progress = node().raft.state.progressOf(replicas[1]);
        if (progress?.state === "replicate") progress.becomeProbe();
        return "";
      }
      case "send-snapshot":
        return this.#sendSnapshot(node(), replicas[1]);
      default:
        throw new Error(`no such command: ${step.command}`);
    }
  }

  #addNodes(count: number, step: ScriptStep): string {
    const voters = (argOf(step, "voters") ?? []).map(replicaOf);
    const configuration = configurationOf(voters, (argOf(step, "learners") ?? []).map(replicaOf));
    const index = Number(argOf(step, "index")?.[0] ?? 0);
    const on = (key: string): "on" | "off" => (argOf(step, key)?.[0] === "true" ? "on" : "off");
    for (let i = 0; i < count; i++) {
      const snapshot = { index, term: index === 0 ? 0 : 1, configuration, state: new Int32Array(0) };
      const raft = new RaftNode(
        {
          self: this.#nodes.length,
          electionTicks: ELECTION_TICKS,
          heartbeatTicks: 1,
          preVote: on("prevote"),
          checkQuorum: on("checkquorum"),
          inflightMax: Number(argOf(step, "inflight")?.[0] ?? 256),
          appendWordsMax: APPEND_WORDS_MAX,
          draw: (_, high) => high,
        },
        { term: 0, vote: NO_REPLICA, commit: index, snapshot, start: snapshot, entries: [] },
      );
      this.#nodes.push(new ScriptNode(raft, this.#texts));
    }
    return "";
  }

  #propose(node: ScriptNode, text: string): string {
    const words = this.#texts.transaction(text);
    const index = node.raft.propose({ kind: "transaction", session: 0, sequence: 0, words });
    return index === undefined ? "raft proposal dropped" : "";
  }

  #proposeChange(node: ScriptNode, step: ScriptStep): string {
    const transition = argOf(step, "transition")?.[0];
    const change: MembershipChange = {
      transition: transition === "explicit" ? "joint-explicit" : transition === "implicit" ? "joint-implicit" : "auto",
      changes: readChanges(step.input.join(" ")),
    };
    const { leader } = node.raft.state;
    if (!node.raft.state.isLeader && leader !== NO_REPLICA) {
      // There a follower passes a proposal on; here it would name the leader to the client, whose part is played here.
      node.passOn(leader, change);
    } else {
      proposeTo(node.raft, change);
    }
    return "";
  }

  #ready(replica: number, among: number): string {
    const node = this.#nodes[replica];
    const { text, letters } = node.ready();
    for (const { to, message } of letters) this.#letters.push({ from: replica, to, message });
    return among === 1 ? text : `> ${replicaId(replica)} handling Ready\n${indented(text)}`;
  }

  #stabilize(replicas: readonly number[]): string {
    const parts: string[] = [];
    for (let busy = true; busy;) {
      busy = false;
      for (const replica of replicas) {
        if (!this.#nodes[replica].hasReady) continue;
        busy = true;
        parts.push(this.#ready(replica, Infinity));
      }
      for (const replica of replicas) {
        if (!this.#letters.some(({ to }) => to === replica)) continue;
        busy = true;
        parts.push(`> ${replicaId(replica)} receiving messages\n${indented(this.#deliver(replica, "receive"))}`);
      }
    }
    return parts.join("\n");
  }

  #deliverStep(replicas: readonly number[], step: ScriptStep): string {
    const dropped = (argOf(step, "drop") ?? []).map(replicaOf);
    const kind = argOf(step, "type")?.[0] === "MsgApp" ? "append" : undefined;
    return [
      ...replicas.map((replica) => this.#deliver(replica, "receive", kind)),
      ...dropped.map((replica) => this.#deliver(replica, "drop", kind)),
    ]
      .filter((text) => text !== "")
      .join("\n");
  }

  #deliver(replica: number, how: "receive" | "drop", only?: PeerMessage["kind"]): string {
    const isMeant = ({ to, message }: Letter): boolean =>
      to === replica && (only === undefined || ("kind" in message && message.kind === only));
    const meant = this.#letters.filter(isMeant);
    this.#letters = this.#letters.filter((letter) => !isMeant(letter));
    const lines: string[] = [];
    for (const { from, to, message } of meant) {
      lines.push(`${how === "drop" ? "dropped: " : ""}${letterText(this.#texts, from, to, message)}`);
      if (how === "drop" || this.#nodes[to] === undefined) continue;
      if ("kind" in message) this.#nodes[to].raft.step(from, message);
      else proposeTo(this.#nodes[to].raft, message);
    }
    return lines.join("\n");
  }

  #sendSnapshot(from: ScriptNode, to: number): string {
    const { term, snapshot, self } = from.raft.state;
    const words = encodeSnapshot(snapshot);
    const piece = { term, index: snapshot.index, total: words.length, offset: 0, words };
    const message: PeerMessage = { kind: "snapshot-piece", ...piece };
    this.#letters.push({ from: self, to, message });
    return this.#texts.message(self, to, message);
  }

  #logText({ state: { log } }: RaftNode): string {
    if (log.firstIndex > log.lastIndex)
      return `log is empty: first index=${log.firstIndex}, last index=${log.lastIndex}`;
    const entries = log.between(log.firstIndex, log.lastIndex);
    return entries.map((entry) => this.#texts.entry(entry)).join("\n");
  }
}

/** There a change that cannot be becomes an empty entry; here it is refused and leaves nothing. */
function proposeTo(raft: RaftNode, change: MembershipChange): void {
  if (typeof raft.proposeMembership(change) === "string") raft.propose({ kind: "empty" });
}

function statusText({ state }: RaftNode): string {
  const lines = [...state.progress].map(([member, progress]) => {
    const role = state.configuration.learners.includes(member) ? "learner" : "voter";
    return `${replicaId(member)}: ${progressText(progress, role)}`;
  });
  return lines.join("\n");
}

function stateText({ state }: RaftNode): string {
  const voter = votersOf(state.configuration).includes(state.self) ? "Voter" : "Non-Voter";
  const lead = replicaId(state.leader);
  return `${replicaId(state.self)}: ${ROLE_TEXT[state.role]} (${voter}) Term:${state.term} Lead:${lead}`;
}

function indented(text: string): string {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => `  ${line}`)
    .join("\n");
}
