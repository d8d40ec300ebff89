import type { RollingHash } from "../core/hash.ts";
import { RECORD_WORDS } from "../core/hash.ts";
import type { Nanos } from "../core/units.ts";
import type { JournalPort } from "../kernel/journal-port.ts";
import { CommandWord } from "../model/command.ts";
import { recordKindName } from "../model/record.ts";
import type { EntryKind as AnyEntryKind } from "../store/journal/entry-kind.ts";
import { EntryKind } from "../store/journal/entry-kind.ts";
import type { JournalReader } from "../store/journal/journal-reader.ts";
import { checkpointEventsOf, writeCheckpoint } from "./tape-record.ts";

/** Where a replay first did something else than the journal says. */
export class Divergence extends Error {
  override readonly name = "Divergence";
  /** Number of the journal's entry. */
  readonly sequence: number;
  readonly timeNs: Nanos;

  constructor(sequence: number, timeNs: Nanos, message: string) {
    super(`the replay differs from the journal at entry ${sequence} (${timeNs} ns): ${message}`);
    this.sequence = sequence;
    this.timeNs = timeNs;
  }
}

/** Takes the place of the recorder in a replay: compares what happens with what was written. */
export class JournalVerifier implements JournalPort {
  readonly #reader: JournalReader;
  readonly #words = new Int32Array(RECORD_WORDS);
  readonly #doubles = new Float64Array(this.#words.buffer);
  /** Entries compared, and checkpoints among them. */
  compared = 0;
  checkpoints = 0;
  #ended = false;

  constructor(reader: JournalReader) {
    this.#reader = reader;
  }

  /** A replay's inputs are the journal's own. */
  input(): void {}

  directive(): void {}

  command(timeNs: Nanos, words: Int32Array, at: number): void {
    const entry = this.#take(EntryKind.command, timeNs, recordKindName(words[at]));
    if (entry === undefined) return;
    for (let word = 0; word < RECORD_WORDS; word++) {
      const was = entry.words[entry.at + word];
      const found = words[at + word];
      if (found === was) continue;
      const kinds = word === CommandWord.kind ? ` (${recordKindName(found)}, was ${recordKindName(was)})` : "";
      const what = `${recordKindName(words[at])}: ${nameOfWord(word)} is ${found}, was ${was}${kinds}`;
      throw new Divergence(entry.sequence, timeNs, what);
    }
    this.compared++;
  }

  checkpoint(timeNs: Nanos, events: number, tape: RollingHash): void {
    const entry = this.#take(EntryKind.checkpoint, timeNs, `a checkpoint after ${events} events`);
    if (entry === undefined) return;
    const was = checkpointEventsOf(entry.words, entry.at);
    if (was !== events)
      throw new Divergence(entry.sequence, timeNs, `a checkpoint after ${events} events, was after ${was}`);
    writeCheckpoint(this.#words, this.#doubles, events, tape);
    if (this.#words.some((word, index) => word !== entry.words[entry.at + index])) {
      throw new Divergence(entry.sequence, timeNs, `another hash after ${events} events: what was delivered differs`);
    }
    this.compared++;
    this.checkpoints++;
  }

  /** The next entry that a replay makes again, which must be of that kind and time; undefined once the journal is over. */
  #take(kind: AnyEntryKind, timeNs: Nanos, what: string): JournalReader | undefined {
    const reader = this.#reader;
    while (!this.#ended && reader.advance()) {
      if (reader.entryKind !== EntryKind.command && reader.entryKind !== EntryKind.checkpoint) continue;
      if (reader.entryKind === kind && reader.timeNs === timeNs) return reader;
      const was = reader.entryKind === EntryKind.command ? recordKindName(reader.words[reader.at]) : "a checkpoint";
      throw new Divergence(
        reader.sequence,
        reader.timeNs,
        `${what} at ${timeNs} ns, was ${was} at ${reader.timeNs} ns`,
      );
    }
    this.#ended = true;
    return undefined;
  }
}

/** The field of a command at a word. An expiry time takes two. */
function nameOfWord(word: number): string {
  const start = word === CommandWord.expireTimeNs + 1 ? CommandWord.expireTimeNs : word;
  return Object.entries(CommandWord).find(([, at]) => at === start)?.[0] ?? `word ${word}`;
}
