/** A run put together of a scenario. */
export type { Change } from "./change.ts";
export { applyChange } from "./change.ts";
export { scenarioJsonSchema } from "./scenario/json-schema.ts";
export { parseScenario } from "./scenario/parse.ts";
export type { Scenario } from "./scenario/schema.ts";
export type { Group, WorldOptions } from "./world.ts";
export { World } from "./world.ts";
