import { assert } from "../core/assert.ts";
import type { RollingHash } from "../core/hash.ts";
import type { Nanos } from "../core/units.ts";
import type { JournalPort } from "../kernel/journal-port.ts";
import type { Kernel } from "../kernel/kernel.ts";
import { EntryKind } from "../store/journal/entry-kind.ts";
import type { JournalWriter } from "../store/journal/journal-writer.ts";
import type { Change } from "../world/change.ts";
import type { Manifest } from "./manifest.ts";
import { writeCheckpoint } from "./tape-record.ts";

/** What came from outside: a message to an actor, something for the network, or another value of a parameter. */
export type InputEntry =
  | { readonly message: { readonly to: number; readonly words: readonly number[] } }
  | { readonly directive: unknown }
  | { readonly change: Change };

/** What a journal's last entry says. */
export interface EndEntry {
  /** Of a `Summary`: `ended`. */
  readonly reason: string;
  readonly events: number;
  readonly tape: string;
  /** What failed, where the reason is `failed`. */
  readonly failure?: string | undefined;
}

/** Writes a run down, from `begin` to `end`. The world gets it before there is a journal to write to. */
export class JournalRecorder implements JournalPort {
  #writer: JournalWriter | undefined;
  readonly #words = new Int32Array(16);
  readonly #doubles = new Float64Array(this.#words.buffer);

  /** The manifest is brought to the disk at once: whatever happens to the run, it says what was run. */
  begin(writer: JournalWriter, manifest: Manifest): void {
    writer.appendJson(EntryKind.manifest, 0, manifest);
    writer.sync();
    this.#writer = writer;
  }

  command(timeNs: Nanos, words: Int32Array, at: number): void {
    this.#open.appendRecord(EntryKind.command, timeNs, words, at);
  }

  checkpoint(timeNs: Nanos, events: number, tape: RollingHash): void {
    writeCheckpoint(this.#words, this.#doubles, events, tape);
    this.#open.appendRecord(EntryKind.checkpoint, timeNs, this.#words, 0);
  }

  input(timeNs: Nanos, to: number, records: Int32Array): void {
    const entry: InputEntry = { message: { to, words: [...records] } };
    this.#open.appendJson(EntryKind.input, timeNs, entry);
  }

  directive(timeNs: Nanos, directive: unknown): void {
    const entry: InputEntry = { directive };
    this.#open.appendJson(EntryKind.input, timeNs, entry);
  }

  change(timeNs: Nanos, change: Change): void {
    const entry: InputEntry = { change };
    this.#open.appendJson(EntryKind.input, timeNs, entry);
  }

  end(kernel: Kernel, options: { readonly reason: string; readonly failure?: string | undefined }): void {
    this.checkpoint(kernel.nowNs, kernel.events, kernel.tape);
    const entry: EndEntry = { ...options, events: kernel.events, tape: kernel.tape.digest() };
    this.#open.appendJson(EntryKind.end, kernel.nowNs, entry);
    this.#open.close();
  }

  get #open(): JournalWriter {
    assert(this.#writer !== undefined, "a run is recorded from its beginning on");
    return this.#writer;
  }
}
