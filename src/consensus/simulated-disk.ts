import type { RandomStream } from "../core/random.ts";
import type { Disk } from "./disk.ts";

export interface SimulatedDiskOptions {
  /**
   * What a crash leaves of the record that was being written: nothing, as if a checksum had told that it is torn, or the
   * first words of it, for a `CheckedDisk` to find out. `gone` if left out.
   */
  readonly torn?: "gone" | "left";
}

/**
 * A disk in memory. It outlives its replica's crashes and loses what disks lose: of what was not synced a random part
 * from the end on, and a part of the record that was being written.
 */
export class SimulatedDisk implements Disk {
  readonly #leavesTorn: boolean;
  #records: Int32Array[] = [];
  #synced = 0;

  constructor({ torn = "gone" }: SimulatedDiskOptions = {}) {
    this.#leavesTorn = torn === "left";
  }

  get records(): readonly Int32Array[] {
    return this.#records;
  }

  append(record: Int32Array): void {
    this.#records.push(record.slice());
  }

  sync(): void {
    this.#synced = this.#records.length;
  }

  rewrite(records: readonly Int32Array[]): void {
    this.#records = records.map((record) => record.slice());
    this.#synced = this.#records.length;
  }

  /** The power fails. */
  crash(random: RandomStream): void {
    const left = this.#synced + random.integer(0, this.#records.length - this.#synced);
    if (this.#leavesTorn && left > this.#synced && random.chance(0.5)) {
      const torn = this.#records[left - 1];
      this.#records[left - 1] = torn.slice(0, random.integer(0, torn.length - 1));
    }
    this.#records.length = left;
    this.#synced = this.#records.length;
  }
}
