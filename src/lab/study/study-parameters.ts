import type { Problem } from "../../core/errors.ts";
import { UserError } from "../../core/errors.ts";
import { nearest } from "../../world/scenario/suggestion.ts";
import type { Study } from "./study.ts";

/**
 * A study's parameters, with what a person sets of them.
 * @param settings each `name=value`
 * @throws {UserError} with every setting that cannot be
 */
export function parametersOf(study: Study, settings: readonly string[] = []): Record<string, number> {
  const values = Object.fromEntries(Object.entries(study.parameters).map(([name, { preset }]) => [name, preset]));
  const problems = settings.flatMap((setting): Problem[] => {
    const [name, text] = setting.split("=", 2);
    const parameter = Object.hasOwn(study.parameters, name) ? study.parameters[name] : undefined;
    if (parameter === undefined) return [{ path: name, message: unknownParameter(study, name) }];
    const value = text === undefined || text.trim() === "" ? Number.NaN : Number(text);
    if (!(value >= parameter.low && value <= parameter.high)) {
      const message = `expected a number from ${parameter.low} to ${parameter.high}, found ${text ?? "nothing"}`;
      return [{ path: name, message }];
    }
    values[name] = value;
    return [];
  });
  if (problems.length > 0) throw new UserError(`--set does not fit the study ${study.name}`, { problems });
  return values;
}

function unknownParameter(study: Study, name: string): string {
  const names = Object.keys(study.parameters);
  const suggestion = nearest(name, names);
  if (suggestion !== undefined) return `there is no such parameter; did you mean ${suggestion}?`;
  return `there is no such parameter; expected ${names.length === 0 ? "none" : names.join(", ")}`;
}
