import { assert } from "../core/assert.ts";
import { RollingHash } from "../core/hash.ts";
import type { Disk } from "./disk.ts";

/** Words in front of each record: kind, place in the log, words behind the header, checksum. */
export const RECORD_HEADER_WORDS = 4;
const Word = { kind: 0, place: 1, length: 2, checksum: 3 } as const;
/** A mark says that everything before it was brought to safety. */
const Kind = { record: 1, mark: 2 } as const;

/** What was safe on a disk is not what was written. Whoever starts from it would act on what never happened. */
export class DamagedDisk extends Error {
  override readonly name = "DamagedDisk";
}

/**
 * A disk that notices when its records come back changed. Each has a checksum that covers its place and the record before
 * it; so a record that was altered, lost, or put elsewhere is found when the disk is opened.
 *
 * The last record is a special case: a crash while it was written may have torn it, and then it is dropped, as the
 * disk's contract says. What tells such a record from one that was safe and has rotted is the mark that follows every
 * sync: a bad record with anything behind it is damage.
 */
export class CheckedDisk implements Disk {
  readonly #disk: Disk;
  readonly #records: Int32Array[] = [];
  /** Records below, marks included. */
  #places = 0;
  #checksum = 0;

  /**
   * Opens a disk, and makes safe what is left on it.
   * @throws {DamagedDisk} when anything but a last record that was never safe is not what was written
   */
  constructor(disk: Disk) {
    this.#disk = disk;
    const { records } = disk;
    const whole = records.findIndex((record) => !this.#take(record));
    if (whole >= 0) {
      if (whole < records.length - 1) {
        throw new DamagedDisk(`record ${whole} of ${records.length} on the disk is damaged: it must not be used`);
      }
      this.rewrite([...this.#records]);
    } else if (records.length > 0) {
      // What a crash has left may not be safe yet, and from now on it is relied upon.
      this.sync();
    }
  }

  get records(): readonly Int32Array[] {
    return this.#records;
  }

  append(record: Int32Array): void {
    this.#disk.append(this.#framed(Kind.record, record));
    this.#records.push(record.slice());
  }

  sync(): void {
    this.#disk.append(this.#framed(Kind.mark, NOTHING));
    this.#disk.sync();
  }

  rewrite(records: readonly Int32Array[]): void {
    const kept = records.map((record) => record.slice());
    this.#places = 0;
    this.#checksum = 0;
    const framed = kept.map((record) => this.#framed(Kind.record, record));
    this.#disk.rewrite([...framed, this.#framed(Kind.mark, NOTHING)]);
    this.#records.splice(0, this.#records.length, ...kept);
  }

  #framed(kind: number, record: Int32Array): Int32Array {
    const words = new Int32Array(RECORD_HEADER_WORDS + record.length);
    words[Word.kind] = kind;
    words[Word.place] = this.#places;
    words[Word.length] = record.length;
    words.set(record, RECORD_HEADER_WORDS);
    words[Word.checksum] = checksumOf(words, this.#checksum);
    this.#places++;
    this.#checksum = words[Word.checksum];
    return words;
  }

  /** Takes in a record that was read. @returns whether it is what was written */
  #take(words: Int32Array): boolean {
    if (words.length < RECORD_HEADER_WORDS || words[Word.length] !== words.length - RECORD_HEADER_WORDS) return false;
    if (words[Word.place] !== this.#places) return false;
    if (words[Word.checksum] !== checksumOf(words, this.#checksum)) return false;
    this.#places++;
    this.#checksum = words[Word.checksum];
    if (words[Word.kind] === Kind.record) this.#records.push(words.slice(RECORD_HEADER_WORDS));
    else assert(words[Word.kind] === Kind.mark, "a record of the disk is a record or a mark");
    return true;
  }
}

const NOTHING = new Int32Array(0);

/** Of all words but its own, and of the checksum before. */
function checksumOf(words: Int32Array, before: number): number {
  const hash = new RollingHash();
  hash.four(words[Word.kind], words[Word.place], words[Word.length], before);
  for (let at = RECORD_HEADER_WORDS; at < words.length; at += 4) {
    // Words behind the end count as zeros; the length above tells them from zeros that were written.
    hash.four(words[at], words[at + 1] ?? 0, words[at + 2] ?? 0, words[at + 3] ?? 0);
  }
  return hash.word(0);
}
