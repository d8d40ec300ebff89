import { LineCounter, isAlias, isCollection, isMap, isNode, isScalar, isSeq, parseDocument } from "yaml";
import type { Document } from "yaml";
import { plainDecimal } from "../../core/plain-decimal.ts";
import type { Problem } from "../../core/errors.ts";
import { UserError } from "../../core/errors.ts";
import type { Finding, Path } from "./finding.ts";
import { PROBLEMS_MAX, pathText } from "./finding.ts";

/** Levels of lists and mappings inside each other. A scenario has six; agents' own parameters may have more. */
export const NESTING_MAX = 32;

/** How often the anchors of a text may be referred to, those inside of other anchors multiplied. */
const ALIASES_MAX = 1_000;

/** Characters of a value that a message repeats. */
const SHOWN_CHARS_MAX = 60;

const NESTED_TOO_DEEPLY = `is nested too deeply: expected at most ${NESTING_MAX} levels`;

/** A YAML text that was read, and where each of its values stands. */
export class YamlSource {
  /** What the text says, as plain objects and lists. */
  readonly value: unknown;
  readonly #text: string;
  readonly #document: Document;
  readonly #lines: LineCounter;

  /** @throws {UserError} with every problem, when the text is no YAML, or not one that plain values can stand for */
  constructor(text: string, file: string) {
    this.#text = text;
    this.#lines = new LineCounter();
    this.#document = parse(text, file, this.#lines);
    const problems = [...this.#syntaxProblems(), ...this.#valueProblems()];
    if (problems.length > 0)
      throw new UserError(`${file} is no valid YAML`, { problems: problems.slice(0, PROBLEMS_MAX) });
    this.value = toPlain(this.#document, file);
  }

  /** Where the value at a path begins; for a missing one, where what should hold it begins. */
  place(path: Path): { readonly line: number; readonly column: number } {
    let node: unknown = this.#document.contents;
    let offset = startOf(node) ?? 0;
    for (const step of path) {
      const { key, child } = this.#enter(node, step);
      const start = startOf(key) ?? startOf(child);
      if (start === undefined) break;
      offset = start;
      node = child;
    }
    return this.#placeOf(offset);
  }

  /** What stands at a path, in a few words for a message; undefined when nothing does. */
  textAt(path: Path): string | undefined {
    let node: unknown = this.#document.contents;
    for (const step of path) node = this.#enter(node, step).child;
    if (node === null) return "nothing";
    const target = isAlias(node) ? node.resolve(this.#document) : node;
    if (isMap(target)) return "a mapping";
    if (isSeq(target)) return "a list";
    if (!isScalar(target)) return undefined;
    if (target.value === null) return "nothing";
    const [from, to] = target.range ?? [0, 0];
    const text = this.#text.slice(from, to).trim().replaceAll(/\s+/g, " ");
    return text.length > SHOWN_CHARS_MAX ? `${text.slice(0, SHOWN_CHARS_MAX)}…` : text;
  }

  #enter(node: unknown, step: PropertyKey): { readonly key?: unknown; readonly child: unknown } {
    const target = isAlias(node) ? node.resolve(this.#document) : node;
    if (isSeq(target)) return { child: target.items[Number(step)] };
    if (!isMap(target)) return { child: undefined };
    const pair = target.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
    return { key: pair?.key, child: pair?.value };
  }

  #syntaxProblems(): Problem[] {
    const { errors, warnings } = this.#document;
    return [...errors, ...warnings].map(({ code, message, pos }) => ({
      path: "",
      message: code === "MULTIPLE_DOCS" ? "expected one document, found the start of another" : firstLine(message),
      ...this.#placeOf(pos[0]),
    }));
  }

  /** What is right as YAML, and yet means nothing here. */
  #valueProblems(): Problem[] {
    const problems: Problem[] = [];
    // An alias refers to what stands before it. To ask the library about each one would take the square of the time.
    const anchors = new Set<string>();
    const report = ({ path, message }: Finding, node: unknown): unknown =>
      problems.push({ path: pathText(path), message, ...this.#placeOf(startOf(node) ?? 0) });
    const look = (node: unknown, path: Path): void => {
      if (isNode(node) && !isAlias(node) && node.anchor !== undefined) anchors.add(node.anchor);
      if (isCollection(node) && path.length >= NESTING_MAX) report({ path: [], message: NESTED_TOO_DEEPLY }, node);
      else if (isSeq(node)) node.items.forEach((item, index) => look(item, [...path, index]));
      else if (isMap(node)) {
        for (const { key, value } of node.items) {
          if (!isScalar(key))
            report({ path, message: "expected a plain key, found a mapping or a list as a key" }, key);
          else look(value, [...path, String(key.value)]);
        }
      } else if (isAlias(node)) {
        if (!anchors.has(node.source)) report({ path, message: `there is no anchor &${node.source}` }, node);
      } else if (isScalar(node) && typeof node.value === "number" && losesDigits(node.source ?? "", node.value)) {
        report(
          {
            path,
            message: `${node.source} has more digits than a YAML number keeps; a price or an amount may stand in quotes`,
          },
          node,
        );
      }
    };
    look(this.#document.contents, []);
    return problems;
  }

  #placeOf(offset: number): { readonly line: number; readonly column: number } {
    const { line, col } = this.#lines.linePos(offset);
    return { line, column: col };
  }
}

function parse(text: string, file: string, lineCounter: LineCounter): Document {
  try {
    return parseDocument(text, { lineCounter, uniqueKeys: true, logLevel: "error" });
  } catch (error) {
    // The parser calls itself for each level.
    if (error instanceof RangeError) throw new UserError(`${file} ${NESTED_TOO_DEEPLY}`);
    throw error;
  }
}

function toPlain(document: Document, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: ALIASES_MAX + 1 });
  } catch (error) {
    // How the library, which counts the anchor itself too, says that aliases multiply. Those without an anchor were reported before.
    if (error instanceof ReferenceError)
      throw new UserError(`${file} refers to its anchors more than ${ALIASES_MAX} times`);
    throw error;
  }
}

/** Whether a number is another one than its text says, as 0.10000000000000001 is. */
function losesDigits(source: string, value: number): boolean {
  const written = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(source) ? plainDecimal(source) : undefined;
  return written !== undefined && written !== plainDecimal(String(value));
}

function startOf(node: unknown): number | undefined {
  const range: unknown = node instanceof Object && "range" in node ? node.range : undefined;
  return Array.isArray(range) ? (range[0] as number) : undefined;
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0].replace(/ at line.*$/, "");
}
