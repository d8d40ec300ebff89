import { crc32c } from "../../core/crc32c.ts";
import { DatasetError } from "./dataset-error.ts";
import { DatasetFile } from "./dataset-file.ts";
import { type DatasetClosing, datasetClosingSchema, type DatasetHeader, parseDatasetJson } from "./dataset-header.ts";
import * as layout from "./dataset-layout.ts";
import { FooterHeaderAt, IndexAt, TrailerAt } from "./dataset-layout.ts";

/** One chunk as the footer lists it. */
export interface ChunkIndexEntry {
  readonly byteOffset: number;
  readonly firstRow: number;
  readonly rows: number;
  readonly payloadCrc: number;
}

/** What stands at the end of a dataset file, which is how a whole file is told from a truncated one. */
export interface DatasetFooter extends DatasetClosing {
  readonly rows: number;
  readonly chunks: readonly ChunkIndexEntry[];
  /** CRC-32C over the chunks' own checksums, in order. */
  readonly chunksCrc: number;
}

/**
 * Reads the footer that starts at `offset` and the trailer behind it.
 * @returns what is wrong and where, instead of throwing: the caller knows the chunk and the row.
 */
export function readFooterAt(
  file: DatasetFile,
  offset: number,
): DatasetFooter | { problem: string; byteOffset: number } {
  const cutShort = { problem: "the file is truncated: it ends within its footer", byteOffset: file.byteLength };
  const fixed = Buffer.alloc(layout.FOOTER_HEADER_BYTES);
  if (file.read(fixed, { at: 0, length: fixed.length, position: offset }) < fixed.length) return cutShort;
  const altered = { problem: "the footer was altered: its checksum does not match", byteOffset: offset };
  if (
    fixed.readUInt32LE(FooterHeaderAt.magic) !== layout.FOOTER_MAGIC ||
    crc32c(fixed, 0, FooterHeaderAt.headerCrc) !== fixed.readUInt32LE(FooterHeaderAt.headerCrc)
  ) {
    return altered;
  }
  const payloadBytes = fixed.readUInt32LE(FooterHeaderAt.payloadBytes);
  const chunkCount = fixed.readUInt32LE(FooterHeaderAt.chunks);
  const indexBytes = chunkCount * layout.INDEX_ENTRY_BYTES;
  if (payloadBytes > layout.FOOTER_BYTES_MAX || indexBytes > payloadBytes) {
    return { problem: `the footer claims ${payloadBytes} bytes for ${chunkCount} chunks`, byteOffset: offset };
  }
  const payload = Buffer.alloc(payloadBytes + layout.TRAILER_BYTES);
  const payloadOffset = offset + layout.FOOTER_HEADER_BYTES;
  const found = file.read(payload, { at: 0, length: payload.length, position: payloadOffset });
  if (found < payload.length) return cutShort;
  if (crc32c(payload, 0, payloadBytes) !== fixed.readUInt32LE(FooterHeaderAt.payloadCrc)) {
    return { ...altered, byteOffset: payloadOffset };
  }
  const trailerOffset = payloadOffset + payloadBytes;
  if (footerOffsetOf(payload.subarray(payloadBytes)) !== offset) {
    return { problem: "the trailer was altered: it does not point to the footer", byteOffset: trailerOffset };
  }
  const end = trailerOffset + layout.TRAILER_BYTES;
  if (file.byteLength > end) {
    return { problem: `${file.byteLength - end} bytes stand behind the end of the dataset`, byteOffset: end };
  }
  const closing = parseDatasetJson(datasetClosingSchema, payload.toString("utf8", indexBytes, payloadBytes));
  if ("problem" in closing)
    return { problem: `the footer is unreadable: ${closing.problem}`, byteOffset: payloadOffset };
  const chunks = Array.from({ length: chunkCount }, (_, i) => {
    const at = i * layout.INDEX_ENTRY_BYTES;
    return {
      byteOffset: payload.readDoubleLE(at + IndexAt.byteOffset),
      firstRow: payload.readDoubleLE(at + IndexAt.firstRow),
      rows: payload.readUInt32LE(at + IndexAt.rows),
      payloadCrc: payload.readUInt32LE(at + IndexAt.payloadCrc),
    };
  });
  const rows = fixed.readDoubleLE(FooterHeaderAt.rows);
  return { ...closing, rows, chunks, chunksCrc: fixed.readUInt32LE(FooterHeaderAt.chunksCrc) };
}

/**
 * Reads only header and footer: what is in a dataset, without its rows.
 * @throws {DatasetError} where the file is truncated, altered, or none.
 */
export function readDatasetSummary(path: string): { header: DatasetHeader; footer: DatasetFooter } {
  const file = new DatasetFile(path);
  try {
    const trailer = Buffer.alloc(layout.TRAILER_BYTES);
    const position = file.byteLength - layout.TRAILER_BYTES;
    const found =
      position < file.firstChunkOffset ? 0 : file.read(trailer, { at: 0, length: trailer.length, position });
    const offset = found === trailer.length ? footerOffsetOf(trailer) : undefined;
    if (offset === undefined || offset < file.firstChunkOffset || offset > file.byteLength) {
      const what = "the file is truncated: it does not end with a trailer";
      throw new DatasetError({ path, byteOffset: file.byteLength, what });
    }
    const footer = readFooterAt(file, offset);
    if ("problem" in footer) throw new DatasetError({ path, byteOffset: footer.byteOffset, what: footer.problem });
    return { header: file.header, footer };
  } finally {
    file.close();
  }
}

function footerOffsetOf(trailer: Buffer): number | undefined {
  const isWhole =
    trailer.readUInt32LE(TrailerAt.magic) === layout.TRAILER_MAGIC &&
    trailer.readUInt32LE(TrailerAt.crc) === crc32c(trailer, 0, TrailerAt.crc);
  return isWhole ? trailer.readDoubleLE(TrailerAt.footerOffset) : undefined;
}
