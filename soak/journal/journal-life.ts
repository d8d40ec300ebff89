import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { RandomStream } from "../../src/core/random.ts";
import { JournalCorrupt } from "../../src/store/journal/journal-error.ts";
import { JournalWriter } from "../../src/store/journal/journal-writer.ts";
import { SEGMENT_HEADER_BYTES } from "../../src/store/journal/layout.ts";
import { truncateTornTail } from "../../src/store/journal/recovery.ts";
import { EntryKind } from "../../src/store/journal/entry-kind.ts";
import { appendSample, readAll } from "../../src/testing/journal-samples.ts";
import type { SampleEntry } from "../../src/testing/journal-samples.ts";
import type { Life, LifeReport, Limits, Subject } from "../life.ts";
import { logUniform } from "../simulation/draws.ts";
import { EventTrail } from "../simulation/event-trail.ts";
import { violated } from "../simulation/violation.ts";
import { drawEntry } from "./draw-entry.ts";
import { PowerCut, TornStorage } from "./torn-storage.ts";

const SESSIONS = 6;

export const journalSubject: Subject = {
  name: "journal",
  draw: (seed, limits) => new JournalLife(seed, limits),
};

/**
 * A journal whose writer is stopped again and again by a power cut in the middle of a write, and goes on from what is
 * left. Nothing that was synced is ever lost, nothing is ever read that was not written, and rotten bytes are found.
 */
class JournalLife implements Life {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly faults: readonly string[];
  readonly size: Life["size"];
  readonly #seed: number;
  readonly #random: RandomStream;
  readonly #sessions: number;
  readonly #segmentBytes: number;
  readonly #entriesEach: number;
  readonly #kept: ReadonlySet<number>;
  readonly #trail = new EventTrail();
  /** All that was appended, as far as it is not known to be lost. */
  #written: SampleEntry[] = [];
  #events = 0;

  constructor(seed: number, limits: Limits) {
    this.#seed = seed;
    this.#random = RandomStream.named(seed, "journal", "life");
    this.#sessions = Math.min(this.#random.integer(1, SESSIONS), limits.seconds ?? Infinity);
    this.#segmentBytes = Math.round(logUniform(this.#random, SEGMENT_HEADER_BYTES + 100, 3_000));
    this.#entriesEach = Math.round(logUniform(this.#random, 5, 300));
    this.size = { replicas: 1, replicasMin: 1, clients: 1, seconds: this.#sessions };
    this.faults = Array.from({ length: this.#sessions }, (_, session) => `power cut at the end of session ${session}`);
    this.#kept = new Set(limits.faults ?? this.faults.keys());
    this.parameters = { sessions: this.#sessions, segmentBytes: this.#segmentBytes, entriesEach: this.#entriesEach };
  }

  play(): LifeReport {
    const folder = mkdtempSync(join(tmpdir(), "tradeswarm-soak-"));
    try {
      this.#live(join(folder, "journal.tsj"));
    } finally {
      rmSync(folder, { recursive: true });
    }
    return { seed: this.#seed, durationNs: 0, events: this.#events, counts: { entries: this.#written.length } };
  }

  trail(): string[] {
    return this.#trail.lines(() => "journal");
  }

  #live(path: string): void {
    let storage = new TornStorage(new Uint8Array(0));
    let writer = JournalWriter.startOn(storage, { segmentBytes: this.#segmentBytes });
    for (let session = 0; session < this.#sessions; session++) {
      const isLast = session === this.#sessions - 1;
      const synced = this.#write(writer, storage, { isCut: this.#kept.has(session) && !isLast });
      if (isLast) break;
      const left = this.#kept.has(session) ? storage.afterPowerCut(this.#random) : storage.bytes;
      this.#mustHold(left, synced, "after a power cut");
      writeFileSync(path, left);
      const report = truncateTornTail(path);
      storage = new TornStorage(readFileSync(path));
      const whole = readAll(storage.bytes);
      // Of an empty file the header is missing.
      if (whole.reader.tail?.kind !== "whole" && storage.bytes.length > 0)
        violated("a mended journal is whole", "its tail is still torn");
      if (whole.entries.length !== report.entries)
        violated("a mended journal is whole", "its report tells another number");
      writer =
        report.wholeBytes === 0
          ? JournalWriter.startOn(storage, { segmentBytes: this.#segmentBytes })
          : new JournalWriter(storage, report.chain, { segmentBytes: this.#segmentBytes });
    }
    appendSample(writer, { kind: EntryKind.end, timeNs: 0, json: { reason: "done" } });
    this.#written.push({ kind: EntryKind.end, timeNs: 0, json: { reason: "done" } });
    writer.close();
    this.#mustHold(storage.bytes, this.#written.length, "at the end");
    if (!readAll(storage.bytes).reader.complete) violated("a closed journal is complete", "it is not");
    this.#rot(storage);
  }

  /** @returns how many entries were synced for certain */
  #write(writer: JournalWriter, storage: TornStorage, { isCut }: { readonly isCut: boolean }): number {
    const random = this.#random;
    let synced = 0;
    if (isCut) storage.cutAfter(random.integer(0, 30 * this.#entriesEach));
    try {
      for (let i = 0; i < this.#entriesEach; i++) {
        const entry = drawEntry(random);
        this.#trail.note(this.#events++, 0, "append", entry);
        this.#written.push(entry);
        appendSample(writer, entry);
        const fate = random.uniform();
        if (fate < 0.05) writer.flush();
        else if (fate < 0.08) {
          writer.sync();
          synced = this.#written.length;
          this.#trail.note(this.#events, 0, "synced", synced);
        }
      }
      if (isCut) return synced;
      writer.sync();
      return this.#written.length;
    } catch (error) {
      if (!(error instanceof PowerCut)) throw error;
      this.#trail.note(this.#events, 0, "power cut", undefined);
      return synced;
    }
  }

  /** What is read is the front of what was written, and holds all that was synced. */
  #mustHold(bytes: Uint8Array, synced: number, when: string): void {
    const { entries, error } = readAll(bytes);
    if (error !== undefined) violated("what was written can be read", `${when}: ${textOf(error)}`);
    if (entries.length < synced) {
      violated("what was synced is not lost", `${when} ${entries.length} entries are left of ${synced}`);
    }
    this.#mustBeWritten(entries, when);
    this.#written = this.#written.slice(0, entries.length);
  }

  #mustBeWritten(entries: readonly SampleEntry[], when: string): void {
    for (const [place, entry] of entries.entries()) {
      const [found, written] = [JSON.stringify(entry), JSON.stringify(this.#written[place])];
      if (found !== written)
        violated("what is read was written", `${when}, entry ${place} is ${found}, not ${written}`);
    }
  }

  /** A byte of the file rots: the reader may stop before it or say that it is corrupt, and must not make anything up. */
  #rot({ bytes, lastWriteAt }: TornStorage): void {
    for (let i = 0; i < 8; i++) {
      const rotten = bytes.slice();
      const at = this.#random.integer(0, rotten.length - 1);
      rotten[at] ^= 1 << this.#random.integer(0, 7);
      const { entries, reader, error } = readAll(rotten);
      if (error !== undefined && !(error instanceof JournalCorrupt)) {
        violated("damage is named", `byte ${at} has rotted: ${textOf(error)}`);
      }
      // With another segment behind it, it is no torn tail.
      if (error === undefined && at < lastWriteAt) violated("damage is found", `byte ${at} has rotted in the middle`);
      this.#mustBeWritten(entries, `byte ${at} has rotted`);
      if (error === undefined && reader.complete)
        violated("damage is found", `byte ${at} has rotted, and all seems well`);
    }
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : JSON.stringify(error);
}
