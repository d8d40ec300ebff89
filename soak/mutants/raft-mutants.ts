import type { Mutant } from "./mutant.ts";

const RAFT = "src/consensus/raft";
const foundBy = ["raft"];

/** Elections, votes and terms. */
const ELECTION: readonly Mutant[] = [
  {
    name: "half is a majority",
    foundBy,
    file: `${RAFT}/quorum.ts`,
    text: "return Math.floor(voters / 2) + 1;",
    replacement: "return Math.ceil(voters / 2);",
    why: "Of an even number of voters two halves share nobody.",
  },
  {
    name: "majority less one",
    foundBy,
    file: `${RAFT}/quorum.ts`,
    text: "return Math.floor(voters / 2) + 1;",
    replacement: "return Math.max(1, Math.floor(voters / 2));",
    why: "Two groups that have nobody in common can both decide.",
  },
  {
    name: "joint vote of the new voters only",
    foundBy,
    file: `${RAFT}/quorum.ts`,
    text: "majorityVote(voters.outgoing, votes)]",
    replacement: `"won"]`,
    why: "The old voters may elect another leader meanwhile.",
  },
  {
    name: "joint commit of the new voters only",
    foundBy,
    file: `${RAFT}/quorum.ts`,
    text: "Math.min(majorityIndex(voters.incoming, indexOf), majorityIndex(voters.outgoing, indexOf))",
    replacement: "majorityIndex(voters.incoming, indexOf)",
    why: "The old voters can elect a leader that lacks what was committed.",
  },
  {
    name: "vote for any log",
    foundBy,
    file: `${RAFT}/election.ts`,
    text: "if (!mayVote || !state.log.accepts(request.last)) return",
    replacement: "if (!mayVote) return",
    why: "A leader may lack what is committed.",
  },
  {
    name: "longer log wins",
    foundBy,
    file: `${RAFT}/raft-log.ts`,
    text: "return last.term > mine.term || (last.term === mine.term && last.index >= mine.index);",
    replacement: "return last.index >= mine.index;",
    why: "A long log of an old term may lack what a later term has committed.",
  },
  {
    name: "second vote in a term",
    foundBy,
    file: `${RAFT}/election.ts`,
    text: "(state.vote === NO_REPLICA && state.leader === NO_REPLICA) ||",
    replacement: "state.leader === NO_REPLICA ||",
    why: "Two candidates of one term can both win.",
  },
  {
    name: "vote not remembered",
    foundBy,
    file: `${RAFT}/election.ts`,
    text: "    state.vote = from;\n",
    replacement: "",
    why: "The next candidate of the term gets a vote as well.",
  },
  {
    name: "vote forgotten when a candidate steps back",
    foundBy,
    file: `${RAFT}/roles.ts`,
    text: "if (term !== state.term) {",
    replacement: "if (term >= state.term) {",
    why: "Following a leader of the same term gives the vote back.",
  },
  {
    name: "votes kept over terms",
    foundBy,
    file: `${RAFT}/roles.ts`,
    text: "  state.votes = new Map();\n",
    replacement: "",
    why: "A candidate counts votes of an election that it has lost.",
  },
  {
    name: "pre-vote counts as vote",
    foundBy,
    file: `${RAFT}/election.ts`,
    text: "if (response.ballot === awaited) countVote(",
    replacement: "countVote(",
    why: "Nobody has promised anything by a pre-vote.",
  },
  {
    name: "messages of old terms are heard",
    foundBy,
    file: `${RAFT}/step.ts`,
    text: "} else if (message.term < state.term) {",
    replacement: "} else if (message.term < 0) {",
    why: "A leader that was replaced goes on leading.",
  },
  {
    name: "commit of a vote is taken for any entry",
    foundBy,
    file: `${RAFT}/election.ts`,
    text: "if (state.log.holds(response.commit)) state",
    replacement: "if (response.commit.index <= state.log.lastIndex) state",
    why: "The candidate may hold another entry there.",
  },
];

/** The log: append, commit, apply. */
const LOG: readonly Mutant[] = [
  {
    name: "older term committed by count",
    foundBy,
    file: `${RAFT}/replication.ts`,
    text: "state.log.termAt(index) !== state.term",
    replacement: "state.log.termAt(index) === undefined",
    why: "Figure 8 of Ongaro and Ousterhout: it can still be replaced.",
  },
  {
    name: "heartbeat commits too much",
    foundBy,
    file: `${RAFT}/replication.ts`,
    text: "const commit = Math.min(progress.match, state.log.committed);",
    replacement: "const commit = state.log.committed;",
    why: "The follower may hold other entries there, or none.",
  },
  {
    name: "append without looking at the entry before",
    foundBy,
    file: `${RAFT}/raft-log.ts`,
    text: "if (!this.holds(previous)) return undefined;",
    replacement: "if (previous.index > this.lastIndex) return undefined;",
    why: "Logs that differ are taken for equal.",
  },
  {
    name: "old append cuts the log",
    foundBy,
    file: `${RAFT}/raft-log.ts`,
    text: "      if (this.holds(entry)) continue;\n",
    replacement: "",
    why: "A message that comes late takes back what was acknowledged since.",
  },
  {
    name: "sent counts as saved",
    foundBy,
    file: `${RAFT}/progress.ts`,
    text: "this.next += entries;",
    replacement: "this.next += entries;\n        this.match = this.next - 1;",
    why: "What is lost on the way is committed.",
  },
  {
    name: "follower that lags is not sent on",
    foundBy,
    file: `${RAFT}/replication.ts`,
    text: `if (progress.match < state.log.lastIndex || progress.state === "probe") sendAppend(state, from, "always");`,
    replacement: `if (progress.match > state.log.lastIndex) sendAppend(state, from, "always");`,
    why: "Nothing repeats what was lost.",
  },
];

/** What must outlive a crash. */
const DISK: readonly Mutant[] = [
  {
    name: "vote not saved",
    foundBy,
    file: `${RAFT}/raft-disk.ts`,
    text: "if (!isPromised) this.#disk.append(promiseRecord(node));",
    replacement: "if (!isPromised && vote === NO_REPLICA) this.#disk.append(promiseRecord(node));",
    why: "After a crash it votes again in the same term.",
  },
  {
    name: "saved without sync",
    foundBy,
    file: `${RAFT}/raft-disk.ts`,
    text: "    this.#disk.sync();\n",
    replacement: "",
    why: "What others rely on is gone after a crash.",
  },
  {
    name: "sent before it is saved",
    foundBy,
    file: `${RAFT}/raft-replica.ts`,
    text: `      this.#disk.save(node);
      if (snapshot !== undefined) this.#replicated.restore(snapshot.state);
      for (const { to, message } of node.takeOutbox()) context.send(to, message);`,
    replacement: `      for (const { to, message } of node.takeOutbox()) context.send(to, message);
      this.#disk.save(node);
      if (snapshot !== undefined) this.#replicated.restore(snapshot.state);`,
    why: "A crash in between takes back what others have heard.",
  },
  {
    name: "compaction forgets the vote",
    foundBy,
    file: `${RAFT}/raft-disk.ts`,
    text: "promiseRecord(node), ...entryRecords]",
    replacement: "...entryRecords]",
    why: "After a crash it is back in term 0.",
  },
  {
    name: "compaction forgets what is not applied",
    foundBy,
    file: `${RAFT}/raft-disk.ts`,
    text: "log.between(log.firstIndex, log.lastIndex)",
    replacement: "log.between(log.firstIndex, log.applied)",
    why: "Entries that were acknowledged are gone after a crash.",
  },
  {
    name: "replaced entries come back",
    foundBy,
    file: `${RAFT}/raft-disk.ts`,
    text: "      entries.length = at;\n",
    replacement: "      if (entries.length < at) entries.length = at;\n",
    why: "A record of an index replaces all that stood behind it.",
  },
  {
    name: "commit index is not saved",
    foundBy,
    file: `${RAFT}/raft-disk.ts`,
    text: "[RECORD.entry, entry.index, log.committed]",
    replacement: "[RECORD.entry, entry.index, Math.min(0, log.committed)]",
    why: "A replica that starts again counts votes by a configuration two changes old.",
  },
];

/** Snapshots and changes of the members. */
const MEMBERS: readonly Mutant[] = [
  {
    name: "snapshot without its state",
    foundBy,
    file: `${RAFT}/raft-replica.ts`,
    text: "if (snapshot !== undefined) this.#replicated.restore(snapshot.state);",
    replacement: "if (snapshot?.index === 0) this.#replicated.restore(snapshot.state);",
    why: "The machine lacks what the snapshot stands for.",
  },
  {
    name: "snapshot without its members",
    foundBy,
    file: `${RAFT}/snapshots.ts`,
    text: "  state.configuration = snapshot.configuration;\n",
    replacement: "",
    why: "Votes are counted by a configuration that was left.",
  },
  {
    name: "pieces of a snapshot in any order",
    foundBy,
    file: `${RAFT}/snapshot-assembly.ts`,
    text: "piece.offset === this.#arrived && piece.offset",
    replacement: "piece.offset",
    why: "A doubled piece counts twice, and the end stays empty.",
  },
  {
    name: "second change before the first",
    foundBy,
    file: `${RAFT}/membership.ts`,
    text: "if (state.pendingChangeIndex > state.log.applied) return",
    replacement: "if (state.pendingChangeIndex > state.log.lastIndex) return",
    why: "Configurations two changes apart need not share a majority.",
  },
  {
    name: "new leader forgets the pending change",
    foundBy,
    file: `${RAFT}/election.ts`,
    text: "state.pendingChangeIndex = state.log.lastIndex;",
    replacement: "state.pendingChangeIndex = 0;",
    why: "It takes another change while one of its predecessor may still be committed.",
  },
  {
    name: "two voters change at once",
    foundBy,
    file: `${RAFT}/conf-change.ts`,
    text: 'if (change.transition === "auto" && change.changes.length === 1) return simpleChange(from, change.changes);',
    replacement: "if (change.changes.length > 0) return withChanges(from, change.changes);",
    why: "Majorities of before and after need not meet.",
  },
  {
    name: "joint without the old voters",
    foundBy,
    file: `${RAFT}/conf-change.ts`,
    text: "withChanges({ ...from, outgoing: from.incoming }, changes)",
    replacement: "withChanges({ ...from, outgoing: from.incoming.slice(0, 1) }, changes)",
    why: "The old voters can still decide without the new ones.",
  },
];

/** What clients are told. */
const CLIENTS: readonly Mutant[] = [
  {
    name: "read without asking the others",
    foundBy,
    file: `${RAFT}/read-index.ts`,
    text: "this.#waiting.filter(({ round }) => round <= confirmed)",
    replacement: "this.#waiting.filter(({ round }) => round <= this.#round || round <= confirmed)",
    why: "A leader that was replaced does not know of it.",
  },
  {
    name: "read confirmed by an earlier round",
    foundBy,
    file: `${RAFT}/read-index.ts`,
    text: "index: commit, round: this.#round }",
    replacement: "index: commit, round: this.#round - 1 }",
    why: "The others answered before the read was asked.",
  },
  {
    name: "read before the term's first commit",
    foundBy,
    file: `${RAFT}/reads.ts`,
    text: "return state.log.termAt(state.log.committed) === state.term;",
    replacement: "return state.isLeader;",
    why: "A new leader does not know yet what is committed.",
  },
  {
    name: "dedupe table not in the snapshot",
    foundBy,
    file: `${RAFT}/replicated-state.ts`,
    text: "this.#sessions.restore(reader);",
    replacement: "new ClientSessions().restore(reader);",
    why: "After a restart sessions are unknown.",
  },
  {
    name: "retried transaction executed again",
    foundBy,
    file: `${RAFT}/client-sessions.ts`,
    text: "if (known !== undefined) return known;",
    replacement: `if (known?.outcome === "superseded") return known;`,
    why: "A transaction that is twice in the log takes effect twice.",
  },
  {
    name: "closed session executes",
    foundBy,
    file: `${RAFT}/client-sessions.ts`,
    text: `if (last === undefined) return { outcome: "session-expired", value: 0 };`,
    replacement: "if (last === undefined) return undefined;",
    why: "The transaction may have taken effect before the session was closed.",
  },
  {
    name: "answered before it is committed",
    foundBy,
    file: `${RAFT}/client-requests.ts`,
    text: "else waiting.awaitEntry(index, asker);",
    replacement: `else if (waiting.term < 0) waiting.awaitEntry(index, asker);\n  else sendAnswer(context, asker, "done", index);`,
    why: "The entry can still be lost.",
  },
  {
    name: "answered by another's entry",
    foundBy,
    file: `${RAFT}/raft-replica.ts`,
    text: "if (!node.state.isLeader || this.#waiting.term !== node.state.term) this.#waiting.dismiss(context);",
    replacement: "if (this.#waiting.term > node.state.term) this.#waiting.dismiss(context);",
    why: "A leader that was replaced finds another entry at the index of its client's.",
  },
];

export const RAFT_MUTANTS: readonly Mutant[] = [...ELECTION, ...LOG, ...DISK, ...MEMBERS, ...CLIENTS];
