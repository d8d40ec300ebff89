import { crc32c } from "../../core/crc32c.ts";
import { type ColumnArray, newColumn } from "./column.ts";
import { blockBytes, type Encoding, isPossibleBlock, newColumnBlock } from "./column-codec.ts";
import { decodeColumn } from "./column-decoder.ts";
import { DatasetError } from "./dataset-error.ts";
import { DatasetFile } from "./dataset-file.ts";
import { type DatasetFooter, readFooterAt } from "./dataset-footer.ts";
import type { DatasetHeader } from "./dataset-header.ts";
import * as layout from "./dataset-layout.ts";
import { ChunkHeaderAt, DirectoryAt } from "./dataset-layout.ts";
import { ViewedBuffer } from "./viewed-buffer.ts";

/**
 * Reads a dataset chunk by chunk into the same arrays: no memory is reserved per chunk.
 *
 * `nextChunk` gives the number of rows that it put into `columns`, and 0 after the last one, once the footer has shown
 * that nothing is missing. A fault throws, after every row before it has been delivered, and again on every later call.
 */
export class DatasetReader {
  readonly path: string;
  readonly header: DatasetHeader;
  /** One array per column of the header, `header.rowsPerChunk` long; every `nextChunk` overwrites them. */
  readonly columns: readonly ColumnArray[];
  readonly #file: DatasetFile;
  readonly #buffer: ViewedBuffer;
  readonly #view: DataView;
  readonly #payloadBytesMax: number;
  readonly #block = newColumnBlock();
  #position: number;
  #chunks = 0;
  #rows = 0;
  #chunksCrc = 0;
  #footer: DatasetFooter | undefined;

  /** @throws {DatasetError} where the header is no good; {UserError} where the file cannot be opened. */
  constructor(path: string) {
    this.#file = new DatasetFile(path);
    this.path = path;
    this.header = this.#file.header;
    this.columns = this.header.columns.map(({ type }) => newColumn(type, this.header.rowsPerChunk));
    this.#payloadBytesMax = layout.payloadBytesMax(this.header.columns, this.header.rowsPerChunk);
    this.#buffer = new ViewedBuffer(layout.CHUNK_HEADER_BYTES + this.#payloadBytesMax);
    this.#view = new DataView(this.#buffer.u8.buffer);
    this.#position = this.#file.firstChunkOffset;
  }

  /** Rows delivered so far. */
  get rows(): number {
    return this.#rows;
  }

  /** What the file's end says; undefined until `nextChunk` gave 0. */
  get footer(): DatasetFooter | undefined {
    return this.#footer;
  }

  /**
   * @returns rows now in `columns`, the first of which has the number that `rows` had before; 0 at the end.
   * @throws {DatasetError} where the file is truncated or altered.
   */
  nextChunk(): number {
    if (this.#footer !== undefined) return 0;
    const view = this.#view;
    const start = this.#position;
    const headerBytes = layout.CHUNK_HEADER_BYTES;
    const found = this.#read(0, headerBytes, start);
    if (found === 0) this.#fail(start, "the file is truncated: it ends without a footer");
    if (found < headerBytes) this.#fail(start + found, "the file is truncated: it ends within a header");
    const magic = view.getUint32(ChunkHeaderAt.magic, true);
    if (magic === layout.FOOTER_MAGIC) return this.#finish(start);
    if (magic !== layout.CHUNK_MAGIC || this.#crc(0, ChunkHeaderAt.headerCrc) !== this.#word(ChunkHeaderAt.headerCrc)) {
      this.#fail(start, "the chunk's header was altered: its checksum does not match");
    }
    const rows = this.#word(ChunkHeaderAt.rows);
    const payloadBytes = this.#word(ChunkHeaderAt.payloadBytes);
    const firstRow = view.getFloat64(ChunkHeaderAt.firstRow, true);
    const sequence = this.#word(ChunkHeaderAt.sequence);
    if (sequence !== this.#chunks || firstRow !== this.#rows) {
      this.#fail(
        start,
        `expected chunk ${this.#chunks} from row ${this.#rows} on, found ${sequence} from ${firstRow} on`,
      );
    }
    if (rows === 0 || rows > this.header.rowsPerChunk || payloadBytes > this.#payloadBytesMax) {
      this.#fail(start, `the chunk claims ${rows} rows in ${payloadBytes} bytes`);
    }
    const payloadFound = this.#read(headerBytes, payloadBytes, start + headerBytes);
    if (payloadFound < payloadBytes) {
      this.#fail(start + headerBytes + payloadFound, "the file is truncated: it ends within a chunk");
    }
    if (this.#crc(headerBytes, headerBytes + payloadBytes) !== this.#word(ChunkHeaderAt.payloadCrc)) {
      this.#fail(start + headerBytes, "the chunk was altered: its checksum does not match");
    }
    this.#decode(rows, start, payloadBytes);
    this.#chunksCrc = crc32c(this.#buffer.u8, ChunkHeaderAt.payloadCrc, ChunkHeaderAt.headerCrc, this.#chunksCrc);
    this.#position = start + headerBytes + payloadBytes;
    this.#chunks++;
    this.#rows += rows;
    return rows;
  }

  close(): void {
    this.#file.close();
  }

  #decode(rows: number, start: number, payloadBytes: number): void {
    const { columns } = this.header;
    const view = this.#view;
    const block = this.#block;
    const end = layout.CHUNK_HEADER_BYTES + payloadBytes;
    let at = layout.CHUNK_HEADER_BYTES + columns.length * layout.DIRECTORY_ENTRY_BYTES;
    for (let i = 0; i < columns.length; i++) {
      const entry = layout.CHUNK_HEADER_BYTES + i * layout.DIRECTORY_ENTRY_BYTES;
      block.encoding = view.getUint8(entry + DirectoryAt.encoding) as Encoding;
      block.widthBytes = view.getUint8(entry + DirectoryAt.widthBytes);
      block.base = view.getFloat64(entry + DirectoryAt.base, true);
      block.unit = view.getFloat64(entry + DirectoryAt.unit, true);
      const bytes = blockBytes(block, rows);
      const isGood = isPossibleBlock(block, columns[i].type) && this.#word(entry + DirectoryAt.blockBytes) === bytes;
      if (!isGood || at + bytes > end) {
        this.#fail(start + entry, `column ${columns[i].name} is written in no known way`);
      }
      decodeColumn(block, { from: this.#buffer, at, target: this.columns[i], rows });
      at += bytes;
    }
    if (at !== end) this.#fail(start + at, `${end - at} bytes stand behind the chunk's columns`);
  }

  #finish(start: number): number {
    const footer = readFooterAt(this.#file, start);
    if ("problem" in footer) this.#fail(footer.byteOffset, footer.problem);
    if (footer.chunks.length !== this.#chunks || footer.rows !== this.#rows || footer.chunksCrc !== this.#chunksCrc) {
      this.#fail(start, `the footer closes ${footer.chunks.length} other chunks with ${footer.rows} rows`);
    }
    this.#footer = footer;
    return 0;
  }

  #read(at: number, length: number, position: number): number {
    return this.#file.read(this.#buffer.u8, { at, length, position });
  }

  #word(at: number): number {
    return this.#view.getUint32(at, true);
  }

  #crc(from: number, to: number): number {
    return crc32c(this.#buffer.u8, from, to);
  }

  #fail(byteOffset: number, what: string): never {
    const place = { chunk: this.#chunks, row: this.#rows };
    throw new DatasetError({ path: this.path, byteOffset, what, ...place });
  }
}
