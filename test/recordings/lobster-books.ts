import { openPromise } from "yauzl";

import type { ShownLevel } from "./played-recording.ts";

export const LEVELS = 5;
/** Dollars times 10,000 per tick of 0.005. */
const UNITS_PER_TICK = 50;
const FIELDS = 4 * LEVELS;

/** The orderbook file of a LOBSTER zip: five levels a side after every message. Read by other means than the importer's. */
export class LobsterBooks {
  readonly #fields: Float64Array;

  static async read(zipPath: string): Promise<LobsterBooks> {
    const zip = await openPromise(zipPath, { lazyEntries: true, autoClose: false });
    try {
      for await (const entry of zip.eachEntry()) {
        if (!entry.fileName.includes("orderbook")) continue;
        const pieces: Buffer[] = [];
        for await (const piece of await zip.openReadStreamPromise(entry)) pieces.push(piece as Buffer);
        return new LobsterBooks(Buffer.concat(pieces).toString("latin1"));
      }
    } finally {
      zip.close();
    }
    throw new Error(`${zipPath} has no orderbook file`);
  }

  private constructor(text: string) {
    this.#fields = Float64Array.from(text.trimEnd().split(/[\n,]/), Number);
  }

  get rows(): number {
    return this.#fields.length / FIELDS;
  }

  /** The recorded levels of a side, best first, after a message. @param message its row in the file, from 1 */
  levels(message: number, side: 0 | 1): ShownLevel[] {
    return Array.from({ length: LEVELS }, (_, level) => ({
      price: this.price(message, side, level),
      lots: this.lots(message, side, level),
    }));
  }

  /** In ticks. @param level 0 is the best */
  price(message: number, side: 0 | 1, level: number): number {
    return this.#fields[this.#at(message, side, level)] / UNITS_PER_TICK;
  }

  lots(message: number, side: 0 | 1, level: number): number {
    return this.#fields[this.#at(message, side, level) + 1];
  }

  #at(message: number, side: 0 | 1, level: number): number {
    return (message - 1) * FIELDS + 4 * level + (side === 0 ? 2 : 0);
  }
}
