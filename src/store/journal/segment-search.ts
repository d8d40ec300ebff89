import type { ByteSource } from "./byte-source.ts";
import { SEGMENT_HEADER_BYTES, SEGMENT_MAGIC, segmentHeaderProblem } from "./layout.ts";

/** So much of a file is looked at at once. */
export const SEARCH_WINDOW_BYTES = 64 * 1024;

/**
 * The first byte at or behind `from` at which a segment header with a right checksum stands, or undefined. This is
 * what tells a torn tail from corruption: behind a torn tail nothing was ever written.
 */
export function findSegmentHeader(source: ByteSource, from: number): number | undefined {
  const window = Buffer.alloc(SEARCH_WINDOW_BYTES);
  const magic = Buffer.from(SEGMENT_MAGIC);
  // Windows overlap by a header less one byte, so that each header stands whole in one of them.
  for (
    let start = from;
    start + SEGMENT_HEADER_BYTES <= source.byteLength;
    start += SEARCH_WINDOW_BYTES - SEGMENT_HEADER_BYTES + 1
  ) {
    const length = Math.min(SEARCH_WINDOW_BYTES, source.byteLength - start);
    source.read(window, 0, length, start);
    const readable = window.subarray(0, length);
    for (let at = readable.indexOf(magic); at >= 0; at = readable.indexOf(magic, at + 1)) {
      if (at + SEGMENT_HEADER_BYTES > length) break;
      if (segmentHeaderProblem(readable, at) === undefined) return start + at;
    }
  }
  return undefined;
}
