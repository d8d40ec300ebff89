import type { Entry } from "../../consensus/raft/entry.ts";
import type { RaftNode } from "../../consensus/raft/raft-node.ts";
import { RaftCheckError } from "./raft-check-error.ts";

/** What a replica looked like after its last event. */
interface Seen {
  readonly isLeader: boolean;
  readonly term: number;
  readonly entries: readonly Entry[];
}

/** Looks at a replica after each of its events: the properties of figure 3 of Ongaro and Ousterhout 2014. */
export class RaftChecker {
  readonly #leaders = new Map<number, number>();
  /** By index and term: what the entry is, and the term before it. */
  readonly #entries = new Map<string, { readonly text: string; readonly previousTerm: number }>();
  /** By index: the term of the committed entry, and the term in which somebody first knew. */
  readonly #committed: { readonly term: number; readonly knownIn: number }[] = [];
  readonly #states = new Map<number, string>();
  readonly #seen = new Map<number, Seen>();
  readonly #checkedTo = new Map<number, number>();

  /** A replica has lost its memory: what it holds next is what its disk has kept. */
  crashed(replica: number): void {
    this.#seen.delete(replica);
    this.#checkedTo.delete(replica);
  }

  check(replica: number, node: RaftNode, stateHash: string, others: () => Iterable<RaftNode>): void {
    const { state } = node;
    const { log, term } = state;
    const entries = log.between(log.firstIndex, log.lastIndex);
    const seen = this.#seen.get(replica);
    if (seen !== undefined && seen.term > term) broken(`a term went back from ${seen.term} to ${term}`);
    if (state.isLeader) {
      this.#electionSafety(replica, term);
      if (seen?.isLeader === true && seen.term === term) appendOnly(seen.entries, entries);
      else this.#leaderCompleteness(node, 0);
    }
    this.#logMatching(node, entries, seen);
    this.#committedNeverChanges(replica, node, others);
    this.#stateMachineSafety(log.applied, stateHash);
    this.#seen.set(replica, { isLeader: state.isLeader, term, entries });
  }

  /** At most one leader in a term. */
  #electionSafety(replica: number, term: number): void {
    const leader = this.#leaders.get(term);
    if (leader === undefined) this.#leaders.set(term, replica);
    else if (leader !== replica) broken(`election safety: ${leader} and ${replica} both lead in term ${term}`);
  }

  /** Two logs that hold an entry of the same index and term are equal up to there. */
  #logMatching(node: RaftNode, entries: readonly Entry[], seen: Seen | undefined): void {
    const { log } = node.state;
    const offset = seen === undefined || seen.entries.length === 0 ? -1 : seen.entries[0].index;
    for (const entry of entries.toReversed()) {
      // A log changes at its end only: what is the same object is followed by nothing new.
      if (offset >= 0 && seen?.entries[entry.index - offset] === entry) break;
      const key = `${entry.index}/${entry.term}`;
      const found = { text: textOf(entry), previousTerm: log.termAt(entry.index - 1) ?? -1 };
      const first = this.#entries.get(key);
      if (first === undefined) this.#entries.set(key, found);
      else if (first.text !== found.text) broken(`log matching: two entries ${key}: ${first.text} and ${found.text}`);
      else if (first.previousTerm !== found.previousTerm) broken(`log matching: the logs before ${key} differ`);
    }
  }

  #committedNeverChanges(replica: number, node: RaftNode, others: () => Iterable<RaftNode>): void {
    const { log, term } = node.state;
    const news: number[] = [];
    for (let index = (this.#checkedTo.get(replica) ?? log.firstIndex - 1) + 1; index <= log.committed; index++) {
      const here = log.termAt(index);
      if (here === undefined) continue;
      const known = this.#committed[index];
      if (known !== undefined && known.term !== here) {
        broken(`state-machine safety: committed at ${index} are entries of terms ${known.term} and ${here}`);
      }
      if (known === undefined) {
        this.#committed[index] = { term: here, knownIn: term };
        news.push(index);
      }
    }
    this.#checkedTo.set(replica, log.committed);
    if (news.length === 0) return;
    for (const other of others()) {
      if (other.state.isLeader && other.state.term > term) this.#leaderCompleteness(other, news[0]);
    }
  }

  /** A leader holds every entry that was committed in an earlier term. */
  #leaderCompleteness(leader: RaftNode, from: number): void {
    const { log, term } = leader.state;
    for (let index = Math.max(from, log.firstIndex); index < this.#committed.length; index++) {
      const committed = this.#committed[index];
      if (committed === undefined || committed.knownIn >= term) continue;
      if (log.termAt(index) !== committed.term) broken(`leader completeness: of term ${term}, lacks entry ${index}`);
    }
  }

  /** Equal logs have led to equal states. */
  #stateMachineSafety(applied: number, hash: string): void {
    const known = this.#states.get(applied);
    if (known === undefined) this.#states.set(applied, hash);
    else if (known !== hash) broken(`state-machine safety: after entry ${applied} the states ${known} and ${hash}`);
  }
}

/** A leader only adds to its log. Its front may be compacted. */
function appendOnly(before: readonly Entry[], after: readonly Entry[]): void {
  const gone = after.length === 0 || before.length === 0 ? 0 : after[0].index - before[0].index;
  for (let at = Math.max(gone, 0); at < before.length && after.length > 0; at++) {
    if (after[at - gone] !== before[at]) broken(`leader append-only: entry ${before[at].index} was changed`);
  }
}

function textOf({ command }: Entry): string {
  if (command.kind === "transaction") return `${command.session}/${command.sequence}: ${command.words.join(" ")}`;
  return command.kind === "membership" ? JSON.stringify(command.change) : command.kind;
}

function broken(message: string): never {
  throw new RaftCheckError(message);
}
