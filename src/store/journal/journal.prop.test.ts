import fc from "fast-check";
import { expect, test } from "vitest";

import {
  MemorySink,
  appendSample,
  arbitraryEntry,
  command,
  joinBytes,
  journalOf,
  readAll,
} from "../../testing/journal-samples.ts";
import type { SampleEntry } from "../../testing/journal-samples.ts";
import { EntryKind } from "./entry-kind.ts";
import { MAX_RECORD_ENTRY_BYTES } from "./entry-layout.ts";
import { JournalCorrupt } from "./journal-error.ts";
import { JournalWriter } from "./journal-writer.ts";
import { SEGMENT_HEADER_BYTES, SEGMENT_MAGIC, fileHeader } from "./layout.ts";
import { PAYLOAD_SLACK_BYTES, SegmentDecoder } from "./segment-decoder.ts";

const end = (timeNs: number): SampleEntry => ({ kind: EntryKind.end, timeNs, json: { reason: "done" } });

test("any entries come back, whatever the segment size and wherever it was flushed", () => {
  const steps = fc.array(fc.record({ entry: arbitraryEntry, flush: fc.boolean() }), { maxLength: 60 });
  const segmentBytes = fc.integer({ min: SEGMENT_HEADER_BYTES + MAX_RECORD_ENTRY_BYTES + 4, max: 600 });
  fc.assert(
    fc.property(steps, segmentBytes, fc.boolean(), (written, size, ends) => {
      const sink = new MemorySink();
      const writer = JournalWriter.startOn(sink, { segmentBytes: size });
      for (const { entry, flush } of written) {
        appendSample(writer, entry);
        if (flush) writer.flush();
      }
      if (ends) appendSample(writer, end(7));
      writer.close();

      const { entries, reader, error } = readAll(sink.bytes);
      expect(error).toBeUndefined();
      expect(entries).toEqual([...written.map(({ entry }) => entry), ...(ends ? [end(7)] : [])]);
      expect(reader.complete).toBe(ends);
      expect(reader.tail).toEqual({ kind: "whole" });
      expect(reader.byteOffset).toBe(sink.bytes.length);
      expect(Buffer.from(reader.chain.previousHash).toString("hex")).toBe(writer.chainHead);
    }),
    { numRuns: 300 },
  );
});

/** Words at and around the limits of what a command in short can say. */
const edge = fc.oneof(
  fc.constantFrom(0, 1, 2, 3, 4, 5, 2 ** 10, 2 ** 13, 2 ** 20, 2 ** 31),
  fc.integer({ min: 0, max: 32 }).map((bits) => 2 ** bits),
);
const edgeWord = fc.tuple(edge, fc.integer({ min: -1, max: 1 })).map(([limit, beside]) => (limit + beside) | 0);
const rarely = fc.oneof({ arbitrary: fc.constant(0), weight: 20 }, { arbitrary: edgeWord, weight: 1 });

test("any command comes back, in short or word for word", () => {
  const words = fc.tuple(
    fc.array(edgeWord, { minLength: 7, maxLength: 7 }),
    fc.array(rarely, { minLength: 9, maxLength: 9 }),
  );
  fc.assert(
    fc.property(fc.array(words, { minLength: 1, maxLength: 30 }), (commands) => {
      const entries = commands.map((halves, i) => command(i * 1_000, ...halves.flat()));
      expect(readAll(joinBytes(journalOf(entries))).entries).toEqual(entries);
    }),
    { numRuns: 1000 },
  );
});

test("random bytes behind a whole journal are a torn tail and never entries", () => {
  fc.assert(
    fc.property(
      fc.array(arbitraryEntry, { maxLength: 5 }),
      fc.uint8Array({ minLength: 1, maxLength: 400 }),
      (kept, noise) => {
        const whole = joinBytes(journalOf(kept));
        const { entries, reader, error } = readAll(joinBytes([whole, noise]));
        expect(error).toBeUndefined();
        expect(entries).toEqual(kept);
        expect(reader.tail).toEqual({
          kind: "torn",
          byteOffset: whole.length,
          lastSequence: kept.length - 1,
          droppedBytes: noise.length,
        });
      },
    ),
  );
});

/** Bytes that look enough like a journal to get past the first checks. */
const lookalike = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 100 }),
      fc.constantFrom(fileHeader(), Uint8Array.from(SEGMENT_MAGIC), ...journalOf([end(1)], [])),
    ),
    { maxLength: 8 },
  )
  .map(joinBytes);

test("reading any bytes ends, with entries, a torn tail or JournalCorrupt", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        lookalike,
        lookalike.map((bytes) => joinBytes([fileHeader(), bytes])),
      ),
      (bytes) => {
        const { error, reader } = readAll(bytes);
        if (error === undefined) expect(reader.tail).toBeDefined();
        else expect(error).toBeInstanceOf(JournalCorrupt);
      },
    ),
    { numRuns: 2000 },
  );
});

/** A payload as a writer makes it, with a few bytes altered, so that it is wrong deep inside and not at once. */
const alteredPayload = fc
  .tuple(
    fc.array(arbitraryEntry, { minLength: 1, maxLength: 20 }),
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 4 }),
  )
  .map(([entries, edits]) => {
    const payload = journalOf(entries)[1].slice(SEGMENT_HEADER_BYTES);
    for (const [at, byte] of edits) payload[at % payload.length] = byte;
    return payload;
  });

test("any payload is decoded to its end or found malformed: each step takes at least a head's four bytes", () => {
  const slack = fc.uint8Array({ minLength: PAYLOAD_SLACK_BYTES, maxLength: PAYLOAD_SLACK_BYTES });
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ minLength: 1, maxLength: 300 }), alteredPayload), slack, (payload, behind) => {
      const decoder = new SegmentDecoder();
      decoder.load(joinBytes([payload, behind]), 0, payload.length);
      let entries = 0;
      while (decoder.next()) {
        entries++;
        expect(Number.isFinite(decoder.timeNs)).toBe(true);
        expect(decoder.text.length).toBeLessThanOrEqual(payload.length);
      }
      expect(entries * 4).toBeLessThanOrEqual(payload.length);
      expect(decoder.next()).toBe(false);
      // What stands behind a payload has no influence on what is in it.
      const again = new SegmentDecoder();
      again.load(joinBytes([payload, behind.map((byte) => ~byte)]), 0, payload.length);
      for (let i = 0; i < entries; i++) expect(again.next()).toBe(true);
      expect(again.next()).toBe(false);
      expect(again.problem === undefined).toBe(decoder.problem === undefined);
    }),
    { numRuns: 1000 },
  );
});
