import { unreachable } from "../../core/assert.ts";
import { MESSAGE_WORDS_MAX } from "../replica-actor.ts";
import type { Codec } from "../replica.ts";
import { TRANSACTION_WORDS } from "../replica.ts";
import type { Entry, EntryId } from "./entry.ts";
import { readChange, readEntry, readSigned, writeChange, writeEntry, writeSigned } from "./entry.ts";
import type { Answer, AppendResponse, RaftMessage } from "./messages.ts";
import { APPEND_ENTRIES_MAX, PIECE_WORDS_MAX } from "./limits.ts";
import { UnreadableWords, WordReader, WordWriter } from "./word-stream.ts";

/** Word 0 of a message. The numbers stand in recorded runs: new kinds go to the end. */
const KINDS = [
  "vote-request",
  "vote-response",
  "append",
  "append-response",
  "heartbeat",
  "heartbeat-response",
  "snapshot-piece",
  "snapshot-response",
  "timeout-now",
  "open-session",
  "transaction",
  "query",
  "change-membership",
  "transfer-leadership",
  "answer",
  "submission",
  "outcome",
] as const;
const KIND_FIRST = 400;

const BALLOTS = ["vote", "pre-vote"] as const;
const CAUSES = ["timeout", "transfer"] as const;
const YES_NO = [false, true] as const;
const OUTCOMES: readonly Answer["outcome"][] = [
  "done",
  "not-leader",
  "busy",
  "refused",
  "session-expired",
  "superseded",
];

/** Raft's messages as int32 words. */
export const raftCodec: Codec<RaftMessage> = {
  encode(message, words, at) {
    const writer = new WordWriter(words, at);
    writer.word(KIND_FIRST + KINDS.indexOf(message.kind));
    write(writer, message);
    return writer.length;
  },
  decode(words, at) {
    try {
      return read(new WordReader(words, at, at + MESSAGE_WORDS_MAX));
    } catch (error) {
      if (error instanceof UnreadableWords) return undefined;
      throw error;
    }
  },
};

function write(writer: WordWriter, message: RaftMessage): void {
  if ("term" in message) writer.word(message.term);
  if ("request" in message) writer.word(message.request);
  switch (message.kind) {
    case "vote-request":
      writer.word(BALLOTS.indexOf(message.ballot));
      writer.word(CAUSES.indexOf(message.cause));
      return writeId(writer, message.last);
    case "vote-response":
      writer.word(BALLOTS.indexOf(message.ballot));
      writer.word(message.granted ? 1 : 0);
      return writeId(writer, message.commit);
    case "append":
      writeId(writer, message.previous);
      writer.word(message.commit);
      writer.word(message.entries.length);
      for (const entry of message.entries) writeEntry(writer, entry);
      return;
    case "append-response":
      writer.word(message.index);
      writer.word(message.rejected === undefined ? 0 : 1);
      return writeId(writer, message.rejected ?? { index: 0, term: 0 });
    case "heartbeat":
      writer.word(message.commit);
      return writer.word(message.round);
    case "heartbeat-response":
      return writer.word(message.round);
    case "snapshot-piece":
      writer.word(message.index);
      writer.word(message.total);
      writer.word(message.offset);
      return writer.list(message.words);
    case "snapshot-response":
      writer.word(message.index);
      return writer.word(message.offset);
    case "timeout-now":
    case "open-session":
      return;
    case "transaction":
      writer.word(message.session);
      writer.word(message.sequence);
      return writer.all(message.words);
    case "query":
      return writer.all(message.words);
    case "change-membership":
      return writeChange(writer, message.change);
    case "transfer-leadership":
      return writer.word(message.to);
    case "answer":
      writer.word(OUTCOMES.indexOf(message.outcome));
      return writer.word(message.value);
    case "submission":
      return writeSigned(writer, message.transaction);
    case "outcome":
      writer.word(message.height);
      writer.word(message.result);
      return writer.all(message.words);
    default:
      unreachable(message, "message");
  }
}

function read(reader: WordReader): RaftMessage {
  const number = reader.word() - KIND_FIRST;
  const kind = KINDS[number];
  if (kind === undefined) throw new UnreadableWords("no message of the Raft protocol");
  if (kind === "submission") return { kind, transaction: readSigned(reader) };
  // The first word behind the kind is the term of a replica's message,, a client's number for its request, or an outcome's height.
  const first = reader.count();
  switch (kind) {
    case "vote-request": {
      const ballot = reader.choice(BALLOTS);
      return { kind, term: first, ballot, cause: reader.choice(CAUSES), last: readId(reader) };
    }
    case "vote-response": {
      const ballot = reader.choice(BALLOTS);
      return { kind, term: first, ballot, granted: reader.choice(YES_NO), commit: readId(reader) };
    }
    case "append": {
      const previous = readId(reader);
      const commit = reader.count();
      return { kind, term: first, previous, commit, entries: readEntries(reader, previous.index) };
    }
    case "append-response":
      return readAppendResponse(reader, first);
    case "heartbeat": {
      const commit = reader.count();
      return { kind, term: first, commit, round: reader.count() };
    }
    case "heartbeat-response":
      return { kind, term: first, round: reader.count() };
    case "snapshot-piece": {
      const index = reader.count();
      const total = reader.count();
      const offset = reader.count();
      return { kind, term: first, index, total, offset, words: reader.counted(PIECE_WORDS_MAX) };
    }
    case "snapshot-response": {
      const index = reader.count();
      return { kind, term: first, index, offset: reader.count() };
    }
    case "timeout-now":
      return { kind, term: first };
    case "open-session":
      return { kind, request: first };
    case "transaction": {
      const session = reader.count();
      const sequence = reader.count();
      return { kind, request: first, session, sequence, words: reader.block(TRANSACTION_WORDS) };
    }
    case "query":
      return { kind, request: first, words: reader.block(TRANSACTION_WORDS) };
    case "change-membership":
      return { kind, request: first, change: readChange(reader) };
    case "transfer-leadership":
      return { kind, request: first, to: reader.word() };
    case "answer": {
      const outcome = reader.choice(OUTCOMES);
      return { kind, request: first, outcome, value: reader.word() };
    }
    case "outcome": {
      const result = reader.count();
      return { kind, height: first, result, words: reader.block(TRANSACTION_WORDS) };
    }
    default:
      return unreachable(kind, "kind of message");
  }
}

function readAppendResponse(reader: WordReader, term: number): AppendResponse {
  const index = reader.count();
  const isRejected = reader.choice(YES_NO);
  const id = readId(reader);
  return { kind: "append-response", term, index, rejected: isRejected ? id : undefined };
}

function readEntries(reader: WordReader, previousIndex: number): Entry[] {
  const count = reader.count();
  if (count > APPEND_ENTRIES_MAX) throw new UnreadableWords("too many entries");
  return Array.from({ length: count }, (_, i) => readEntry(reader, previousIndex + 1 + i));
}

function writeId(writer: WordWriter, id: EntryId): void {
  writer.word(id.index);
  writer.word(id.term);
}

function readId(reader: WordReader): EntryId {
  const index = reader.count();
  return { index, term: reader.count() };
}
