/**
 * Bytes of a journal file that stand around the entries. Every number is little-endian.
 *
 *     file     16-byte file header, then segments
 *     segment  72-byte segment header, then 1 to `MAX_SEGMENT_PAYLOAD_BYTES` bytes of entries
 */
import { crc32c } from "../../core/crc32c.ts";

export const FORMAT_VERSION = 2;

/**
 * As in PNG: a byte above 127 and both kinds of line end, so that a transfer as text, which would have altered the
 * entries too, is seen in the first eight bytes.
 */
const FILE_MAGIC = [0x89, 0x54, 0x53, 0x4a, 0x0d, 0x0a, 0x1a, 0x0a];
const FILE_VERSION_AT = 8;
const FILE_CRC_AT = 12;
export const FILE_HEADER_BYTES = 16;

/** 0xff never stands in UTF-8 text, so no JSON entry can look like the start of a segment. */
export const SEGMENT_MAGIC = [0xff, 0x53, 0x45, 0x47] as const;
const HEADER_CRC_AT = 4;
const PAYLOAD_BYTES_AT = 8;
const PAYLOAD_CRC_AT = 12;
const SEGMENT_AT = 16;
const FIRST_SEQUENCE_AT = 24;
const ENTRY_COUNT_AT = 32;
const RESERVED_AT = 36;
const PREVIOUS_HASH_AT = 40;
export const HASH_BYTES = 32;
export const SEGMENT_HEADER_BYTES = PREVIOUS_HASH_AT + HASH_BYTES;

/** Largest JSON text of one entry, in bytes of UTF-8: a manifest with a resolved scenario is far below. */
export const MAX_JSON_BYTES = 16 * 1024 * 1024;
/** An entry's head word and an absolute time. */
export const MAX_ENTRY_HEAD_BYTES = 4 + 8;
/** No segment is larger, so a reader's memory has a limit whatever a header says. */
export const MAX_SEGMENT_PAYLOAD_BYTES = MAX_JSON_BYTES + MAX_ENTRY_HEAD_BYTES;

export interface SegmentHeader {
  readonly payloadBytes: number;
  readonly payloadCrc: number;
  /** Counts segments from 0. */
  readonly segment: number;
  /** Sequence of the segment's first entry; entries of a journal are counted from 0. */
  readonly firstSequence: number;
  readonly entryCount: number;
  /** SHA-256 of the whole segment before, header and payload; of the file header for segment 0. */
  readonly previousHash: Uint8Array;
}

export function fileHeader(): Uint8Array {
  const bytes = new Uint8Array(FILE_HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  bytes.set(FILE_MAGIC);
  view.setUint32(FILE_VERSION_AT, FORMAT_VERSION, true);
  view.setUint32(FILE_CRC_AT, crc32c(bytes, 0, FILE_CRC_AT), true);
  return bytes;
}

/** What is wrong with a whole file header, or undefined. */
export function fileHeaderProblem(bytes: Uint8Array): { expected: string; found: string } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, FILE_HEADER_BYTES);
  if (FILE_MAGIC.some((byte, i) => bytes[i] !== byte)) {
    return { expected: "a journal's first 8 bytes", found: hex(bytes.subarray(0, FILE_MAGIC.length)) };
  }
  const crc = crc32c(bytes, 0, FILE_CRC_AT);
  const storedCrc = view.getUint32(FILE_CRC_AT, true);
  if (crc !== storedCrc) return { expected: `file header with CRC-32C ${hex32(storedCrc)}`, found: hex32(crc) };
  const version = view.getUint32(FILE_VERSION_AT, true);
  if (version !== FORMAT_VERSION) return { expected: `format version ${FORMAT_VERSION}`, found: String(version) };
  return undefined;
}

/** Writes the header of a sealed segment to the start of `bytes`. */
export function writeSegmentHeader(bytes: Uint8Array, header: SegmentHeader): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, SEGMENT_HEADER_BYTES);
  bytes.set(SEGMENT_MAGIC);
  view.setUint32(PAYLOAD_BYTES_AT, header.payloadBytes, true);
  view.setUint32(PAYLOAD_CRC_AT, header.payloadCrc, true);
  view.setBigUint64(SEGMENT_AT, BigInt(header.segment), true);
  view.setBigUint64(FIRST_SEQUENCE_AT, BigInt(header.firstSequence), true);
  view.setUint32(ENTRY_COUNT_AT, header.entryCount, true);
  view.setUint32(RESERVED_AT, 0, true);
  bytes.set(header.previousHash, PREVIOUS_HASH_AT);
  // The header has a checksum of its own, so that a reader may trust the length before it reads that many bytes.
  view.setUint32(HEADER_CRC_AT, crc32c(bytes, PAYLOAD_BYTES_AT, SEGMENT_HEADER_BYTES), true);
}

/** What is wrong with a segment header's magic or checksum, or undefined when its fields may be read. */
export function segmentHeaderProblem(bytes: Uint8Array, at = 0): { expected: string; found: string } | undefined {
  if (SEGMENT_MAGIC.some((byte, i) => bytes[at + i] !== byte)) {
    return {
      expected: `a segment's first bytes ${hex(Uint8Array.from(SEGMENT_MAGIC))}`,
      found: hex(bytes.subarray(at, at + SEGMENT_MAGIC.length)),
    };
  }
  const stored = new DataView(bytes.buffer, bytes.byteOffset + at).getUint32(HEADER_CRC_AT, true);
  const crc = crc32c(bytes, at + PAYLOAD_BYTES_AT, at + SEGMENT_HEADER_BYTES);
  if (crc !== stored) return { expected: `segment header with CRC-32C ${hex32(stored)}`, found: hex32(crc) };
  return undefined;
}

/** The fields of a segment header whose checksum holds. */
export function readSegmentHeader(bytes: Uint8Array): SegmentHeader & { readonly reserved: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, SEGMENT_HEADER_BYTES);
  return {
    payloadBytes: view.getUint32(PAYLOAD_BYTES_AT, true),
    payloadCrc: view.getUint32(PAYLOAD_CRC_AT, true),
    segment: Number(view.getBigUint64(SEGMENT_AT, true)),
    firstSequence: Number(view.getBigUint64(FIRST_SEQUENCE_AT, true)),
    entryCount: view.getUint32(ENTRY_COUNT_AT, true),
    reserved: view.getUint32(RESERVED_AT, true),
    previousHash: bytes.slice(PREVIOUS_HASH_AT, PREVIOUS_HASH_AT + HASH_BYTES),
  };
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function hex32(value: number): string {
  return `0x${value.toString(16).padStart(8, "0")}`;
}
