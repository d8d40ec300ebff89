import fc from "fast-check";

/** One change of a text, at a place given as a share of its length. */
interface Change {
  readonly kind: "replace" | "insert" | "delete" | "repeat" | "cut";
  readonly place: number;
  readonly length: number;
  readonly text: string;
}

// What breaks parsers: their own punctuation, ends of numbers, signs, exponents, and what is no ASCII.
const FRAGMENTS = [
  ..."0123456789-+.eE,:;\"'{}[]\\/ \t\r",
  "\u0000",
  "\ud800",
  "é",
  "币",
  "null",
  "true",
  "NaN",
  "1e999",
  "-0",
  "9007199254740993",
  "[[[[[[[[",
  '{"a":',
  "__proto__",
];

const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom("replace", "replace", "insert", "delete", "repeat", "cut"),
  place: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat({ max: 12 }),
  text: fc.constantFrom(...FRAGMENTS),
});

function applyChange(text: string, { kind, place, length, text: fragment }: Change): string {
  const at = Math.floor(place * text.length);
  switch (kind) {
    case "replace":
      return text.slice(0, at) + fragment + text.slice(at + fragment.length);
    case "insert":
      return text.slice(0, at) + fragment + text.slice(at);
    case "delete":
      return text.slice(0, at) + text.slice(at + length);
    case "repeat":
      return text.slice(0, at) + text.slice(Math.max(0, at - length));
    case "cut":
      return text.slice(0, at);
  }
}

/** One of the texts, with up to four changes. */
export function mutated(texts: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...texts), fc.array(change, { maxLength: 4 }))
    .map(([text, changes]) => changes.reduce(applyChange, text));
}
