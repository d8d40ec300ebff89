import type { BlockBody } from "../block-body.ts";
import { BLOCK_TRANSACTIONS_MAX, bodyWords } from "../block-body.ts";
import { TRANSACTION_WORDS } from "../replica.ts";
import { SIGNATURE_WORDS } from "../signature.ts";
import type { SignedTransaction } from "../transaction.ts";
import type { MembershipChange } from "./conf-change.ts";
import { CHANGES_MAX } from "./conf-change.ts";
import type { WordReader, WordWriter } from "./word-stream.ts";

/** What an entry of the log does when it is applied. */
export type Command =
  /** Nothing. Each leader opens its term with one, because only entries of its own term tell it what is committed. */
  | { readonly kind: "empty" }
  /** Opens a client's session, whose number is the entry's index. */
  | { readonly kind: "open-session" }
  | { readonly kind: "transaction"; readonly session: number; readonly sequence: number; readonly words: Int32Array }
  | { readonly kind: "membership"; readonly change: MembershipChange }
  /** Signed transactions of a ledger, which the leader took from its pool. */
  | { readonly kind: "block"; readonly body: BlockBody };

export interface Entry {
  readonly term: number;
  readonly index: number;
  readonly command: Command;
}

/** Name and term of an entry: by log matching, two entries that agree in both are the same. */
export interface EntryId {
  readonly index: number;
  readonly term: number;
}

const KINDS = ["empty", "open-session", "transaction", "membership", "block"] as const;
const BODY_COUNTS = Array.from({ length: BLOCK_TRANSACTIONS_MAX + 1 }, (_, count) => count);
const TRANSITIONS = ["auto", "joint-implicit", "joint-explicit"] as const;
const CHANGES = ["add-voter", "add-learner", "remove", "update"] as const;

/** Words that `writeEntry` writes. */
export function entryWords(entry: Entry): number {
  const { command } = entry;
  if (command.kind === "transaction") return 4 + TRANSACTION_WORDS;
  if (command.kind === "block") return 3 + bodyWords(command.body);
  return command.kind === "membership" ? 4 + 2 * command.change.changes.length : 2;
}

/** Writes all but the index, which follows from an entry's place. */
export function writeEntry(writer: WordWriter, entry: Entry): void {
  const { command } = entry;
  writer.word(entry.term);
  writer.word(KINDS.indexOf(command.kind));
  if (command.kind === "transaction") {
    writer.word(command.session);
    writer.word(command.sequence);
    writer.all(command.words);
  } else if (command.kind === "membership") {
    writeChange(writer, command.change);
  } else if (command.kind === "block") {
    writer.word(command.body.length);
    for (const transaction of command.body) writeSigned(writer, transaction);
  }
}

export function readEntry(reader: WordReader, index: number): Entry {
  const term = reader.count();
  const kind = reader.choice(KINDS);
  if (kind === "transaction") {
    const session = reader.count();
    const sequence = reader.count();
    return { term, index, command: { kind, session, sequence, words: reader.block(TRANSACTION_WORDS) } };
  }
  if (kind === "membership") return { term, index, command: { kind, change: readChange(reader) } };
  if (kind === "block") return { term, index, command: { kind, body: readBody(reader) } };
  return { term, index, command: { kind } };
}

export function writeChange(writer: WordWriter, change: MembershipChange): void {
  writer.word(TRANSITIONS.indexOf(change.transition));
  writer.word(change.changes.length);
  for (const { kind, replica } of change.changes) {
    writer.word(CHANGES.indexOf(kind));
    writer.word(replica);
  }
}

export function readChange(reader: WordReader): MembershipChange {
  const transition = reader.choice(TRANSITIONS);
  const count = reader.choice(Array.from({ length: CHANGES_MAX + 1 }, (_, i) => i));
  const changes = Array.from({ length: count }, () => ({ kind: reader.choice(CHANGES), replica: reader.word() }));
  return { transition, changes };
}

export function writeSigned(writer: WordWriter, { words, signature }: SignedTransaction): void {
  writer.all(words);
  writer.all(signature);
}

export function readSigned(reader: WordReader): SignedTransaction {
  const words = reader.block(TRANSACTION_WORDS);
  return { words, signature: reader.block(SIGNATURE_WORDS) };
}

function readBody(reader: WordReader): BlockBody {
  const count = reader.choice(BODY_COUNTS);
  return Array.from({ length: count }, () => readSigned(reader));
}
