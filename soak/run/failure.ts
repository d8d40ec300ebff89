import type { Life, Limits, Subject } from "../life.ts";

/** A life that broke a property, with all that is needed to understand it and to see it again. */
export interface Failure {
  readonly protocol: string;
  readonly seed: number;
  readonly limits: Limits;
  readonly property: string;
  readonly message: string;
  readonly size: Life["size"];
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Those that were to happen, with their places in the drawn list. */
  readonly faults: readonly { readonly place: number; readonly text: string }[];
  readonly trail: readonly string[];
  readonly rerun: string;
}

/** What an error of the program itself counts as. */
export const INVARIANT = "invariants of the program";

export function failureOf(subject: Subject, seed: number, limits: Limits, life: Life, error: unknown): Failure {
  const places = limits.faults ?? life.faults.map((_, place) => place);
  const property = propertyOf(error);
  return {
    protocol: subject.name,
    seed,
    limits,
    property: property ?? INVARIANT,
    message: messageOf(error, property === undefined ? "with its stack" : "alone"),
    size: life.size,
    parameters: life.parameters,
    faults: places.map((place) => ({ place, text: life.faults[place] })),
    trail: life.trail(),
    rerun: rerunCommand(subject.name, seed, limits),
  };
}

/** Of a checker's error, which names the property that is broken. */
function propertyOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("property" in error)) return undefined;
  return typeof error.property === "string" ? error.property : undefined;
}

function messageOf(error: unknown, how: "alone" | "with its stack"): string {
  if (!(error instanceof Error)) return String(error);
  return how === "alone" ? error.message : (error.stack ?? error.message);
}

/** The command that shows a life again. */
export function rerunCommand(protocol: string, seed: number, limits: Limits): string {
  const { replicas, clients, seconds, faults } = limits;
  const options = [
    replicas === undefined ? "" : ` --replicas ${replicas}`,
    clients === undefined ? "" : ` --clients ${clients}`,
    seconds === undefined ? "" : ` --seconds ${seconds}`,
    faults === undefined ? "" : ` --faults ${faults.length === 0 ? "none" : faults.join(",")}`,
  ];
  return `tradeswarm soak --protocol ${protocol} --seed ${seed}${options.join("")}`;
}
