import type { ColumnArray } from "./column.ts";
import { type ColumnBlock, Encoding } from "./column-codec.ts";
import type { ViewedBuffer } from "./viewed-buffer.ts";

/**
 * Reads a block into `target[0, rows)`. Allocates nothing.
 *
 * @param block must be possible for the column's type: see `isPossibleBlock`.
 * @param at byte in `from` where the block starts, a multiple of 8.
 */
export function decodeColumn(
  block: ColumnBlock,
  options: { from: ViewedBuffer; at: number; target: ColumnArray; rows: number },
): void {
  const { from, at, target, rows } = options;
  const { encoding, widthBytes } = block;
  const start = at / widthBytes;
  if (encoding === Encoding.constant) target.fill(block.base, 0, rows);
  else if (target instanceof Uint8Array) copyBytes(from.u8, start, target, rows);
  else if (target instanceof Int32Array) {
    if (encoding === Encoding.plain) copyWords(from.i32, start, target, rows);
    else if (widthBytes === 1) unpackBytesToWords(from.u8, start, target, rows, block);
    else unpackShortsToWords(from.u16, start, target, rows, block);
  } else if (encoding === Encoding.plain) {
    copyFloats(from.f64, start, target, rows);
  } else if (encoding === Encoding.packed) {
    if (widthBytes === 1) unpackBytes(from.u8, start, target, rows, block);
    else if (widthBytes === 2) unpackShorts(from.u16, start, target, rows, block);
    else unpackWords(from.u32, start, target, rows, block);
  } else if (widthBytes === 1) addUpBytes(from.i8, start, target, rows, block);
  else if (widthBytes === 2) addUpShorts(from.i16, start, target, rows, block);
  else addUpWords(from.i32, start, target, rows, block);
}

// Each loop below sees one kind of source array and one kind of target, which is why there are so many: V8 compiles a loop
// that sees several to code that asks at every element which one it is.

function copyBytes(from: Uint8Array, start: number, to: Uint8Array, rows: number): void {
  for (let i = 0; i < rows; i++) to[i] = from[start + i];
}

function copyWords(from: Int32Array, start: number, to: Int32Array, rows: number): void {
  for (let i = 0; i < rows; i++) to[i] = from[start + i];
}

function copyFloats(from: Float64Array, start: number, to: Float64Array, rows: number): void {
  for (let i = 0; i < rows; i++) to[i] = from[start + i];
}

function unpackBytesToWords(from: Uint8Array, start: number, to: Int32Array, rows: number, block: ColumnBlock): void {
  const { base, unit } = block;
  for (let i = 0; i < rows; i++) to[i] = base + unit * from[start + i];
}

function unpackShortsToWords(from: Uint16Array, start: number, to: Int32Array, rows: number, block: ColumnBlock): void {
  const { base, unit } = block;
  for (let i = 0; i < rows; i++) to[i] = base + unit * from[start + i];
}

function unpackBytes(from: Uint8Array, start: number, to: Float64Array, rows: number, block: ColumnBlock): void {
  const { base, unit } = block;
  for (let i = 0; i < rows; i++) to[i] = base + unit * from[start + i];
}

function unpackShorts(from: Uint16Array, start: number, to: Float64Array, rows: number, block: ColumnBlock): void {
  const { base, unit } = block;
  for (let i = 0; i < rows; i++) to[i] = base + unit * from[start + i];
}

function unpackWords(from: Uint32Array, start: number, to: Float64Array, rows: number, block: ColumnBlock): void {
  const { base, unit } = block;
  for (let i = 0; i < rows; i++) to[i] = base + unit * from[start + i];
}

function addUpBytes(from: Int8Array, start: number, to: Float64Array, rows: number, block: ColumnBlock): void {
  const { unit } = block;
  let value = block.base;
  for (let i = 0; i < rows; i++) {
    value += unit * from[start + i];
    to[i] = value;
  }
}

function addUpShorts(from: Int16Array, start: number, to: Float64Array, rows: number, block: ColumnBlock): void {
  const { unit } = block;
  let value = block.base;
  for (let i = 0; i < rows; i++) {
    value += unit * from[start + i];
    to[i] = value;
  }
}

function addUpWords(from: Int32Array, start: number, to: Float64Array, rows: number, block: ColumnBlock): void {
  const { unit } = block;
  let value = block.base;
  for (let i = 0; i < rows; i++) {
    value += unit * from[start + i];
    to[i] = value;
  }
}
