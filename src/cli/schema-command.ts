import { ExitCode } from "../core/errors.ts";
import { scenarioJsonSchema } from "../world/scenario/json-schema.ts";
import { createTerminal } from "./terminal.ts";

/** `tradeswarm schema` @returns the exit code */
export function schemaCommand(): number {
  createTerminal({}).outJson(scenarioJsonSchema());
  return ExitCode.ok;
}
