import { z } from "zod";
import { scenarioSchema } from "./schema.ts";

/** The JSON Schema of scenario files, for editors. */
export function scenarioJsonSchema(): Record<string, unknown> {
  return {
    title: "tradeswarm scenario, version 1",
    ...z.toJSONSchema(scenarioSchema, { io: "input", unrepresentable: "any" }),
  };
}
