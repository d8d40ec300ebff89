import { closeSync, fstatSync, openSync, readSync } from "node:fs";

import { assert } from "../../core/assert.ts";
import { crc32c } from "../../core/crc32c.ts";
import { UserError } from "../../core/errors.ts";
import { DatasetError } from "./dataset-error.ts";
import { type DatasetHeader, datasetHeaderSchema, parseDatasetJson } from "./dataset-header.ts";
import { FILE_HEADER_BYTES, FileHeaderAt, FORMAT_VERSION, HEADER_JSON_BYTES_MAX, MAGIC } from "./dataset-layout.ts";
import { alignBlock } from "./viewed-buffer.ts";

/** An open dataset file whose header was read and found good. */
export class DatasetFile {
  readonly path: string;
  readonly byteLength: number;
  readonly header: DatasetHeader;
  /** Where the first chunk starts. */
  readonly firstChunkOffset: number;
  #fd: number | undefined;

  /**
   * @throws {DatasetError} where the file is no dataset, has another version, or its header is damaged.
   * @throws {UserError} where the file cannot be opened.
   */
  constructor(path: string) {
    this.path = path;
    this.#fd = openForReading(path);
    try {
      this.byteLength = fstatSync(this.#fd).size;
      const { header, byteLength } = this.#readHeader();
      this.header = header;
      this.firstChunkOffset = byteLength;
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Reads up to `length` bytes at `position` into `into[at, ...)`; @returns how many there were. */
  read(into: Uint8Array, options: { at: number; length: number; position: number }): number {
    const { at, length, position } = options;
    assert(this.#fd !== undefined, "read of a closed dataset");
    let done = 0;
    while (done < length) {
      const bytes = readSync(this.#fd, into, at + done, length - done, position + done);
      if (bytes === 0) break;
      done += bytes;
    }
    return done;
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }

  #readHeader(): { header: DatasetHeader; byteLength: number } {
    const fixed = Buffer.alloc(FILE_HEADER_BYTES);
    const length = this.read(fixed, { at: 0, length: FILE_HEADER_BYTES, position: 0 });
    if (MAGIC.some((byte, i) => i >= length || fixed[i] !== byte)) {
      const start = fixed.toString("latin1", 0, Math.min(length, MAGIC.length));
      const found = length === 0 ? "it is empty" : `it starts with ${JSON.stringify(start)}`;
      throw this.#fault(0, `is no tradeswarm dataset: ${found}`);
    }
    if (length < FILE_HEADER_BYTES) throw this.#fault(length, "the file ends within its header");
    if (crc32c(fixed, 0, FileHeaderAt.headerCrc) !== fixed.readUInt32LE(FileHeaderAt.headerCrc)) {
      throw this.#fault(0, "the header was altered: its checksum does not match");
    }
    const version = fixed.readUInt32LE(FileHeaderAt.version);
    if (version !== FORMAT_VERSION) {
      throw this.#fault(FileHeaderAt.version, `has format version ${version}, expected ${FORMAT_VERSION}`);
    }
    const jsonBytes = fixed.readUInt32LE(FileHeaderAt.jsonBytes);
    if (jsonBytes > HEADER_JSON_BYTES_MAX || alignBlock(jsonBytes) !== jsonBytes) {
      throw this.#fault(FileHeaderAt.jsonBytes, `the header claims ${jsonBytes} bytes of JSON`);
    }
    const json = Buffer.alloc(jsonBytes);
    const found = this.read(json, { at: 0, length: jsonBytes, position: FILE_HEADER_BYTES });
    if (found < jsonBytes) throw this.#fault(FILE_HEADER_BYTES + found, "the file ends within its header");
    if (crc32c(json) !== fixed.readUInt32LE(FileHeaderAt.jsonCrc)) {
      throw this.#fault(FILE_HEADER_BYTES, "the header was altered: its checksum does not match");
    }
    const header = parseDatasetJson(datasetHeaderSchema, json.toString("utf8"));
    if ("problem" in header) throw this.#fault(FILE_HEADER_BYTES, `the header is unreadable: ${header.problem}`);
    return { header, byteLength: FILE_HEADER_BYTES + jsonBytes };
  }

  #fault(byteOffset: number, what: string): DatasetError {
    return new DatasetError({ path: this.path, byteOffset, what });
  }
}

function openForReading(path: string): number {
  try {
    return openSync(path, "r");
  } catch (error) {
    throw new UserError(`${path}: cannot be opened: ${error instanceof Error ? error.message : String(error)}`);
  }
}
