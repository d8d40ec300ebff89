import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { basename } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { createGunzip } from "node:zlib";

import { UserError } from "../../core/errors.ts";

/** Bytes that are read from disk at a time. */
const READ_BYTES = 128 * 1024;

export type Packing = "plain" | "gzip" | "zip";

/** Called after every piece of an input was read. */
export type OnBytesRead = (bytes: number) => void;

/** A recording as it lies on disk. */
export interface InputFile {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  readonly packing: Packing;
}

/** @throws {UserError} where the file cannot be read or is empty. */
export function inspectInput(path: string): InputFile {
  const fd = openInput(path);
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile()) throw new UserError(`${path}: is no file`);
    if (stat.size === 0) throw new UserError(`${path}: is empty`);
    const start = Buffer.alloc(4);
    readSync(fd, start, 0, 4, 0);
    const packing =
      start[0] === 0x1f && start[1] === 0x8b ? "gzip" : start.toString("latin1") === "PK\u0003\u0004" ? "zip" : "plain";
    return { path, name: basename(path), bytes: stat.size, packing };
  } finally {
    closeSync(fd);
  }
}

/** SHA-256 of a file as it lies on disk, in hexadecimal. */
export async function hashInput(input: InputFile, options: { signal?: AbortSignal; onBytesRead?: OnBytesRead }) {
  const hash = createHash("sha256");
  await readPieces(input, { ...options, onPiece: (piece) => void hash.update(piece) });
  return hash.digest("hex");
}

/**
 * Reads a plain or gzip file from start to end and hands over what is in it, piece by piece.
 *
 * @param options.onRaw gets the bytes as they lie on disk, before they are unpacked.
 * @returns what is wrong with the packing, undefined when nothing is. All that could be unpacked was handed over.
 */
export async function readInput(
  input: InputFile,
  options: {
    onBytes: (bytes: Buffer) => void;
    onRaw?: (bytes: Buffer) => void;
    onBytesRead?: OnBytesRead;
    signal?: AbortSignal;
  },
): Promise<string | undefined> {
  const { onBytes, onRaw, onBytesRead, signal } = options;
  const rest = { ...(signal && { signal }), ...(onBytesRead && { onBytesRead }) };
  if (input.packing === "plain") {
    const onPiece = (piece: Buffer) => {
      onRaw?.(piece);
      onBytes(piece);
    };
    await readPieces(input, { ...rest, onPiece });
    return undefined;
  }
  // Written to by hand and read by its events: a pipeline drops what it has unpacked, but not delivered yet, when the input
  // turns out to be damaged.
  const gunzip = createGunzip();
  let damage: string | undefined;
  let thrown: unknown;
  let isFailed = false;
  gunzip.on("data", (bytes: Buffer) => {
    try {
      if (!isFailed) onBytes(bytes);
    } catch (error) {
      isFailed = true;
      thrown = error;
    }
  });
  const ended = new Promise<void>((resolve) => {
    gunzip.once("error", (error) => {
      damage = error.message;
      resolve();
    });
    gunzip.once("end", resolve);
  });
  try {
    await readPieces(input, {
      ...rest,
      onPiece: async (piece) => {
        onRaw?.(piece);
        if (damage === undefined)
          await Promise.race([ended, new Promise<void>((done) => gunzip.write(piece, () => done()))]);
        if (isFailed) throw thrown;
      },
    });
    if (damage === undefined) {
      gunzip.end();
      await ended;
    }
    if (isFailed) throw thrown;
    return damage;
  } finally {
    gunzip.destroy();
  }
}

async function readPieces(
  input: InputFile,
  options: { onPiece: (piece: Buffer) => void | Promise<void>; onBytesRead?: OnBytesRead; signal?: AbortSignal },
): Promise<void> {
  const fd = openInput(input.path);
  try {
    for (let position = 0; ;) {
      options.signal?.throwIfAborted();
      // Each piece is its own memory: the unpacker still reads it while the next one is read from disk.
      const piece = Buffer.allocUnsafe(READ_BYTES);
      const bytes = readSync(fd, piece, 0, READ_BYTES, position);
      if (bytes === 0) return;
      position += bytes;
      await options.onPiece(piece.subarray(0, bytes));
      options.onBytesRead?.(bytes);
      // Signals such as Ctrl-C and the progress bar get their turn.
      await nextTurn();
    }
  } finally {
    closeSync(fd);
  }
}

function openInput(path: string): number {
  try {
    return openSync(path, "r");
  } catch (error) {
    throw new UserError(`${path}: cannot be opened: ${error instanceof Error ? error.message : String(error)}`);
  }
}
