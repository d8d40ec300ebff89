/** Amounts by asset, in each asset's smallest unit. An asset that was never mentioned has none. */
export class Amounts {
  readonly #units = new Map<number, bigint>();

  add(asset: number, units: bigint): void {
    this.#units.set(asset, this.of(asset) + units);
  }

  of(asset: number): bigint {
    return this.#units.get(asset) ?? 0n;
  }

  /** In order of the assets' numbers. */
  *[Symbol.iterator](): IterableIterator<readonly [asset: number, units: bigint]> {
    for (const asset of [...this.#units.keys()].toSorted((a, b) => a - b)) yield [asset, this.of(asset)];
  }
}
