import type { MemberChange, MembershipChange } from "../../src/consensus/raft/conf-change.ts";
import type { Configuration } from "../../src/consensus/raft/configuration.ts";
import type { Entry, EntryId } from "../../src/consensus/raft/entry.ts";
import type { PeerMessage } from "../../src/consensus/raft/messages.ts";
import type { Progress } from "../../src/consensus/raft/progress.ts";
import type { Role } from "../../src/consensus/raft/raft-state.ts";
import type { Snapshot } from "../../src/consensus/raft/snapshot.ts";
import { decodeSnapshot } from "../../src/consensus/raft/snapshot.ts";

/** etcd numbers its replicas from 1, and 0 is nobody; here they are numbered from 0, and -1 is nobody. */
export function replicaId(replica: number): number {
  return replica + 1;
}

export function replicaOf(id: string): number {
  return Number(id) - 1;
}

const CHANGE_LETTERS = { v: "add-voter", l: "add-learner", r: "remove", u: "update" } as const;

export function readChanges(text: string): MemberChange[] {
  const tokens = text.split(/\s+/).filter((token) => token !== "");
  return tokens.map((token) => {
    const kind = CHANGE_LETTERS[token[0] as keyof typeof CHANGE_LETTERS];
    if (kind === undefined) throw new Error(`no change: ${token}`);
    return { kind, replica: replicaOf(token.slice(1)) };
  });
}

export function changesText(changes: readonly MemberChange[]): string {
  const letters = { "add-voter": "v", "add-learner": "l", remove: "r", update: "u" };
  return changes.map(({ kind, replica }) => `${letters[kind]}${replicaId(replica)}`).join(" ");
}

export function configurationText(configuration: Configuration): string {
  const list = (name: string, members: readonly number[]): string =>
    members.length === 0 ? "" : ` ${name}=(${members.map(replicaId).join(" ")})`;
  const outgoing = configuration.outgoing.length === 0 ? "" : `&&(${configuration.outgoing.map(replicaId).join(" ")})`;
  const learners = list("learners", configuration.learners) + list("learners_next", configuration.learnersNext);
  const leave = configuration.leave === "automatic" ? " autoleave" : "";
  return `voters=(${configuration.incoming.map(replicaId).join(" ")})${outgoing}${learners}${leave}`;
}

export const ROLE_TEXT: Record<Role, string> = {
  follower: "StateFollower",
  "pre-candidate": "StatePreCandidate",
  candidate: "StateCandidate",
  leader: "StateLeader",
};

export function progressText(progress: Progress, role: "voter" | "learner"): string {
  const state = { probe: "StateProbe", replicate: "StateReplicate", snapshot: "StateSnapshot" }[progress.state];
  const parts = [`${state} match=${progress.match} next=${progress.next}`];
  if (role === "learner") parts.push("learner");
  if (progress.isPaused) parts.push("paused");
  if (progress.transfer !== undefined) parts.push(`pendingSnap=${progress.transfer.index}`);
  if (!progress.active) parts.push("inactive");
  if (progress.inflight > 0) parts.push(`inflight=${progress.inflight}${progress.full ? "[full]" : ""}`);
  return parts.join(" ");
}

/** The scripts propose texts: a transaction names one by its place in this list. */
export class ScriptTexts {
  readonly #texts: string[] = [];

  transaction(text: string): Int32Array {
    return new Int32Array(16).fill(this.#texts.push(text) - 1, 0, 1);
  }

  entry(entry: Entry): string {
    const { command } = entry;
    const name = `${entry.term}/${entry.index}`;
    if (command.kind === "membership")
      return `${name} EntryConfChange ${changesText(command.change.changes)}`.trimEnd();
    return `${name} EntryNormal ${JSON.stringify(command.kind === "transaction" ? this.#texts[command.words[0]] : "")}`;
  }

  message(from: number, to: number, message: PeerMessage): string {
    const head = (kind: string, log: EntryId = { index: 0, term: 0 }): string =>
      `${replicaId(from)}->${replicaId(to)} ${kind} Term:${message.term} Log:${log.term}/${log.index}`;
    switch (message.kind) {
      case "vote-request":
        return head(message.ballot === "vote" ? "MsgVote" : "MsgPreVote", message.last);
      case "vote-response": {
        const kind = message.ballot === "vote" ? "MsgVoteResp" : "MsgPreVoteResp";
        return `${head(kind)}${message.granted ? "" : " Rejected (Hint: 0)"}`;
      }
      case "append": {
        const entries = message.entries.map((entry) => this.entry(entry));
        const list = entries.length === 1 ? entries[0] : `\n  ${entries.join("\n  ")}\n`;
        const commit = message.commit === 0 ? "" : ` Commit:${message.commit}`;
        return `${head("MsgApp", message.previous)}${commit}${entries.length === 0 ? "" : ` Entries:[${list}]`}`;
      }
      case "append-response": {
        const { index, rejected } = message;
        if (rejected === undefined) return head("MsgAppResp", { index, term: 0 });
        return `${head("MsgAppResp", { index, term: rejected.term })} Rejected (Hint: ${rejected.index})`;
      }
      case "heartbeat":
        return `${head("MsgHeartbeat")}${message.commit === 0 ? "" : ` Commit:${message.commit}`}`;
      case "heartbeat-response":
        return head("MsgHeartbeatResp");
      case "snapshot-piece": {
        const snapshot = decodeSnapshot(message.words);
        if (snapshot === undefined) throw new Error("the scripts' snapshots fit into one message");
        return `${head("MsgSnap")}\n  Snapshot: ${snapshotText(snapshot)}`;
      }
      case "snapshot-response":
        return head("snapshot-response");
      case "timeout-now":
        return head("MsgTimeoutNow");
      default:
        throw new Error("no message of a replica");
    }
  }
}

export function snapshotText({ index, term, configuration }: Snapshot): string {
  const list = (members: readonly number[]): string => `[${members.map(replicaId).join(" ")}]`;
  const { incoming, outgoing, learners, learnersNext, leave } = configuration;
  const voters = `Voters:${list(incoming)} VotersOutgoing:${list(outgoing)}`;
  const rest = `Learners:${list(learners)} LearnersNext:${list(learnersNext)} AutoLeave:${leave === "automatic"}`;
  return `Index:${index} Term:${term} ConfState:${voters} ${rest}`;
}

/** A message, or what a client that asked the wrong replica brings to the leader. */
export function letterText(
  texts: ScriptTexts,
  from: number,
  to: number,
  message: PeerMessage | MembershipChange,
): string {
  if ("kind" in message) return texts.message(from, to, message);
  const entry = texts.entry({ term: 0, index: 0, command: { kind: "membership", change: message } });
  return `${replicaId(from)}->${replicaId(to)} MsgProp Term:0 Log:0/0 Entries:[${entry}]`;
}
