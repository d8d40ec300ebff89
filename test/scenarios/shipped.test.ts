import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

import { scenarioJsonSchema } from "../../src/world/scenario/json-schema.ts";
import { parseScenario } from "../../src/world/scenario/parse.ts";

// Somebody else's validator, as editors have one, must be content with what our own check lets pass.

const ROOT = join(import.meta.dirname, "..", "..");
const SHIPPED = [
  "scenarios",
  "scenarios/ledger",
  "scenarios/network",
  "scenarios/fair",
  "scenarios/desk",
  "examples",
].flatMap((folder) =>
  readdirSync(join(ROOT, folder))
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => `${folder}/${file}`),
);

const validate = new Ajv2020({ strict: true, strictTypes: false, allErrors: true }).compile(scenarioJsonSchema());

function complaints(text: string): string[] {
  validate(parse(text));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

describe.each(SHIPPED)("%s", (file) => {
  const text = readFileSync(join(ROOT, file), "utf8");

  test("is a scenario, named after its file", () => {
    const { name } = parseScenario(text, file);
    expect(`${name}.yaml`).toBe(file.split("/").at(-1));
  });

  test("fits the JSON Schema", () => {
    expect(complaints(text)).toEqual([]);
  });
});

test("every scenario of the README is there", () => {
  expect(SHIPPED).toEqual(
    expect.arrayContaining(["scenarios/default.yaml", "scenarios/recorded.yaml", "scenarios/rmsc04.yaml"]),
  );
});

describe("the JSON Schema finds", () => {
  const text = readFileSync(join(ROOT, "scenarios", "rmsc04.yaml"), "utf8");

  test.each([
    ["an unknown key", "seed: 1", "sede: 1", " must NOT have additional properties"],
    ["another version", "version: 1", "version: 2", "/version must be equal to constant"],
    ["a wrong type", "seed: 1", "seed: one", "/seed must be integer"],
    ["a missing field", "name: rmsc04", "", " must have required property 'name'"],
    ["an unknown kind", "kind: line", "kind: circle", "/network/kind must be equal to constant"],
    ["a value out of range", "count: 102", "count: 0", "/population/1/count must be >= 1"],
    ["a name that is none", "name: EXCHANGE", "name: 1st", "/venues/0/name must match pattern"],
  ])("%s", (_name, from, to, expected) => {
    expect(text).toContain(from);
    expect(complaints(text.replace(from, to)).join("\n")).toContain(expected);
  });
});
