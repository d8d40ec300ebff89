import { hash } from "node:crypto";

import { crc32c } from "../../core/crc32c.ts";
import type { ByteSource } from "./byte-source.ts";
import { JournalCorrupt } from "./journal-error.ts";
import {
  FILE_HEADER_BYTES,
  MAX_SEGMENT_PAYLOAD_BYTES,
  SEGMENT_HEADER_BYTES,
  fileHeader,
  fileHeaderProblem,
  hex,
  hex32,
  readSegmentHeader,
  segmentHeaderProblem,
} from "./layout.ts";
import type { SegmentHeader } from "./layout.ts";
import { PAYLOAD_SLACK_BYTES } from "./segment-decoder.ts";
import type { ChainPosition } from "./segment-encoder.ts";
import { findSegmentHeader } from "./segment-search.ts";

/** How a journal's file ends. */
export type JournalTail =
  | { readonly kind: "whole" }
  | {
      /** The last segment was not written to its end: the writer, its machine or its disk stopped. */
      readonly kind: "torn";
      /** The file is whole up to this byte. */
      readonly byteOffset: number;
      /** Sequence of the last entry before it; -1 when there is none. */
      readonly lastSequence: number;
      /** Bytes of the file behind it. */
      readonly droppedBytes: number;
    };

/**
 * Walks over the segments of a journal and checks each: header, lengths, checksums, sequences, hash chain. It holds
 * one segment in memory at a time.
 *
 * A last segment that is incomplete or fails its checksum, with no segment behind it, ends the walk and is told in
 * `tail`. Anything else that is wrong throws `JournalCorrupt`.
 */
export class SegmentReader {
  /** The segment at hand, header and payload, with slack behind. */
  bytes = new Uint8Array(SEGMENT_HEADER_BYTES + PAYLOAD_SLACK_BYTES);
  /** First byte of the segment at hand. */
  segmentOffset = 0;
  /** Known when `next` has returned undefined. */
  tail: JournalTail | undefined;

  readonly #source: ByteSource;
  /** First byte behind the segments read so far. */
  #offset = 0;
  #chain: ChainPosition = { segment: 0, sequence: 0, previousHash: new Uint8Array(0) };

  constructor(source: ByteSource) {
    this.#source = source;
  }

  /** What the next segment must continue. */
  get chain(): ChainPosition {
    return this.#chain;
  }

  /** First byte behind what was read and found whole. */
  get byteOffset(): number {
    return this.#offset;
  }

  /** Bytes behind what was read. */
  get bytesLeft(): number {
    return this.#source.byteLength - this.#offset;
  }

  /**
   * Goes to the next segment and returns its header; undefined at the end of the file or at a torn tail.
   *
   * @throws {JournalCorrupt} when the journal is damaged anywhere else.
   */
  next(): SegmentHeader | undefined {
    if (this.tail !== undefined) return undefined;
    if (this.#offset === 0 && !this.#readFileHeader()) return undefined;
    if (this.bytesLeft === 0) {
      this.tail = { kind: "whole" };
      return undefined;
    }
    const header = this.#readHeader();
    if (header === undefined || !this.#readPayload(header)) return undefined;
    this.segmentOffset = this.#offset;
    const segmentBytes = SEGMENT_HEADER_BYTES + header.payloadBytes;
    this.#offset += segmentBytes;
    this.#chain = {
      segment: header.segment + 1,
      sequence: header.firstSequence + header.entryCount,
      previousHash: hash("sha256", this.bytes.subarray(0, segmentBytes), "buffer"),
    };
    return header;
  }

  #readFileHeader(): boolean {
    const length = Math.min(FILE_HEADER_BYTES, this.#source.byteLength);
    this.#source.read(this.bytes, 0, length, 0);
    const expected = fileHeader();
    if (length < FILE_HEADER_BYTES && this.bytes.subarray(0, length).every((byte, i) => byte === expected[i])) {
      return this.#torn();
    }
    const problem =
      length < FILE_HEADER_BYTES
        ? { expected: hex(expected), found: `${hex(this.bytes.subarray(0, length))} and the end of the file` }
        : fileHeaderProblem(this.bytes);
    if (problem !== undefined) {
      throw new JournalCorrupt({
        path: this.#source.name,
        byteOffset: 0,
        segment: -1,
        sequence: 0,
        what: "file header",
        ...problem,
      });
    }
    this.#offset = FILE_HEADER_BYTES;
    this.#chain = { segment: 0, sequence: 0, previousHash: hash("sha256", expected, "buffer") };
    return true;
  }

  #readHeader(): SegmentHeader | undefined {
    if (this.bytesLeft < SEGMENT_HEADER_BYTES) {
      this.#damaged("segment header", `${SEGMENT_HEADER_BYTES} bytes`, `${this.bytesLeft} to the end of the file`);
      return undefined;
    }
    this.#source.read(this.bytes, 0, SEGMENT_HEADER_BYTES, this.#offset);
    const problem = segmentHeaderProblem(this.bytes);
    if (problem !== undefined) {
      this.#damaged("segment header", problem.expected, problem.found);
      return undefined;
    }
    // The checksum holds, so no crash made this header: from here on what is wrong was written wrong.
    const header = readSegmentHeader(this.bytes);
    const { segment, sequence, previousHash } = this.#chain;
    if (header.segment !== segment) {
      this.#refuse("segment number", String(segment), String(header.segment));
    }
    if (header.firstSequence !== sequence) {
      this.#refuse("sequence of the first entry", String(sequence), String(header.firstSequence));
    }
    if (header.previousHash.some((byte, i) => byte !== previousHash[i])) {
      this.#refuse("SHA-256 of what stands before", hex(previousHash), hex(header.previousHash));
    }
    if (header.payloadBytes === 0 || header.payloadBytes > MAX_SEGMENT_PAYLOAD_BYTES) {
      this.#refuse("payload length", `1 to ${MAX_SEGMENT_PAYLOAD_BYTES} bytes`, String(header.payloadBytes));
    }
    if (header.entryCount === 0) this.#refuse("entry count", "at least 1", "0");
    if (header.reserved !== 0) this.#refuse("reserved word", "0", String(header.reserved));
    return header;
  }

  #readPayload({ payloadBytes, payloadCrc }: SegmentHeader): boolean {
    const bytesPresent = this.bytesLeft - SEGMENT_HEADER_BYTES;
    if (bytesPresent < payloadBytes) {
      return this.#damaged("payload", `${payloadBytes} bytes`, `${bytesPresent} to the end of the file`);
    }
    this.#makeRoom(SEGMENT_HEADER_BYTES + payloadBytes + PAYLOAD_SLACK_BYTES);
    this.#source.read(this.bytes, SEGMENT_HEADER_BYTES, payloadBytes, this.#offset + SEGMENT_HEADER_BYTES);
    const crc = crc32c(this.bytes, SEGMENT_HEADER_BYTES, SEGMENT_HEADER_BYTES + payloadBytes);
    return crc === payloadCrc || this.#damaged("payload", `CRC-32C ${hex32(payloadCrc)}`, hex32(crc));
  }

  #makeRoom(length: number): void {
    if (length <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(length, 2 * this.bytes.length));
    larger.set(this.bytes.subarray(0, SEGMENT_HEADER_BYTES));
    this.bytes = larger;
  }

  /** Takes note of a torn tail, or throws when a segment behind the damage proves that the file did not end there. */
  #damaged(what: string, expected: string, found: string): false {
    const next = findSegmentHeader(this.#source, this.#offset + 1);
    if (next === undefined) return this.#torn();
    return this.#refuse(what, expected, `${found}, and another segment header at byte ${next}`);
  }

  #torn(): false {
    this.tail = {
      kind: "torn",
      byteOffset: this.#offset,
      lastSequence: this.#chain.sequence - 1,
      droppedBytes: this.bytesLeft,
    };
    return false;
  }

  #refuse(what: string, expected: string, found: string): never {
    throw new JournalCorrupt({
      path: this.#source.name,
      byteOffset: this.#offset,
      segment: this.#chain.segment,
      sequence: this.#chain.sequence,
      what,
      expected,
      found,
    });
  }
}
