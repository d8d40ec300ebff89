import { assert } from "../../core/assert.ts";
import type { Disk } from "../disk.ts";
import type { Configuration } from "./configuration.ts";
import { NO_REPLICA } from "./configuration.ts";
import type { Entry, EntryId } from "./entry.ts";
import { entryWords, readEntry, writeEntry } from "./entry.ts";
import type { RaftNode } from "./raft-node.ts";
import type { DurableState } from "./raft-state.ts";
import type { Snapshot } from "./snapshot.ts";
import { decodeSnapshot, encodeSnapshot } from "./snapshot.ts";
import { WordReader, WordWriter } from "./word-stream.ts";

/** Word 0 of a record on the disk. */
const RECORD = { promise: 1, entry: 2, snapshot: 3 } as const;

const PROMISE_WORDS = 3;
const ENTRY_HEADER_WORDS = 3;
const SNAPSHOT_HEADER_WORDS = 3;

/** What a replica must not forget, as records on its disk. */
export class RaftDisk {
  readonly #disk: Disk;
  #term: number;
  #vote: number;

  constructor(disk: Disk, durable: DurableState) {
    this.#disk = disk;
    this.#term = durable.term;
    this.#vote = durable.vote;
  }

  /** Saves term, vote, log and a snapshot that came in: what is sent from here on may speak of it. */
  save(node: RaftNode): void {
    const { term, vote } = node.state;
    const { snapshot, entries } = node.unsaved;
    if (snapshot !== undefined) return this.#rewrite(node, snapshot, entries);
    const isPromised = term === this.#term && vote === this.#vote;
    if (isPromised && entries.length === 0) return;
    // The term goes first: an entry of a term that the replica does not know would be one from the future.
    if (!isPromised) this.#disk.append(promiseRecord(node));
    for (const entry of entries) this.#disk.append(entryRecord(entry, node));
    this.#disk.sync();
    this.#term = term;
    this.#vote = vote;
  }

  /** Puts a snapshot and the entries from `start` on in the place of everything. */
  compact(node: RaftNode, snapshot: Snapshot): void {
    const { log } = node.state;
    this.#rewrite(node, snapshot, log.between(log.firstIndex, log.lastIndex));
  }

  #rewrite(node: RaftNode, snapshot: Snapshot, entries: readonly Entry[]): void {
    const { log, term, vote } = node.state;
    const index = log.firstIndex - 1;
    const start = { index, term: log.termAt(index) ?? snapshot.term };
    const entryRecords = entries.map((entry) => entryRecord(entry, node));
    this.#disk.rewrite([snapshotRecord(snapshot, start), promiseRecord(node), ...entryRecords]);
    this.#term = term;
    this.#vote = vote;
  }
}

/** Reads a disk. An empty one is that of a replica that has never run, in a cluster that begins with `configuration`. */
export function readDisk(disk: Disk, configuration: Configuration): DurableState {
  let snapshot: Snapshot = { index: 0, term: 0, configuration, state: new Int32Array(0) };
  let start: EntryId = snapshot;
  let promise = { term: 0, vote: NO_REPLICA };
  let commit = 0;
  const entries: Entry[] = [];
  for (const record of disk.records) {
    const reader = new WordReader(record, 1, record.length);
    if (record[0] === RECORD.promise) {
      promise = { term: reader.count(), vote: reader.word() };
    } else if (record[0] === RECORD.entry) {
      const index = reader.count();
      commit = Math.max(commit, Math.min(reader.count(), index));
      const at = index - start.index - 1;
      assert(at >= 0 && at <= entries.length, "the log on a disk has no gaps");
      // A later record of an index replaces what stood there and everything behind it.
      entries.length = at;
      entries.push(readEntry(reader, index));
    } else {
      start = { index: reader.count(), term: reader.count() };
      const read = decodeSnapshot(record.subarray(SNAPSHOT_HEADER_WORDS));
      assert(read !== undefined, "a snapshot on a disk is whole");
      snapshot = read;
    }
  }
  return { ...promise, commit: Math.max(commit, snapshot.index), snapshot, start, entries };
}

function promiseRecord(node: RaftNode): Int32Array {
  const { term, vote } = node.state;
  const writer = new WordWriter(new Int32Array(PROMISE_WORDS), 0);
  for (const word of [RECORD.promise, term, vote]) writer.word(word);
  return writer.words;
}

/**
 * An entry, and with it what was known to be committed. An entry that changes the membership is sent only when the one
 * before it is in force, and must not be found on a disk without knowing that: its replica would count votes by a
 * configuration two changes old. In a record of its own the commit index could be torn off, or outlive the entries that
 * it speaks of and commit what they were to replace.
 */
function entryRecord(entry: Entry, { state: { log } }: RaftNode): Int32Array {
  const writer = new WordWriter(new Int32Array(ENTRY_HEADER_WORDS + entryWords(entry)), 0);
  for (const word of [RECORD.entry, entry.index, log.committed]) writer.word(word);
  writeEntry(writer, entry);
  return writer.words;
}

function snapshotRecord(snapshot: Snapshot, start: EntryId): Int32Array {
  const words = encodeSnapshot(snapshot);
  const writer = new WordWriter(new Int32Array(SNAPSHOT_HEADER_WORDS + words.length), 0);
  for (const word of [RECORD.snapshot, start.index, start.term]) writer.word(word);
  writer.all(words);
  return writer.words;
}
