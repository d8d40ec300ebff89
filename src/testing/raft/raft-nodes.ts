import { configurationOf, NO_REPLICA } from "../../consensus/raft/configuration.ts";
import type { Entry } from "../../consensus/raft/entry.ts";
import { APPEND_WORDS_MAX } from "../../consensus/raft/limits.ts";
import type { PeerMessage } from "../../consensus/raft/messages.ts";
import { RaftNode } from "../../consensus/raft/raft-node.ts";
import type { RaftOptions } from "../../consensus/raft/raft-state.ts";

/** Empty entries of the given terms, from index 1 on. */
export function entriesOf(terms: readonly number[]): Entry[] {
  return terms.map((term, at) => ({ term, index: at + 1, command: { kind: "empty" } }));
}

/** A node with a saved log of such entries, of which nothing is known to be committed. */
export function nodeWith(
  setting: { readonly self: number; readonly voters: readonly number[]; readonly learners?: readonly number[] },
  log: { readonly term: number; readonly terms: readonly number[]; readonly commit?: number },
  options: Partial<RaftOptions> = {},
): RaftNode {
  const configuration = configurationOf(setting.voters, setting.learners);
  const snapshot = { index: 0, term: 0, configuration, state: new Int32Array(0) };
  return new RaftNode(
    {
      self: setting.self,
      electionTicks: 3,
      heartbeatTicks: 1,
      preVote: "on",
      checkQuorum: "on",
      inflightMax: 4,
      appendWordsMax: APPEND_WORDS_MAX,
      draw: (low) => low,
      ...options,
    },
    {
      term: log.term,
      vote: NO_REPLICA,
      commit: log.commit ?? 0,
      snapshot,
      start: snapshot,
      entries: entriesOf(log.terms),
    },
  );
}

/** Saves, applies, and gives what leaves; nobody answers. */
export function settle(node: RaftNode): { to: number; message: PeerMessage }[] {
  const sent = [];
  while (node.hasWork) {
    sent.push(...node.takeOutbox());
    node.saved();
    for (const entry of node.unapplied) node.applied(entry);
  }
  return sent;
}

/** Makes a node leader of the next term: the given replicas grant it everything. */
export function elect(node: RaftNode, voters: readonly number[]): void {
  node.campaign();
  for (const ballot of ["pre-vote", "vote"] as const) {
    settle(node);
    const term = node.state.term + (node.state.role === "pre-candidate" ? 1 : 0);
    const commit = { index: 0, term: 0 };
    for (const voter of voters) node.step(voter, { kind: "vote-response", term, ballot, granted: true, commit });
  }
  settle(node);
}

/** Delivers everything among nodes until all is quiet. Nodes that are left out hear nothing. */
export function exchange(
  nodes: ReadonlyMap<number, RaftNode>,
  letters: { from: number; to: number; message: PeerMessage }[] = [],
): void {
  const pending = [...letters];
  const collect = (): void => {
    for (const [from, node] of nodes) for (const letter of settle(node)) pending.push({ from, ...letter });
  };
  collect();
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    nodes.get(next.to)?.step(next.from, next.message);
    collect();
  }
}
