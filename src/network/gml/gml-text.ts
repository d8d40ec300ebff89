/** What stands behind a key: a number, a text, or a list of entries of its own. */
export type GmlValue = number | string | readonly GmlEntry[];

export interface GmlEntry {
  readonly key: string;
  readonly value: GmlValue;
  /** Where the key stands, from 1. */
  readonly line: number;
}

/** What is wrong with a GML text, and in which of its lines. */
export interface GmlProblem {
  readonly line: number;
  readonly message: string;
}

/** Lists inside of each other. A graph's are three deep. */
const NESTING_MAX = 16;

/**
 * Reads GML (Himsolt 1997): keys with numbers, quoted texts or bracketed lists, and comments from `#` to the line's end.
 * @returns the entries, or the first place at which the text is no GML
 */
export function parseGml(text: string): readonly GmlEntry[] | GmlProblem {
  const tokens = tokenize(text);
  if (!Array.isArray(tokens)) return tokens;
  const reader = new Reader(tokens);
  const entries = reader.entries(0);
  return reader.problem ?? entries;
}

interface Token {
  readonly kind: "key" | "number" | "text" | "open" | "close" | "end";
  readonly text: string;
  readonly line: number;
}

const TOKEN =
  /(?<space>[ \t\r]+|#[^\n]*)|(?<newline>\n)|(?<text>"[^"]*")|(?<number>[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|(?<key>[A-Za-z_]\w*)|(?<open>\[)|(?<close>\])/y;

function tokenize(text: string): Token[] | GmlProblem {
  const tokens: Token[] = [];
  let line = 1;
  TOKEN.lastIndex = 0;
  let at = 0;
  while (at < text.length) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    if (found === null)
      return {
        line,
        message: `expected a key, a value or a bracket, found ${text.slice(at, at + 20).split("\n", 1)[0]}`,
      };
    const groups = found.groups ?? {};
    const kind = (["text", "number", "key", "open", "close"] as const).find((name) => groups[name] !== undefined);
    if (kind !== undefined) tokens.push({ kind, text: found[0], line });
    line += found[0].split("\n").length - 1;
    at = TOKEN.lastIndex;
  }
  tokens.push({ kind: "end", text: "the end", line });
  return tokens;
}

class Reader {
  problem: GmlProblem | undefined = undefined;
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  /** Entries up to a closing bracket, or to the end of the text. */
  entries(depth: number): GmlEntry[] {
    const entries: GmlEntry[] = [];
    const last = depth === 0 ? "end" : "close";
    for (;;) {
      const token = this.#tokens[this.#at];
      if (token.kind === last || this.problem !== undefined) {
        if (token.kind === "close") this.#at++;
        return entries;
      }
      if (token.kind !== "key") {
        this.problem = {
          line: token.line,
          message: `expected a key${depth === 0 ? "" : " or ]"}, found ${token.text}`,
        };
        return entries;
      }
      this.#at++;
      const value = this.#value(depth);
      if (value !== undefined) entries.push({ key: token.text, value, line: token.line });
    }
  }

  #value(depth: number): GmlValue | undefined {
    const { kind, text, line } = this.#tokens[this.#at++];
    if (kind === "number") return Number(text);
    if (kind === "text") return text.slice(1, -1);
    if (kind === "open" && depth < NESTING_MAX) return this.entries(depth + 1);
    this.#at--;
    const message =
      kind === "open" ? `expected at most ${NESTING_MAX} lists in one another` : `expected a value, found ${text}`;
    this.problem = { line, message };
    return undefined;
  }
}
