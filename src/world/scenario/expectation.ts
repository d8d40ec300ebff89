import type { z } from "zod";

/** Words for the types of YAML, by those of the schema. */
const TYPES: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a mapping",
  record: "a mapping",
};

/** What a schema asked for, in words for people. Fields that know better words of their own say them in the schema. */
export function expectation(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return `expected ${TYPES[issue.expected] ?? issue.expected}`;
    case "too_small":
      return `expected ${issue.inclusive === true ? "at least" : "more than"} ${amount(issue.minimum, issue.origin)}`;
    case "too_big":
      return `expected ${issue.inclusive === true ? "at most" : "less than"} ${amount(issue.maximum, issue.origin)}`;
    case "invalid_value":
      return `expected ${alternatives(issue.values.map(String))}`;
    case "invalid_union":
      return "options" in issue && Array.isArray(issue.options)
        ? `expected ${alternatives(issue.options.map(String))}`
        : undefined;
    case "invalid_key":
      return issue.issues[0]?.message;
    default:
      return undefined;
  }
}

/** `a, b or c` */
export function alternatives(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

function amount(bound: number | bigint, origin: string): string {
  const plural = bound === 1 ? "" : "s";
  if (origin === "array") return `${bound} entr${bound === 1 ? "y" : "ies"}`;
  if (origin === "string") return `${bound} character${plural}`;
  return String(bound);
}
