import { z } from "zod";
import type { AgentFactory, AgentSetup } from "../agents/port.ts";
import { formatDuration } from "../core/duration.ts";
import type { Nanos } from "../core/units.ts";

/** A kind of background agent: what a scenario may say of it, and how one is made. */
export interface PopulationKind {
  readonly kind: string;
  readonly parameters: z.ZodObject;
  /** Parameters that an agent reads when it is made and never again: to change one during a run would do nothing. */
  readonly readOnce: readonly string[];
  readonly create: AgentFactory;
}

export const lots = z.int().min(1).max(1_000_000);
export const ticks = z.int().min(0).max(1_000_000);
export const rate = z.number().min(0).max(1e9);

/** Ties a factory to the schema of its parameters; each field takes the value of the agent's own defaults. */
export function describeKind<Parameters extends object>(options: {
  readonly kind: string;
  readonly fields: { readonly [Key in keyof Parameters]: z.ZodType };
  readonly defaults: Parameters;
  readonly readOnce?: readonly (keyof Parameters & string)[];
  readonly create: AgentFactory<Parameters>;
}): PopulationKind {
  const entries = Object.entries<z.ZodType>(options.fields).map(([key, field]) => [
    key,
    withDefault(field, options.defaults[key as keyof Parameters]),
  ]);
  return {
    kind: options.kind,
    parameters: z.strictObject(Object.fromEntries(entries) as z.ZodRawShape),
    readOnce: options.readOnce ?? [],
    // The schema has checked what the scenario says, so the parameters are the factory's own.
    create: (setup) => options.create(setup as unknown as AgentSetup<Parameters>),
  };
}

/** The default is given as a person would write it, because the JSON Schema and the reference show it so. */
function withDefault(field: z.ZodType, preset: unknown): z.ZodType {
  const written = z.safeParse(field, preset).success ? preset : formatDuration(preset as Nanos);
  return field.prefault(written);
}
