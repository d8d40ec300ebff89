import type { RecordRing } from "../core/record-ring.ts";
import { RECORD_WORDS } from "../model/record.ts";

/** Stands in every word that a book has not written, so that a word which it forgets shows at once. */
const STALE_WORD = 0x5ca1ab1e;

/** Fills an empty ring's memory with stale words. */
export function makeStale(ring: RecordRing): void {
  ring.words.fill(STALE_WORD);
}

/** Takes every record of a ring and leaves stale words in its place. */
export function takeAll(ring: RecordRing): void {
  for (; !ring.isEmpty; ring.shift()) ring.words.fill(STALE_WORD, ring.front, ring.front + RECORD_WORDS);
}

/** Where the waiting records of a ring stand in its words, oldest first. */
export function waitingRecords(ring: RecordRing): number[] {
  return Array.from({ length: ring.length }, (_, index) => ring.offsetOf(ring.taken + index));
}
