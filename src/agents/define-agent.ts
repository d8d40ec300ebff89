import type { AgentFactory } from "./port.ts";

/**
 * Marks a file's default export as an agent. The function is called once for each agent that the scenario asks for.
 *
 *     export default defineAgent(({ market }) => ({
 *       onStart: (agent) => agent.subscribe(market),
 *       onQuote: (agent, quote) => { … },
 *     }));
 */
export function defineAgent<Parameters = Readonly<Record<string, unknown>>>(
  create: AgentFactory<Parameters>,
): AgentFactory<Parameters> {
  return create;
}
