import type { MembershipChange } from "../../src/consensus/raft/conf-change.ts";
import { NO_REPLICA } from "../../src/consensus/raft/configuration.ts";
import type { PeerMessage } from "../../src/consensus/raft/messages.ts";
import type { RaftNode } from "../../src/consensus/raft/raft-node.ts";
import type { ScriptTexts } from "./raft-script-text.ts";
import { letterText, replicaId, ROLE_TEXT, snapshotText } from "./raft-script-text.ts";

interface ScriptLetter {
  readonly to: number;
  readonly message: PeerMessage | MembershipChange;
}

/** What a node has to do between two events, printed as the scripts print it. */
export class ScriptNode {
  readonly raft: RaftNode;
  readonly #texts: ScriptTexts;
  #passedOn: ScriptLetter[] = [];
  #shown: { soft: string; hard: string; term: number; vote: number };

  constructor(raft: RaftNode, texts: ScriptTexts) {
    this.raft = raft;
    this.#texts = texts;
    this.#shown = { soft: this.#soft, hard: this.#hard, term: raft.state.term, vote: raft.state.vote };
  }

  passOn(to: number, change: MembershipChange): void {
    this.#passedOn.push({ to, message: change });
  }

  get hasReady(): boolean {
    const { state, unsaved, unapplied } = this.raft;
    const isIdle = state.outbox.length === 0 && this.#passedOn.length === 0 && state.unsavedBallot === undefined;
    const isSaved = unsaved.snapshot === undefined && unsaved.entries.length === 0 && unapplied.length === 0;
    return !isIdle || !isSaved || this.#soft !== this.#shown.soft || this.#hard !== this.#shown.hard;
  }

  /** Saves, sends and applies. */
  ready(): { text: string; letters: ScriptLetter[] } {
    const { raft } = this;
    const { state, unsaved, unapplied } = raft;
    const isTermOrVoteNew = state.term !== this.#shown.term || state.vote !== this.#shown.vote;
    const lines = [`Ready MustSync=${unsaved.entries.length > 0 || isTermOrVoteNew}:`];
    if (this.#soft !== this.#shown.soft) lines.push(this.#soft);
    if (this.#hard !== this.#shown.hard) lines.push(this.#hard);
    if (unsaved.entries.length > 0) lines.push("Entries:", ...unsaved.entries.map((entry) => this.#texts.entry(entry)));
    if (unsaved.snapshot !== undefined) lines.push(`Snapshot ${snapshotText(unsaved.snapshot)}`);
    if (unapplied.length > 0) lines.push("CommittedEntries:", ...unapplied.map((entry) => this.#texts.entry(entry)));
    const letters = inOrder([...raft.takeOutbox(), ...this.#passedOn]);
    this.#passedOn = [];
    if (letters.length > 0) {
      lines.push("Messages:", ...letters.map(({ to, message }) => letterText(this.#texts, state.self, to, message)));
    }
    this.#shown = { soft: this.#soft, hard: this.#hard, term: state.term, vote: state.vote };
    raft.saved();
    for (const entry of unapplied) {
      raft.applied(entry);
      const { index, term } = entry;
      const snapshot = { index, term, configuration: raft.configuration, state: new Int32Array(0) };
      raft.compact(snapshot, Infinity);
    }
    return { text: lines.join("\n"), letters };
  }

  get #soft(): string {
    return `Lead:${replicaId(this.raft.state.leader)} State:${ROLE_TEXT[this.raft.state.role]}`;
  }

  get #hard(): string {
    const { term, vote, log } = this.raft.state;
    return `HardState Term:${term}${vote === NO_REPLICA ? "" : ` Vote:${replicaId(vote)}`} Commit:${log.committed}`;
  }
}

/** There answers that depend on the disk leave after all else; here all messages do, in the order they were made. */
function inOrder(letters: readonly ScriptLetter[]): ScriptLetter[] {
  const isAnswer = ({ message }: ScriptLetter): boolean =>
    "kind" in message && (message.kind === "append-response" || message.kind === "vote-response");
  return [...letters.filter((letter) => !isAnswer(letter)), ...letters.filter(isAnswer)];
}
