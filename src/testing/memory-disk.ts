import { SimulatedDisk } from "../consensus/simulated-disk.ts";
import type { RandomStream } from "../core/random.ts";

/** What a test makes a disk do instead of the next writes. */
export class DiskCrash extends Error {
  override readonly name = "DiskCrash";
}

/** A simulated disk that also crashes between any two writes. */
export class MemoryDisk extends SimulatedDisk {
  /** Writes (appends, syncs and rewrites) after which the next one crashes instead of happening. */
  writesLeft = Infinity;
  writes = 0;

  override append(record: Int32Array): void {
    this.#write();
    super.append(record);
  }

  override sync(): void {
    this.#write();
    super.sync();
  }

  override rewrite(records: readonly Int32Array[]): void {
    this.#write();
    super.rewrite(records);
  }

  override crash(random: RandomStream): void {
    super.crash(random);
    this.writesLeft = Infinity;
  }

  #write(): void {
    if (this.writes++ >= this.writesLeft) throw new DiskCrash(`the disk crashed at write ${this.writes}`);
  }
}
