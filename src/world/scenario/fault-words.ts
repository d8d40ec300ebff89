import { hint } from "./name-checks.ts";

/** What a kind of fault is about: pairs of places, sides, from here to there, or anyone. */
const SUBJECTS: Readonly<Record<string, "links" | "sides" | "way" | "who" | "nothing">> = {
  cut: "links",
  flap: "links",
  clog: "links",
  collapse: "links",
  replay: "links",
  split: "sides",
  oneWay: "way",
  isolate: "who",
  crash: "who",
  pause: "who",
  slowDown: "who",
  skew: "who",
  heal: "nothing",
};

/** Fields that a word introduces, and how their values are read. */
const FIELDS: Readonly<Record<string, "text" | "number">> = {
  at: "text",
  for: "text",
  down: "text",
  up: "text",
  bandwidth: "text",
  after: "text",
  ahead: "text",
  behind: "text",
  probability: "number",
  factor: "number",
  driftPpm: "number",
};

/** A fault in words as the fields that the scenario has for it, which nobody has checked, or what cannot be read. */
export type FaultFields = { readonly fields: Readonly<Record<string, unknown>> } | { readonly problem: string };

/** Reads `cut london tokyo for 5s`, `split london paris | tokyo at 10m`, `oneWay london to tokyo`, `slowDown maker factor 3`. */
export function readFaultWords(text: string): FaultFields {
  const [kind = "", ...words] = text.replaceAll(",", " ").replaceAll("|", " | ").split(/\s+/).filter(Boolean);
  const subject = Object.hasOwn(SUBJECTS, kind) ? SUBJECTS[kind] : undefined;
  if (subject === undefined) {
    return { problem: `there is no fault ${JSON.stringify(kind)}${hint(kind, Object.keys(SUBJECTS))}` };
  }
  const end = words.findIndex((word) => Object.hasOwn(FIELDS, word));
  const names = end < 0 ? words : words.slice(0, end);
  const fields: Record<string, unknown> = { kind };
  for (let at = names.length; at < words.length; at += 2) {
    const [name, value] = [words[at], words.at(at + 1)];
    if (!Object.hasOwn(FIELDS, name)) {
      return { problem: `expected one of ${Object.keys(FIELDS).join(", ")}, found ${JSON.stringify(name)}` };
    }
    if (value === undefined) return { problem: `expected a value after ${name}` };
    if (Object.hasOwn(fields, name)) return { problem: `expected ${name} once, found it twice` };
    fields[name] = FIELDS[name] === "number" ? Number(value) : value;
  }
  const problem = addSubject(fields, subject, names);
  return problem === undefined ? { fields } : { problem };
}

/** @returns what is wrong with the names */
function addSubject(
  fields: Record<string, unknown>,
  subject: (typeof SUBJECTS)[string],
  names: readonly string[],
): string | undefined {
  switch (subject) {
    case "links":
      if (names.length === 0 || names.length % 2 === 1) {
        return `expected pairs of places such as london tokyo, found ${found(names)}`;
      }
      fields["links"] = Array.from({ length: names.length / 2 }, (_, i) => names.slice(2 * i, 2 * i + 2));
      return undefined;
    case "sides":
      fields["sides"] = splitAt(names, "|");
      return undefined;
    case "way": {
      const ways = splitAt(names, "to");
      if (ways.length !== 2) return `expected places, the word to, and places, found ${found(names)}`;
      [fields["from"], fields["to"]] = ways;
      return undefined;
    }
    case "who":
      fields["who"] = names;
      return undefined;
    case "nothing":
      return names.length === 0 ? undefined : `expected no names: it heals everything, found ${found(names)}`;
  }
}

function splitAt(names: readonly string[], separator: string): string[][] {
  const parts: string[][] = [[]];
  for (const name of names) {
    if (name === separator) parts.push([]);
    else parts.at(-1)?.push(name);
  }
  return parts;
}

function found(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.join(" ");
}
