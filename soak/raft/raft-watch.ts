import type { Entry, EntryId } from "../../src/consensus/raft/entry.ts";
import type { RaftMessage } from "../../src/consensus/raft/messages.ts";
import type { RaftNode } from "../../src/consensus/raft/raft-node.ts";
import { violated } from "../simulation/violation.ts";

/** What a replica looked like after its last event. */
interface Seen {
  isLeader: boolean;
  term: number;
  lastIndex: number;
  last: EntryId | undefined;
  committed: number;
  applied: number;
  /** By index, as objects: what is the same object has not changed. */
  readonly entries: Map<number, Entry>;
}

/**
 * Looks at replicas after each of their events, and at what they send: the properties of figure 3 of Ongaro and Ousterhout
 * 2014, and that nobody forgets a promise. It looks at what has changed only, so that it costs little.
 */
export class RaftWatch {
  termMax = 0;
  readonly #leaders = new Map<number, number>();
  /** By index and term: what the entry is, and the term before it. */
  readonly #entries = new Map<string, { readonly text: string; readonly previousTerm: number }>();
  /** By index: the term of the committed entry, and the term in which somebody first knew. */
  readonly #committed: { readonly term: number; readonly knownIn: number }[] = [];
  readonly #states = new Map<number, string>();
  readonly #seen = new Map<number, Seen>();
  /** For whom a replica has voted, by replica and term. */
  readonly #votes = new Map<string, number>();
  /** The highest term that a replica has spoken in. */
  readonly #spokenIn = new Map<number, number>();

  /** A replica has lost its memory: what it holds next is what its disk has kept. */
  crashed(replica: number): void {
    this.#seen.delete(replica);
  }

  sent(from: number, to: number, message: RaftMessage): void {
    if (!("term" in message)) return;
    const isPreVote = "ballot" in message && message.ballot === "pre-vote";
    if (isPreVote) return;
    this.#spokenIn.set(from, Math.max(message.term, this.#spokenIn.get(from) ?? 0));
    if (message.kind === "vote-request") this.#voted(from, from, message.term);
    if (message.kind === "vote-response" && message.granted) this.#voted(from, to, message.term);
  }

  check(replica: number, node: RaftNode, stateHash: () => string, others: () => Iterable<RaftNode>): void {
    const { state } = node;
    const { log, term, isLeader } = state;
    let seen = this.#seen.get(replica);
    if (seen === undefined) {
      seen = { isLeader: false, term, lastIndex: 0, last: undefined, committed: 0, applied: -1, entries: new Map() };
      this.#seen.set(replica, seen);
      const spoken = this.#spokenIn.get(replica) ?? 0;
      if (term < spoken) violated("durable votes", `${replica} spoke in term ${spoken} and is back in ${term}`);
    }
    const { last } = log;
    if (seen.term > term) violated("durable votes", `the term of ${replica} went back from ${seen.term} to ${term}`);
    this.termMax = Math.max(this.termMax, term);
    if (isLeader) {
      if (!seen.isLeader || seen.term !== term) {
        this.#electionSafety(replica, term);
        this.#leaderCompleteness(node, 0);
      } else if (last !== seen.last || log.lastIndex !== seen.lastIndex) {
        appendOnly(node, seen);
      }
    }
    if (last !== seen.last || log.lastIndex !== seen.lastIndex) this.#logMatching(node, seen);
    if (log.committed !== seen.committed) this.#committedNeverChanges(node, seen, others);
    if (log.applied !== seen.applied) this.#stateMachineSafety(replica, log.applied, stateHash());
    seen.isLeader = isLeader;
    seen.term = term;
    seen.lastIndex = log.lastIndex;
    seen.last = last;
    seen.committed = log.committed;
    seen.applied = log.applied;
  }

  #voted(voter: number, candidate: number, term: number): void {
    const key = `${voter}/${term}`;
    const before = this.#votes.get(key);
    if (before === undefined) this.#votes.set(key, candidate);
    else if (before !== candidate) {
      violated("durable votes", `${voter} votes for ${before} and for ${candidate} in term ${term}`);
    }
  }

  /** At most one leader in a term. */
  #electionSafety(replica: number, term: number): void {
    const leader = this.#leaders.get(term);
    if (leader === undefined) this.#leaders.set(term, replica);
    else if (leader !== replica) violated("election safety", `${leader} and ${replica} both lead in term ${term}`);
  }

  /** Two logs that hold an entry of the same index and term are equal up to there. */
  #logMatching(node: RaftNode, seen: Seen): void {
    const { log } = node.state;
    for (let index = log.lastIndex; index >= log.firstIndex; index--) {
      const entry = log.between(index, index)[0];
      // A log changes at its end only: what is the same object is preceded by nothing new.
      if (seen.entries.get(index) === entry) break;
      seen.entries.set(index, entry);
      const key = `${entry.index}/${entry.term}`;
      const found = { text: textOf(entry), previousTerm: log.termAt(entry.index - 1) ?? -1 };
      const first = this.#entries.get(key);
      if (first === undefined) this.#entries.set(key, found);
      else if (first.text !== found.text)
        violated("log matching", `there are two entries ${key}: ${first.text} and ${found.text}`);
      else if (first.previousTerm !== found.previousTerm) violated("log matching", `the logs before ${key} differ`);
    }
  }

  #committedNeverChanges(node: RaftNode, seen: Seen, others: () => Iterable<RaftNode>): void {
    const { log, term } = node.state;
    if (log.committed < seen.committed) {
      violated("state-machine safety", `the commit index went back from ${seen.committed} to ${log.committed}`);
    }
    let news = 0;
    for (let index = Math.max(seen.committed + 1, log.firstIndex); index <= log.committed; index++) {
      const here = log.termAt(index);
      if (here === undefined) violated("state-machine safety", `entry ${index} is committed and not in the log`);
      const known = this.#committed[index];
      if (known !== undefined && known.term !== here) {
        violated("state-machine safety", `committed at ${index} are entries of terms ${known.term} and ${here}`);
      }
      if (known === undefined) {
        this.#committed[index] = { term: here, knownIn: term };
        if (news === 0) news = index;
      }
    }
    if (news === 0) return;
    for (const other of others()) {
      if (other.state.isLeader && other.state.term > term) this.#leaderCompleteness(other, news);
    }
  }

  /** A leader holds every entry that was committed in an earlier term. */
  #leaderCompleteness(leader: RaftNode, from: number): void {
    const { log, term } = leader.state;
    for (let index = Math.max(from, log.firstIndex); index < this.#committed.length; index++) {
      const committed = this.#committed[index];
      if (committed === undefined || committed.knownIn >= term) continue;
      if (log.termAt(index) !== committed.term) {
        violated("leader completeness", `the leader of term ${term} lacks entry ${index}, which is committed`);
      }
    }
  }

  /** Equal logs have led to equal states. */
  #stateMachineSafety(replica: number, applied: number, hash: string): void {
    const known = this.#states.get(applied);
    if (known === undefined) this.#states.set(applied, hash);
    else if (known !== hash) {
      violated("state-machine safety", `after entry ${applied} ${replica} has the state ${hash}, and another ${known}`);
    }
  }
}

/** A leader only adds to its log. Its front may be compacted. */
function appendOnly({ state: { log, term } }: RaftNode, seen: Seen): void {
  if (seen.last === undefined || seen.lastIndex < log.firstIndex) return;
  if (log.lastIndex < seen.lastIndex || log.between(seen.lastIndex, seen.lastIndex)[0] !== seen.last) {
    violated("leader append-only", `the leader of term ${term} has changed its entry ${seen.lastIndex}`);
  }
}

function textOf({ command }: Entry): string {
  if (command.kind === "transaction") return `${command.session}/${command.sequence}: ${command.words.join(" ")}`;
  return command.kind === "membership" ? JSON.stringify(command.change) : command.kind;
}
