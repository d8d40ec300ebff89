/**
 * Most ids in a row that may be at or below the highest one. A recorder that reconnects repeats a few messages; more means
 * that the highest id itself was wrong, by one damaged digit, and everything after it would be lost.
 */
export const IDS_OUTDATED_IN_A_ROW_MAX = 500;

export type IdOrder = "new" | "repeated" | "outdated";

/** Tells messages that go on from messages that came before, by the ids that the venue counts upwards. */
export class RisingIds {
  #highest: number | undefined;
  #outdatedInARow = 0;

  /** Ids left out between the highest so far and `id`; 0 for the first one and for ids that do not rise. */
  missingBefore(id: number): number {
    return this.#highest === undefined ? 0 : Math.max(0, id - this.#highest - 1);
  }

  /** How an id stands to the ones before. One that is new becomes the highest. */
  take(id: number): IdOrder {
    const highest = this.#highest;
    const isNew = highest === undefined || id > highest || ++this.#outdatedInARow > IDS_OUTDATED_IN_A_ROW_MAX;
    if (!isNew) return id === highest ? "repeated" : "outdated";
    this.#highest = id;
    this.#outdatedInARow = 0;
    return "new";
  }
}
