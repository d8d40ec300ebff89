import type { RandomStream } from "../core/random.ts";
import type { Disk } from "./disk.ts";

/**
 * A disk in memory. It outlives its replica's crashes and loses what disks lose: of what was not synced a random part
 * from the end on, the record that was being written included. A record's checksum tells that it is torn, so that it
 * counts as not written.
 */
export class SimulatedDisk implements Disk {
  #records: Int32Array[] = [];
  #synced = 0;

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
    this.#records.length = this.#synced + random.integer(0, this.#records.length - this.#synced);
    this.#synced = this.#records.length;
  }
}
