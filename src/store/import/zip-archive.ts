import type { Readable } from "node:stream";
import { crc32 } from "node:zlib";

import { type Entry, openPromise, type ZipFile } from "yauzl";

import { UserError } from "../../core/errors.ts";
import { LineSplitter } from "./line-splitter.ts";

/** Entries that a zip may list. A LOBSTER zip has three. */
export const ZIP_ENTRIES_MAX = 1_000;

/** An open zip file and what it lists. Entries are read as streams; several at once. */
export class ZipArchive {
  readonly path: string;
  readonly entries: readonly Entry[];
  readonly #zip: ZipFile;

  private constructor(path: string, zip: ZipFile, entries: readonly Entry[]) {
    this.path = path;
    this.#zip = zip;
    this.entries = entries;
  }

  /** @throws {UserError} where the file is no zip that can be read. */
  static async open(path: string): Promise<ZipArchive> {
    let zip: ZipFile | undefined;
    try {
      zip = await openPromise(path, { lazyEntries: true, autoClose: false });
      const entries: Entry[] = [];
      for await (const entry of zip.eachEntry()) {
        if (entries.length === ZIP_ENTRIES_MAX) throw new Error(`it lists more than ${ZIP_ENTRIES_MAX} files`);
        entries.push(entry);
      }
      return new ZipArchive(path, zip, entries);
    } catch (error) {
      zip?.close();
      throw new UserError(`${path}: is no zip that can be read: ${messageOf(error)}`);
    }
  }

  /** Lines of one entry, from its start. @throws {UserError} where the entry cannot be read at all. */
  async lines(entry: Entry, options: ReadLinesOptions): Promise<ZipEntryLines> {
    let stream: Readable;
    try {
      stream = await this.#zip.openReadStreamPromise(entry);
    } catch (error) {
      throw new UserError(`${this.path}: ${entry.fileName} cannot be read: ${messageOf(error)}`);
    }
    return new ZipEntryLines(entry, stream, options);
  }

  close(): void {
    this.#zip.close();
  }
}

export interface ReadLinesOptions {
  readonly signal?: AbortSignal;
  readonly onBytesRead?: (bytes: number) => void;
}

/** A line, or the start of one that was too long. */
export interface ZipLine {
  readonly number: number;
  readonly text: string;
  readonly isOverlong: boolean;
}

/** Hands out the lines of a zip entry one by one, so that two entries can be read side by side. */
export class ZipEntryLines {
  readonly name: string;
  readonly #entry: Entry;
  readonly #stream: Readable;
  readonly #pieces: AsyncIterator<Buffer, undefined>;
  readonly #options: ReadLinesOptions;
  readonly #splitter: LineSplitter;
  #ready: ZipLine[] = [];
  #next = 0;
  #crc = 0;
  #isEnded = false;
  #damage: string | undefined;

  constructor(entry: Entry, stream: Readable, options: ReadLinesOptions) {
    this.name = entry.fileName;
    this.#entry = entry;
    this.#stream = stream;
    this.#pieces = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer, undefined>;
    this.#options = options;
    this.#splitter = new LineSplitter({
      onLine: (text, number) => void this.#ready.push({ text, number, isOverlong: false }),
      onOverlongLine: (text, number) => void this.#ready.push({ text, number, isOverlong: true }),
    });
  }

  /** What is wrong with the entry, known once `fill` gave false; undefined when nothing is. */
  get damage(): string | undefined {
    return this.#damage;
  }

  /** The next line that is at hand; undefined means: await `fill`, then ask again. */
  take(): ZipLine | undefined {
    return this.#next < this.#ready.length ? this.#ready[this.#next++] : undefined;
  }

  /** Reads on until a line is at hand. @returns false at the end of the entry. */
  async fill(): Promise<boolean> {
    if (this.#next < this.#ready.length) return true;
    this.#ready = [];
    this.#next = 0;
    while (this.#ready.length === 0 && !this.#isEnded) {
      this.#options.signal?.throwIfAborted();
      const piece = await this.#read();
      if (piece === undefined) {
        this.#isEnded = true;
        this.#splitter.end();
      } else {
        this.#crc = crc32(piece, this.#crc);
        this.#splitter.push(piece);
        this.#options.onBytesRead?.(piece.length);
      }
    }
    return this.#ready.length > 0;
  }

  close(): void {
    this.#stream.destroy();
  }

  async #read(): Promise<Buffer | undefined> {
    try {
      const { done, value } = await this.#pieces.next();
      if (done !== true) return value;
      if (this.#crc !== this.#entry.crc32) this.#damage = `${this.name}: its checksum does not match`;
    } catch (error) {
      this.#damage = `${this.name}: ${messageOf(error)}`;
    }
    return undefined;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
