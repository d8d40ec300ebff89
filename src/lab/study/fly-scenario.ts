import type { AgentFactory } from "../../agents/port.ts";
import { discardingJournal } from "../../kernel/journal-port.ts";
import { systemClock } from "../../kernel/system-clock.ts";
import { parseScenario } from "../../world/scenario/parse.ts";
import type { Scenario, scenarioSchema } from "../../world/scenario/schema.ts";
import { World } from "../../world/world.ts";
import type { z } from "zod";
import { fly } from "../flight.ts";

/** A scenario as a file has it, as an object: what is left out takes the schema's defaults. */
export type ScenarioInput = z.input<typeof scenarioSchema>;

/**
 * A scenario that a study makes in code, checked like a file.
 * @throws {UserError} with every problem at once
 */
export function scenarioFrom(input: ScenarioInput): Scenario {
  // Every JSON text is YAML.
  return parseScenario(JSON.stringify(input), `the scenario ${input.name}`);
}

/**
 * Runs a scenario to its end, with nothing written down.
 * @param factories agents of the study's own, by the `file` that the scenario's groups name
 */
export async function flyScenario(
  scenario: Scenario,
  factories: Readonly<Record<string, AgentFactory>> = {},
): Promise<World> {
  const world = new World(scenario, { journal: discardingJournal, factories: new Map(Object.entries(factories)) });
  await fly(world, { clock: systemClock });
  return world;
}
