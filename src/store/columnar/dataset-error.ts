import { UserError } from "../../core/errors.ts";

/** Where in a dataset file something is wrong, and what. */
export interface DatasetFault {
  readonly path: string;
  /** What was expected and what was found. */
  readonly what: string;
  /** Where the faulty piece starts in the file. */
  readonly byteOffset: number;
  /** Number of the faulty chunk, from 0; also the number of chunks that were good. Undefined in the file's header. */
  readonly chunk?: number;
  /** Number of the first row that could not be read, from 0; also the number of rows that were good. */
  readonly row?: number;
}

/** A dataset file that is truncated, altered, or none at all. Every row before the fault has been delivered. */
export class DatasetError extends UserError {
  override readonly name = "DatasetError";
  readonly fault: DatasetFault;

  constructor(fault: DatasetFault) {
    const { path, what, byteOffset, chunk, row } = fault;
    const place = chunk === undefined ? "" : `, chunk ${chunk}, row ${row}`;
    super(`${path}: byte ${byteOffset}${place}: ${what}`);
    this.fault = fault;
  }
}
