import { z } from "zod";
import { UserError } from "../core/errors.ts";
import { populationKind } from "./population-kinds.ts";
import { expectation } from "./scenario/expectation.ts";
import { nearest } from "./scenario/suggestion.ts";
import type { Group, World } from "./world.ts";

/** A parameter that takes another value while a world lives. */
export interface Change {
  /** After how many events. */
  readonly events: number;
  /** `<group>.<parameter>`, such as `momentum.meanInterval`. */
  readonly path: string;
  readonly value: unknown;
}

/**
 * Gives a group's parameter another value from the present event on. Agents of one's own take any value.
 * @throws {UserError} when there is no such parameter, or it cannot have that value
 */
export function applyChange({ groups }: Pick<World, "groups">, { path, value }: Change): void {
  const refuse = (message: string): UserError =>
    new UserError("the change cannot be made", { problems: [{ path, message }] });
  // A group's name may hold points itself.
  const group = groups.find(({ name }) => parameterNames(name, groups).includes(path));
  if (group === undefined) throw refuse(unknownParameter(groups, path));
  const parameter = path.slice(group.name.length + 1);
  const kind = populationKind(group.kind);
  if (kind?.readOnce.includes(parameter) === true)
    throw refuse("agents of this kind read it once, at the start: a change would do nothing");
  const fields: Readonly<Record<string, z.ZodType | undefined>> = kind?.parameters.shape ?? {};
  const result = z.safeParse(fields[parameter] ?? z.unknown(), value, { error: expectation });
  if (!result.success) throw refuse(`${result.error.issues[0].message}, found ${JSON.stringify(value)}`);
  group.parameters[parameter] = result.data;
}

function parameterNames(groupName: string, groups: readonly Group[]): string[] {
  const group = groups.find(({ name }) => name === groupName);
  return Object.keys(group?.parameters ?? {}).map((key) => `${groupName}.${key}`);
}

function unknownParameter(groups: readonly Group[], path: string): string {
  const possible = groups.flatMap(({ name }) => parameterNames(name, groups));
  const suggestion = nearest(path, possible);
  const hint = suggestion === undefined ? `expected one of ${possible.join(", ")}` : `did you mean ${suggestion}?`;
  return `there is no parameter that can change during a run; ${hint}`;
}
