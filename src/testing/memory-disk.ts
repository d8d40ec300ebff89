import type { Disk } from "../consensus/disk.ts";
import type { RandomStream } from "../core/random.ts";

/** What a test makes a disk do instead of the next writes. */
export class DiskCrash extends Error {
  override readonly name = "DiskCrash";
}

/** A disk in memory that crashes as disks do. */
export class MemoryDisk implements Disk {
  /** Writes (appends, syncs and rewrites) after which the next one crashes instead of happening. */
  writesLeft = Infinity;
  writes = 0;
  #records: Int32Array[] = [];
  #synced = 0;

  get records(): readonly Int32Array[] {
    return this.#records;
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

  /** The power fails: of what was not synced, a random part from the front on is left. */
  crash(random: RandomStream): void {
    this.#records.length = this.#synced + random.integer(0, this.#records.length - this.#synced);
    this.#synced = this.#records.length;
    this.writesLeft = Infinity;
  }

  #write(): void {
    if (this.writes++ >= this.writesLeft) throw new DiskCrash(`the disk crashed at write ${this.writes}`);
  }
}
