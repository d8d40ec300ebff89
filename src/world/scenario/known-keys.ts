import { scenarioJsonSchema } from "./json-schema.ts";
import type { Path } from "./finding.ts";
import { alternatives } from "./expectation.ts";
import { nearest } from "./suggestion.ts";

/** Keys that a message lists when none of them is near. */
const LISTED_MAX = 16;

/** What to say of a key that the schema does not know. */
export function unknownKeyText(key: string, path: Path, found: unknown): string {
  const known = propertiesAt(path, found);
  const names = [...known.keys()];
  const suggestion = nearest(key, names);
  if (suggestion !== undefined) return `unknown key; did you mean ${JSON.stringify(suggestion)}?`;
  // A key that stands one level too high is as common as a mistyped one.
  for (const [name, schema] of known) {
    if (propertiesOf(schema, undefined).has(key)) return `unknown key here; it belongs to ${JSON.stringify(name)}`;
  }
  return names.length > LISTED_MAX ? "unknown key" : `unknown key; expected ${alternatives(names)}`;
}

/** Made when it is first needed: most scenarios are right. */
let jsonSchema: unknown;

/** Keys that the schema knows at a path, each with its own schema, in the words of JSON Schema. */
function propertiesAt(path: Path, found: unknown): ReadonlyMap<string, unknown> {
  jsonSchema ??= scenarioJsonSchema();
  let schema: unknown = jsonSchema;
  let value = found;
  for (const step of path) {
    schema = typeof step === "number" ? member(schema, "items") : propertiesOf(schema, value).get(String(step));
    value = member(value, step);
  }
  return propertiesOf(schema, value);
}

/** Of a union whose branches `kind` tells apart, only the branch that fits the value counts. */
function propertiesOf(schema: unknown, value: unknown): ReadonlyMap<string, unknown> {
  const union = member(schema, "oneOf") ?? member(schema, "anyOf");
  const branches: readonly unknown[] = Array.isArray(union) ? union : [schema];
  const kind = member(value, "kind");
  const fitting = branches.filter((branch) => kind !== undefined && kindOf(branch) === kind);
  const properties = (fitting.length > 0 ? fitting : branches).map((branch) => member(branch, "properties") ?? {});
  return new Map(properties.flatMap((entries) => Object.entries(entries)));
}

function kindOf(branch: unknown): unknown {
  return member(member(member(branch, "properties"), "kind"), "const");
}

/** What an object or a list of unknown shape has under a key of its own. */
export function member(value: unknown, key: PropertyKey): unknown {
  return value instanceof Object && Object.hasOwn(value, key)
    ? (value as Record<PropertyKey, unknown>)[key]
    : undefined;
}
