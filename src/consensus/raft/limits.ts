import { MESSAGE_WORDS_MAX } from "../replica-actor.ts";

/** Words around the entries of an append message: kind, term, previous index and term, commit, number of entries. */
const APPEND_HEADER_WORDS = 6;

/** Words of entries in one append message. The largest entry, a membership change, is far below it. */
export const APPEND_WORDS_MAX = MESSAGE_WORDS_MAX - APPEND_HEADER_WORDS;

/** Entries of one append message: the smallest entry has two words. */
export const APPEND_ENTRIES_MAX = Math.floor(APPEND_WORDS_MAX / 2);

/** Words around a piece of a snapshot: kind, term, index, total, offset, number of words. */
const PIECE_HEADER_WORDS = 6;

/** Words of a snapshot in one message. */
export const PIECE_WORDS_MAX = MESSAGE_WORDS_MAX - PIECE_HEADER_WORDS;

/** Words of a whole snapshot: 16 MiB, some 4,200 messages. */
export const SNAPSHOT_WORDS_MAX = 4_194_304;

/** Entries of a leader that wait for their majority. More are refused, and their clients told to ask again. */
export const UNCOMMITTED_ENTRIES_MAX = 4096;

/** Reads of a leader that wait for their majority, or for the log to be applied. */
export const READS_MAX = 4096;

/** Messages that one event of a replica may send: each member can get a full window of messages. */
export const OUTBOX_MAX = 16_384;
