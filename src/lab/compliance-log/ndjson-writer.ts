import { formatOnGrid } from "../../core/decimal.ts";
import type { Listed } from "../../model/listing.ts";
import { unitsText } from "../units-text.ts";
import type { ColumnType } from "./columns.ts";
import { COLUMNS } from "./columns.ts";
import type { LogRow, LogWriter } from "./log-row.ts";

/** Where the bytes of an export go. */
export interface ByteSink {
  write(bytes: Uint8Array): void;
  commit(): void;
  discard(): void;
}

/** Text is handed on in pieces of at least so many characters. */
const BUFFER_CHARS = 1 << 16;

const PREFIXES = COLUMNS.map(({ name }) => `"${name}":`);
const TYPES: readonly ColumnType[] = COLUMNS.map(({ type }) => type);

/**
 * Writes a row as a line of JSON: an object with the columns that say something, in order. Decimals are text, with all
 * the decimals of their grid.
 */
export class NdjsonWriter implements LogWriter {
  readonly #sink: ByteSink;
  readonly #decimalsOf: (asset: number) => number;
  readonly #encoder = new TextEncoder();
  #text = "";

  /** @param options `decimalsOf` an asset's smallest unit */
  constructor(sink: ByteSink, options: { readonly decimalsOf: (asset: number) => number }) {
    this.#sink = sink;
    this.#decimalsOf = options.decimalsOf;
  }

  write(row: LogRow): void {
    const { values, listed } = row;
    let line = "";
    for (let place = 0; place < values.length; place++) {
      const value = values[place];
      if (value === undefined) continue;
      line += line === "" ? "{" : ",";
      line += PREFIXES[place] + this.#valueText(TYPES[place], value, listed);
    }
    this.#text += `${line}}\n`;
    if (this.#text.length >= BUFFER_CHARS) this.#flush();
  }

  commit(): void {
    this.#flush();
    this.#sink.commit();
  }

  discard(): void {
    this.#text = "";
    this.#sink.discard();
  }

  #valueText(type: ColumnType, value: number | string, listed: Listed | undefined): string {
    if (typeof value === "string") return type === "json" ? value : JSON.stringify(value);
    if (type === "int" || listed === undefined) return String(value);
    if (type === "price") return `"${formatOnGrid(value, listed.instrument.tick)}"`;
    if (type === "qty") return `"${formatOnGrid(value, listed.instrument.lot)}"`;
    return `"${unitsText(BigInt(value), this.#decimalsOf(listed.quoteAsset))}"`;
  }

  #flush(): void {
    this.#sink.write(this.#encoder.encode(this.#text));
    this.#text = "";
  }
}
