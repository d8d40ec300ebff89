import type { DatasetClosing, DatasetHeader } from "../columnar/dataset-header.ts";

/** How far an import is. A recording is read twice, and a LOBSTER zip holds two files: `bytesTotal` counts all of it. */
export interface ImportProgress {
  readonly phase: "scanning" | "writing";
  readonly bytesRead: number;
  readonly bytesTotal: number;
  readonly rows: number;
}

export interface ImportOptions {
  readonly inputPath: string;
  /** The dataset to write, by custom `*.tsd`. It appears only when it is whole, and then replaces an older one. */
  readonly outputPath: string;
  /** Which instrument of a recording of several: "BTCUSDT", or "usdm:BTCUSDT" where two markets have it. */
  readonly symbol?: string;
  /** Steps of prices and quantities, such as "0.01"; without them, the coarsest steps that fit all of the recording. */
  readonly tick?: string;
  readonly lot?: string;
  /** Called after each piece of about 128 KB. */
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Stops the import, which then leaves no file. */
  readonly signal?: AbortSignal;
}

/** A break in a recording's chain of update ids. */
export interface ImportGap {
  readonly line: number;
  /** The last update id that was received, and the one that the next message goes on from. */
  readonly lastUpdateId: number;
  readonly nextGoesOnFrom: number;
}

/** Most gaps that a summary lists; it counts them all. */
export const GAPS_LISTED_MAX = 20;

/** What an import did. */
export interface ImportSummary {
  readonly inputPath: string;
  readonly outputPath: string;
  readonly header: DatasetHeader;
  readonly rows: number;
  readonly times: DatasetClosing["times"];
  /** Frames, rows and oddities by name; the same as in the dataset's footer. */
  readonly counts: Readonly<Record<string, number>>;
  readonly gaps: readonly ImportGap[];
  readonly quarantine: {
    readonly lines: number;
    /** Lines by reason code. */
    readonly byCode: Readonly<Record<string, number>>;
    /** Where the lines and reasons stand; undefined when there are none. */
    readonly path: string | undefined;
  };
  /** What a person should know before trusting the dataset, one sentence each. */
  readonly warnings: readonly string[];
}

/** What the importer of one kind of source hands back; the dispatcher completes it. */
export type SourceSummary = Omit<ImportSummary, "inputPath" | "outputPath" | "quarantine">;
