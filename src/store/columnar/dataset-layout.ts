import { BYTES_PER_VALUE, type ColumnSpec } from "./column.ts";
import { alignBlock } from "./viewed-buffer.ts";

/**
 * Byte layout of a dataset file (`.tsd`). Everything is little-endian and starts at a multiple of 8. Described byte by byte
 * in docs/recordings.md.
 *
 *     file header   24 bytes, then JSON padded with spaces
 *     chunk         32 bytes, then a directory of 24 bytes per column, then one block per column; as many as needed
 *     footer        32 bytes, then an index entry of 24 bytes per chunk, then JSON padded with spaces
 *     trailer       16 bytes
 */
export const FORMAT_VERSION = 1;

/** As PNG does it: a byte with its high bit set and both line ends, so that a transfer as text is noticed at once. */
export const MAGIC: readonly number[] = [0x89, 0x54, 0x53, 0x44, 0x0d, 0x0a, 0x1a, 0x0a];

/** "CHNK", "FOOT" and "TSDE" as little-endian words. */
export const CHUNK_MAGIC = 0x4b_4e_48_43;
export const FOOTER_MAGIC = 0x54_4f_4f_46;
export const TRAILER_MAGIC = 0x45_44_53_54;

export const FileHeaderAt = { magic: 0, version: 8, jsonBytes: 12, jsonCrc: 16, headerCrc: 20 } as const;
export const FILE_HEADER_BYTES = 24;

export const ChunkHeaderAt = {
  magic: 0,
  sequence: 4,
  rows: 8,
  payloadBytes: 12,
  firstRow: 16,
  payloadCrc: 24,
  headerCrc: 28,
} as const;
export const CHUNK_HEADER_BYTES = 32;

export const DirectoryAt = { encoding: 0, widthBytes: 1, blockBytes: 4, base: 8, unit: 16 } as const;
export const DIRECTORY_ENTRY_BYTES = 24;

export const FooterHeaderAt = {
  magic: 0,
  chunks: 4,
  rows: 8,
  payloadBytes: 16,
  chunksCrc: 20,
  payloadCrc: 24,
  headerCrc: 28,
} as const;
export const FOOTER_HEADER_BYTES = 32;

export const IndexAt = { byteOffset: 0, firstRow: 8, rows: 16, payloadCrc: 20 } as const;
export const INDEX_ENTRY_BYTES = 24;

export const TrailerAt = { footerOffset: 0, crc: 8, magic: 12 } as const;
export const TRAILER_BYTES = 16;

/** Most rows of one chunk. */
export const CHUNK_ROWS_MAX = 65_536;
/** Most columns of a dataset, and most bytes of the JSON of a header: what a reader reserves for them is bounded. */
export const COLUMNS_MAX = 256;
export const HEADER_JSON_BYTES_MAX = 1 << 20;
/** Most bytes of a footer: an index of 2.7 million chunks. */
export const FOOTER_BYTES_MAX = 1 << 26;

/** Most bytes that the directory and the blocks of one chunk can take. */
export function payloadBytesMax(columns: readonly ColumnSpec[], rowsPerChunk: number): number {
  const blocks = columns.map(({ type }) => alignBlock(BYTES_PER_VALUE[type] * rowsPerChunk));
  return columns.length * DIRECTORY_ENTRY_BYTES + blocks.reduce((sum, bytes) => sum + bytes, 0);
}
