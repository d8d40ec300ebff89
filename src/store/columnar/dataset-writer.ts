import { assert } from "../../core/assert.ts";
import { crc32c } from "../../core/crc32c.ts";
import { type ColumnArray, newColumn } from "./column.ts";
import { encodeColumn, newColumnBlock } from "./column-codec.ts";
import {
  type DatasetClosing,
  datasetClosingSchema,
  type DatasetHeader,
  datasetHeaderSchema,
} from "./dataset-header.ts";
import * as layout from "./dataset-layout.ts";
import { ChunkHeaderAt, DirectoryAt, FileHeaderAt, FooterHeaderAt, IndexAt, TrailerAt } from "./dataset-layout.ts";
import { PartialFile } from "./partial-file.ts";
import { alignBlock, ViewedBuffer } from "./viewed-buffer.ts";

interface IndexEntry {
  readonly byteOffset: number;
  readonly firstRow: number;
  readonly rows: number;
  readonly payloadCrc: number;
}

/**
 * Writes a dataset file chunk by chunk, in constant memory but for 24 bytes of index per chunk.
 *
 * Fill `columns` up to `header.rowsPerChunk` rows, call `writeChunk`, and so on; then `close`. Whatever happens before
 * `close` leaves no file of that name: call `discard` to remove the partial one.
 */
export class DatasetWriter {
  readonly header: DatasetHeader;
  /** One array per column of the header, in its order; the caller fills them. */
  readonly columns: readonly ColumnArray[];
  readonly #file: PartialFile;
  readonly #buffer: ViewedBuffer;
  readonly #view: DataView;
  readonly #block = newColumnBlock();
  readonly #index: IndexEntry[] = [];
  #rows = 0;
  #chunksCrc = 0;

  constructor(path: string, header: DatasetHeader) {
    this.header = datasetHeaderSchema.parse(header);
    const { columns, rowsPerChunk } = this.header;
    this.columns = columns.map(({ type }) => newColumn(type, rowsPerChunk));
    this.#buffer = new ViewedBuffer(layout.CHUNK_HEADER_BYTES + layout.payloadBytesMax(columns, rowsPerChunk));
    this.#view = new DataView(this.#buffer.u8.buffer);
    this.#file = new PartialFile(path);
    this.#writeHeader();
  }

  /** Rows written so far, without those that still wait in `columns`. */
  get rows(): number {
    return this.#rows;
  }

  /** Writes the first `rows` rows of `columns` as one chunk. */
  writeChunk(rows: number): void {
    assert(rows > 0 && rows <= this.header.rowsPerChunk, "a chunk has at least one row and at most rowsPerChunk");
    const { columns } = this.header;
    const view = this.#view;
    const directory = layout.CHUNK_HEADER_BYTES;
    let at = directory + columns.length * layout.DIRECTORY_ENTRY_BYTES;
    this.#buffer.u8.fill(0, 0, at);
    for (let i = 0; i < columns.length; i++) {
      const block = this.#block;
      const { type } = columns[i];
      const bytes = encodeColumn(this.columns[i], { type, rows, out: this.#buffer, at, block });
      const entry = directory + i * layout.DIRECTORY_ENTRY_BYTES;
      view.setUint8(entry + DirectoryAt.encoding, block.encoding);
      view.setUint8(entry + DirectoryAt.widthBytes, block.widthBytes);
      view.setUint32(entry + DirectoryAt.blockBytes, bytes, true);
      view.setFloat64(entry + DirectoryAt.base, block.base, true);
      view.setFloat64(entry + DirectoryAt.unit, block.unit, true);
      at += bytes;
    }
    const payloadCrc = crc32c(this.#buffer.u8, layout.CHUNK_HEADER_BYTES, at);
    view.setUint32(ChunkHeaderAt.magic, layout.CHUNK_MAGIC, true);
    view.setUint32(ChunkHeaderAt.sequence, this.#index.length, true);
    view.setUint32(ChunkHeaderAt.rows, rows, true);
    view.setUint32(ChunkHeaderAt.payloadBytes, at - layout.CHUNK_HEADER_BYTES, true);
    view.setFloat64(ChunkHeaderAt.firstRow, this.#rows, true);
    view.setUint32(ChunkHeaderAt.payloadCrc, payloadCrc, true);
    view.setUint32(ChunkHeaderAt.headerCrc, crc32c(this.#buffer.u8, 0, ChunkHeaderAt.headerCrc), true);
    // A reader reserves memory for what a footer may hold at most; a longer index would make a file that none can read.
    assert((this.#index.length + 1) * layout.INDEX_ENTRY_BYTES < layout.FOOTER_BYTES_MAX / 2, "too many chunks");
    this.#index.push({ byteOffset: this.#file.bytesWritten, firstRow: this.#rows, rows, payloadCrc });
    // The checksum goes on over each chunk's own checksum, so that a chunk left out or swapped shows in the footer.
    this.#chunksCrc = crc32c(this.#buffer.u8, ChunkHeaderAt.payloadCrc, ChunkHeaderAt.headerCrc, this.#chunksCrc);
    this.#rows += rows;
    this.#file.write(this.#buffer.u8, at);
  }

  /** Writes footer and trailer and gives the file its name. */
  close(closing: DatasetClosing): void {
    const json = paddedJson(datasetClosingSchema.parse(closing));
    const indexBytes = this.#index.length * layout.INDEX_ENTRY_BYTES;
    const bytes = new Uint8Array(layout.FOOTER_HEADER_BYTES + indexBytes + json.length);
    const view = new DataView(bytes.buffer);
    let at: number = layout.FOOTER_HEADER_BYTES;
    for (const { byteOffset, firstRow, rows, payloadCrc } of this.#index) {
      view.setFloat64(at + IndexAt.byteOffset, byteOffset, true);
      view.setFloat64(at + IndexAt.firstRow, firstRow, true);
      view.setUint32(at + IndexAt.rows, rows, true);
      view.setUint32(at + IndexAt.payloadCrc, payloadCrc, true);
      at += layout.INDEX_ENTRY_BYTES;
    }
    bytes.set(json, at);
    view.setUint32(FooterHeaderAt.magic, layout.FOOTER_MAGIC, true);
    view.setUint32(FooterHeaderAt.chunks, this.#index.length, true);
    view.setFloat64(FooterHeaderAt.rows, this.#rows, true);
    view.setUint32(FooterHeaderAt.payloadBytes, bytes.length - layout.FOOTER_HEADER_BYTES, true);
    view.setUint32(FooterHeaderAt.chunksCrc, this.#chunksCrc, true);
    view.setUint32(FooterHeaderAt.payloadCrc, crc32c(bytes, layout.FOOTER_HEADER_BYTES), true);
    view.setUint32(FooterHeaderAt.headerCrc, crc32c(bytes, 0, FooterHeaderAt.headerCrc), true);
    const trailer = new Uint8Array(layout.TRAILER_BYTES);
    const trailerView = new DataView(trailer.buffer);
    trailerView.setFloat64(TrailerAt.footerOffset, this.#file.bytesWritten, true);
    trailerView.setUint32(TrailerAt.crc, crc32c(trailer, 0, TrailerAt.crc), true);
    trailerView.setUint32(TrailerAt.magic, layout.TRAILER_MAGIC, true);
    this.#file.write(bytes);
    this.#file.write(trailer);
    this.#file.commit();
  }

  /** Removes what was written, unless `close` came first. */
  discard(): void {
    this.#file.discard();
  }

  #writeHeader(): void {
    const json = paddedJson(this.header);
    assert(json.length <= layout.HEADER_JSON_BYTES_MAX, "a dataset's header must fit what readers reserve for it");
    const bytes = new Uint8Array(layout.FILE_HEADER_BYTES + json.length);
    const view = new DataView(bytes.buffer);
    bytes.set(layout.MAGIC, FileHeaderAt.magic);
    bytes.set(json, layout.FILE_HEADER_BYTES);
    view.setUint32(FileHeaderAt.version, layout.FORMAT_VERSION, true);
    view.setUint32(FileHeaderAt.jsonBytes, json.length, true);
    view.setUint32(FileHeaderAt.jsonCrc, crc32c(json), true);
    view.setUint32(FileHeaderAt.headerCrc, crc32c(bytes, 0, FileHeaderAt.headerCrc), true);
    this.#file.write(bytes);
  }
}

function paddedJson(value: unknown): Uint8Array {
  const json = Buffer.from(JSON.stringify(value));
  return Buffer.concat([json, Buffer.alloc(alignBlock(json.length) - json.length, " ")]);
}
