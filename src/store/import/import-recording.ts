import { resolve } from "node:path";

import { UserError } from "../../core/errors.ts";
import { importBinance } from "./binance-import.ts";
import type { ImportOptions, ImportSummary } from "./import-types.ts";
import { inspectInput } from "./input-file.ts";
import { importLobster } from "./lobster-import.ts";
import { Quarantine } from "./quarantine.ts";

/**
 * Imports a recording into a dataset file: raw Binance frames (plain or gzip) or a LOBSTER zip, told by what is in the file.
 * Memory does not grow with the recording. Lines that cannot be imported go to `<outputPath>.quarantine.ndjson`, each with
 * its number and reason, and are counted. A failed or aborted import leaves no file.
 *
 * @throws {UserError} where the input cannot be read, is no known recording, or holds several instruments.
 * @throws {DecimalError} where `tick` or `lot` is no step of a grid.
 * @throws the signal's reason where `signal` was aborted.
 */
export async function importRecording(options: ImportOptions): Promise<ImportSummary> {
  const { inputPath, outputPath } = options;
  const input = inspectInput(inputPath);
  if (resolve(inputPath) === resolve(outputPath)) throw new UserError(`${outputPath}: is the recording itself`);
  const quarantine = new Quarantine(`${outputPath}.quarantine.ndjson`);
  try {
    const importSource = input.packing === "zip" ? importLobster : importBinance;
    const summary = await importSource(input, { ...options, quarantine });
    quarantine.commit();
    const { lines, counts: byCode } = quarantine;
    const path = lines > 0 ? quarantine.path : undefined;
    return { inputPath, outputPath, ...summary, quarantine: { lines, byCode, path } };
  } finally {
    quarantine.discard();
  }
}
