import { readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { UserError } from "../core/errors.ts";
import { SCENARIO_CHARS_MAX, parseScenario } from "../world/scenario/parse.ts";
import type { Scenario } from "../world/scenario/schema.ts";

/**
 * Reads a scenario's file and the files that it names, and gives it another seed where one is asked for.
 * @throws {UserError} with everything that is wrong with it
 */
export function readScenario(file: string, seed: number | undefined): Scenario {
  let text: string;
  try {
    text = readText(file);
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const scenario = parseScenario(text, file, (path) => readText(resolve(dirname(file), path)));
  return seed === undefined ? scenario : { ...scenario, seed };
}

function readText(file: string): string {
  const { size } = statSync(file);
  // A character takes up to four bytes, so a file of this size is too long whatever is in it.
  if (size > 4 * SCENARIO_CHARS_MAX)
    throw new Error(`it has ${size} bytes, a scenario at most ${SCENARIO_CHARS_MAX} characters`);
  return readFileSync(file, "utf8");
}
