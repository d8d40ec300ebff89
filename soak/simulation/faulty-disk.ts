import type { Disk } from "../../src/consensus/disk.ts";
import type { RandomStream } from "../../src/core/random.ts";

/** Thrown instead of the write at which the power fails. */
export class DiskCrash extends Error {
  override readonly name = "DiskCrash";
}

/** How a disk treats what was not synced when the power fails. */
export interface DiskHabits {
  /** Chance that the first record that is lost leaves a torn part of itself. */
  readonly torn: number;
}

/** A disk in memory that crashes, tears and rots as disks do. */
export class FaultyDisk implements Disk {
  readonly #habits: DiskHabits;
  #records: Int32Array[] = [];
  #synced = 0;
  /** Appends, syncs and rewrites after which the next one crashes instead of happening. */
  #writesLeft = Infinity;
  /** Bits of safe records that have been flipped. */
  rotten = 0;

  constructor(habits: DiskHabits) {
    this.#habits = habits;
  }

  get records(): readonly Int32Array[] {
    return this.#records;
  }

  /** Records that would outlive a crash for certain, from the front on. */
  get safeCount(): number {
    return this.#synced;
  }

  append(record: Int32Array): void {
    this.#write();
    this.#records.push(record.slice());
  }

  sync(): void {
    this.#write();
    this.#synced = this.#records.length;
  }

  rewrite(records: readonly Int32Array[]): void {
    this.#write();
    this.#records = records.map((record) => record.slice());
    this.#synced = this.#records.length;
  }

  /** Lets so many more writes happen, and the one after them crash. */
  crashAfter(writes: number): void {
    this.#writesLeft = writes;
  }

  /** The power fails: of what was not synced a random part is left, from the front on, and perhaps a torn piece. */
  crash(random: RandomStream): void {
    const kept = this.#synced + random.integer(0, this.#records.length - this.#synced);
    const lost = this.#records[kept];
    this.#records.length = kept;
    if (lost !== undefined && random.chance(this.#habits.torn)) this.#records.push(torn(lost, random));
    this.#synced = this.#records.length;
    this.#writesLeft = Infinity;
  }

  /** Flips a bit of something that was safe. @returns false when there is nothing */
  rot(random: RandomStream): boolean {
    // The last record is a mark, whose loss loses nothing.
    const candidates = this.#records.slice(0, Math.max(0, this.#synced - 1)).filter(({ length }) => length > 0);
    if (candidates.length === 0) return false;
    const record = candidates[random.integer(0, candidates.length - 1)];
    record[random.integer(0, record.length - 1)] ^= 1 << random.integer(0, 31);
    this.rotten++;
    return true;
  }

  #write(): void {
    if (this.#writesLeft-- <= 0) throw new DiskCrash("the power fails");
  }
}

/** The front of a record, or all of it with zeros behind the front. */
function torn(record: Int32Array, random: RandomStream): Int32Array {
  const front = record.slice(0, random.integer(0, Math.max(0, record.length - 1)));
  if (random.chance(0.5)) return front;
  const filled = new Int32Array(record.length);
  filled.set(front);
  return filled;
}
