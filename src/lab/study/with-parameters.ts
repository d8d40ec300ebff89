import type { AgentFactory } from "../../agents/port.ts";

/** An agent of the population as a study's own one, with all of its parameters given in code. */
export function withParameters<Parameters>(factory: AgentFactory<Parameters>, parameters: Parameters): AgentFactory {
  return (setup) => factory({ ...setup, parameters });
}
