import { alternatives } from "./expectation.ts";
import type { Finding, Path } from "./finding.ts";
import { nearest } from "./suggestion.ts";

/** Whether one of a group's agents has this name. */
export function isAgentOf(group: { readonly name: string; readonly count: number }, name: string): boolean {
  const number = name.startsWith(`${group.name}-`) ? name.slice(group.name.length + 1) : "";
  return /^[1-9]\d*$/.test(number) && Number(number) <= group.count;
}

/** What to say after a name that is not known. */
export function hint(word: string, possible: readonly string[]): string {
  const suggestion = nearest(word, possible);
  return suggestion === undefined
    ? `; expected ${alternatives(possible)}`
    : `; did you mean ${JSON.stringify(suggestion)}?`;
}

/** A problem for each name that was there before. */
export function repeated(entries: readonly (readonly [Path, string])[]): Finding[] {
  const seen = new Set<string>();
  return entries.flatMap(([path, value]) => {
    if (seen.has(value)) return [{ path, message: `${value} is taken already: expected a name of its own` }];
    seen.add(value);
    return [];
  });
}
