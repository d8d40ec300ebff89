import type { SchemaElement } from "hyparquet-writer";
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import type { Listed } from "../../model/listing.ts";
import type { Column } from "./columns.ts";
import { COLUMNS } from "./columns.ts";
import type { DecimalScales } from "./decimal-scales.ts";
import type { LogRow, LogWriter } from "./log-row.ts";
import type { ByteSink } from "./ndjson-writer.ts";

/** Rows that are gathered before they are written: what an export holds in memory. */
const ROW_GROUP_ROWS = 16_384;

type Cell = string | bigint | null;

/**
 * Writes rows as a Parquet file: one column for each of the log's, null where a row says nothing. Decimals are DECIMAL
 * of one scale for each kind of amount, the finest that any instrument of the run needs, and exact.
 */
export class ParquetLogWriter implements LogWriter {
  readonly #sink: ByteSink;
  readonly #scales: DecimalScales;
  readonly #rowGroupRows: number;
  readonly #parquet: ParquetWriter;
  #columns = newColumns();
  #rows = 0;

  constructor(sink: ByteSink, options: { readonly scales: DecimalScales; readonly rowGroupRows?: number }) {
    const { scales, rowGroupRows = ROW_GROUP_ROWS } = options;
    this.#sink = sink;
    this.#scales = scales;
    this.#rowGroupRows = rowGroupRows;
    const schema = [{ name: "log", num_children: COLUMNS.length }, ...COLUMNS.map((one) => elementOf(one, scales))];
    this.#parquet = new ParquetWriter({ writer: new SinkWriter(sink), schema, createdBy: "tradeswarm" });
  }

  write({ values, listed }: LogRow): void {
    for (let place = 0; place < values.length; place++) {
      const value = values[place];
      this.#columns[place].push(typeof value === "number" ? this.#integer(place, value, listed) : (value ?? null));
    }
    if (++this.#rows === this.#rowGroupRows) this.#flush();
  }

  commit(): void {
    this.#flush();
    void this.#parquet.finish();
    this.#sink.commit();
  }

  discard(): void {
    this.#sink.discard();
  }

  /** A number as Parquet keeps it: all of them are whole numbers of something. */
  #integer(place: number, value: number, listed: Listed | undefined): bigint {
    const { type } = COLUMNS[place];
    const isAmount = type === "price" || type === "qty" || type === "money";
    return isAmount && listed !== undefined ? this.#scales.scaled(type, value, listed) : BigInt(value);
  }

  #flush(): void {
    if (this.#rows === 0) return;
    const columnData = COLUMNS.map(({ name }, place) => ({ name, data: this.#columns[place] }));
    // The sink takes what it is given at once, so nothing is left to wait for.
    void this.#parquet.write({ columnData, rowGroupSize: this.#rowGroupRows });
    this.#columns = newColumns();
    this.#rows = 0;
  }
}

function newColumns(): Cell[][] {
  return COLUMNS.map(() => []);
}

function elementOf({ name, type }: Column, scales: DecimalScales): SchemaElement {
  const optional = { name, repetition_type: "OPTIONAL" } as const;
  if (type === "int") return { ...optional, type: "INT64" };
  if (type === "text" || type === "json") return { ...optional, type: "BYTE_ARRAY", converted_type: "UTF8" };
  return { ...optional, ...scales.element(type) };
}

/** Hands each row group on as soon as it is encoded. */
class SinkWriter extends ByteWriter {
  readonly #sink: ByteSink;

  constructor(sink: ByteSink) {
    super(1 << 20);
    this.#sink = sink;
  }

  flush(): void {
    this.#sink.write(this.getBytes());
    this.index = 0;
  }

  override finish(): void {
    this.flush();
  }
}
