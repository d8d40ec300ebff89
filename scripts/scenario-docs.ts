import { grouped } from "../src/lab/grouped.ts";
import { scenarioJsonSchema } from "../src/world/scenario/json-schema.ts";

/** The part of a JSON Schema that the reference shows. */
interface Schema {
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly additionalProperties?: unknown;
  readonly const?: unknown;
  readonly default?: unknown;
  readonly examples?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** Every field of a scenario, section by section, as the schema has it. */
export function renderScenarioReference(): string {
  return sectionsOf("A scenario", scenarioJsonSchema(), new Map()).join("\n\n");
}

/** A mapping as a table, and its sections below it. One that stood elsewhere already is only named. */
function sectionsOf(path: string, schema: Schema, seen: Map<string, string>): string[] {
  const text = JSON.stringify({ ...schema, default: undefined });
  const earlier = seen.get(text);
  if (earlier !== undefined) return [`## ${path}`, `As \`${earlier}\`.`];
  seen.set(text, path);
  const branches = schema.oneOf ?? [schema];
  const [first] = branches;
  // What all branches of a union have is said once.
  const shared = branches.length === 1 ? [] : Object.keys(propertiesOf(first)).filter((key) => isShared(key, branches));
  const tables =
    branches.length === 1
      ? [tableOf(schema, Object.keys(propertiesOf(schema)))]
      : [
          ...(shared.length === 0 ? [] : ["Whatever its kind:", tableOf(first, shared)]),
          ...branches.flatMap((branch) => branchText(branch, shared)),
        ];
  const head = [`## ${path}`, ...(schema.description === undefined ? [] : [`${schema.description}.`])];
  const common = branches.length === 1 ? propertiesOf(schema) : pick(propertiesOf(first), shared);
  return [
    ...head,
    ...tables,
    ...Object.entries(common).flatMap(([key, child]) => below(path, key, child, seen)),
    ...(branches.length === 1 ? [] : branches.flatMap((branch) => belowBranch(path, branch, shared, seen))),
  ];
}

/** Sections of what only one branch of a union has, under the name of its kind. Parameters stand in its own table. */
function belowBranch(path: string, branch: Schema, shared: readonly string[], seen: Map<string, string>): string[] {
  const own = Object.entries(propertiesOf(branch)).filter(([key]) => !shared.includes(key) && key !== "parameters");
  return own.flatMap(([key, child]) => below(path, key, child, seen));
}

/** A branch of a union: its own fields, or those of its parameters where it has no others. */
function branchText(branch: Schema, shared: readonly string[]): string[] {
  const own = Object.keys(propertiesOf(branch)).filter((key) => !shared.includes(key) && key !== "kind");
  const title = `### \`kind: ${String(propertiesOf(branch)["kind"]?.const)}\``;
  const { parameters } = propertiesOf(branch);
  if (parameters !== undefined)
    return [title, tableOf(parameters, Object.keys(propertiesOf(parameters)), "parameters.")];
  return [title, tableOf(branch, own)];
}

function below(path: string, key: string, schema: Schema, seen: Map<string, string>): string[] {
  const child = schema.items ?? schema;
  const name = path === "A scenario" ? key : `${path}.${key}`;
  const hasFields = child.oneOf !== undefined || Object.keys(propertiesOf(child)).length > 0;
  return hasFields ? sectionsOf(schema.items === undefined ? name : `${name}[]`, child, seen) : [];
}

function tableOf(schema: Schema, keys: readonly string[], prefix = ""): string {
  const rows = keys.map((key) => {
    const field = propertiesOf(schema)[key] ?? {};
    const isRequired = schema.required?.includes(key) === true;
    const preset = isRequired ? "**required**" : presetText(field);
    return `| \`${prefix}${key}\` | ${typeText(field)} | ${preset} | ${field.description ?? field.items?.description ?? ""} |`;
  });
  return ["| field | type | if left out | |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

function typeText(schema: Schema): string {
  const { type, examples, pattern, items, oneOf } = schema;
  if (schema.const !== undefined) return code(schema.const);
  if (oneOf !== undefined) return "a kind, with its fields";
  if (examples?.includes("0.01") === true) return "decimal";
  if (examples?.includes("6h30m") === true) return "duration";
  if (examples?.includes("09:30") === true) return "time of day";
  if (examples?.includes("100Mbit") === true) return "bandwidth";
  if (examples?.includes("64kB") === true) return "size in bytes";
  if (pattern !== undefined) return "name";
  switch (type) {
    case "array": {
      const count =
        schema.maxItems === undefined ? "" : ` of ${schema.minItems ?? 0} to ${grouped(String(schema.maxItems))}`;
      return items?.properties === undefined && items?.oneOf === undefined && items !== undefined
        ? `list of ${plural(typeText(items))}`
        : `list${count}`;
    }
    case "object":
      return "mapping";
    case "boolean":
      return "true or false";
    case "string":
      return "text";
    default:
      return numberText(schema);
  }
}

function numberText({ type, minimum, maximum, exclusiveMinimum }: Schema): string {
  const kind = type === "integer" ? "whole number" : "number";
  // The greatest integer says no more than that it is one.
  const greatest = maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? undefined : grouped(String(maximum));
  if (exclusiveMinimum !== undefined) {
    return `${kind} above ${exclusiveMinimum}${greatest === undefined ? "" : `, at most ${greatest}`}`;
  }
  if (minimum !== undefined && greatest !== undefined) return `${kind}, ${minimum} to ${greatest}`;
  return minimum === undefined ? kind : `${kind}, at least ${minimum}`;
}

function plural(text: string): string {
  return text.startsWith("list") ? text.replace("list", "lists") : `${text}s`;
}

function presetText(field: Schema): string {
  const isEmpty = field.default instanceof Object && Object.keys(field.default).length === 0;
  if (field.type === "array" || (isEmpty && field.properties === undefined)) return "none";
  if (isEmpty) return "see below";
  return field.default === undefined ? "" : code(field.default);
}

function code(value: unknown): string {
  return `\`${
    typeof value === "string"
      ? value || '""'
      : JSON.stringify(value)
          .replaceAll('"', "")
          .replaceAll(/([:,])/g, "$1 ")
  }\``;
}

function propertiesOf(schema: Schema | undefined): Readonly<Record<string, Schema>> {
  return schema?.properties ?? {};
}

function isShared(key: string, branches: readonly Schema[]): boolean {
  const texts = branches.map((branch) => JSON.stringify(propertiesOf(branch)[key]));
  return texts.every((text) => text === texts[0]);
}

function pick(properties: Readonly<Record<string, Schema>>, keys: readonly string[]): Record<string, Schema> {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => keys.includes(key)));
}
