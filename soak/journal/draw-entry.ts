import type { RandomStream } from "../../src/core/random.ts";
import { RECORD_WORDS } from "../../src/model/record.ts";
import { EntryKind } from "../../src/store/journal/entry-kind.ts";
import type { SampleEntry } from "../../src/testing/journal-samples.ts";
import { oneOf } from "../simulation/draws.ts";

/** Words and times at which the form of an entry changes. */
const EDGES = [0, 1, -1, 255, 256, 65_535, 65_536, 2 ** 20 - 1, 2 ** 20, 2 ** 24, 2 ** 31 - 1, -(2 ** 31)];
const TIMES = [0, 1, 255, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 1, 2 ** 53 - 1, 0.5];

/** A command in short, any record, or a text. */
export function drawEntry(random: RandomStream): SampleEntry {
  const timeNs = random.chance(0.2) ? oneOf(random, TIMES) : random.integer(0, 10_000_000);
  const fate = random.uniform();
  if (fate < 0.1) {
    return {
      kind: EntryKind.input,
      timeNs,
      json: { text: "x".repeat(random.integer(0, 400)), at: random.integer(0, 9) },
    };
  }
  const words = Array.from({ length: RECORD_WORDS }, () => 0);
  const isShort = random.chance(0.6);
  words[0] = random.integer(1, isShort ? 4 : 70);
  for (let at = 1; at < (isShort ? 7 : RECORD_WORDS); at++) {
    if (random.chance(0.6)) words[at] = random.chance(0.3) ? oneOf(random, EDGES) : random.integer(0, 300);
  }
  // Whatever stands behind what a command in short has room for.
  if (isShort && random.chance(0.1)) words[random.integer(7, RECORD_WORDS - 1)] = random.integer(1, 300);
  return { kind: random.chance(0.9) ? EntryKind.command : EntryKind.checkpoint, timeNs, words };
}
