import { assert } from "../core/assert.ts";
import type { OrderBook } from "../market/order-book.ts";
import { Reason } from "../model/reason.ts";
import { checkAnswers } from "./book-answers.ts";
import { BookChecker } from "./book-checker.ts";
import { renderBook, renderDelta, renderReport } from "./book-record-text.ts";
import { parseStep } from "./book-step-text.ts";
import type { BookStep } from "./book-steps.ts";
import { BookStepper } from "./book-steps.ts";
import { makeStale, takeAll, waitingRecords } from "./stale-words.ts";

export interface ScriptOptions {
  /** Shows the changes of the public book too. */
  readonly showDeltas: boolean;
}

/**
 * Runs a script of steps and writes it anew with what the book did: a script is right when it comes back unchanged.
 * Lines that begin at the left margin are steps (see book-step-text.ts), those below them, indented, their reports:
 *
 *     given sell 1:1 10@5000
 *     buy 2:1 4@5000
 *       accepted 2:1 #1 buy 4@5000 left 4
 *       trade 0 4@5000 buy 2:1 left 0, maker 1:1 left 6
 *     book
 *       ask 5000: 1:1 6
 *
 * `given` runs a step that must not be refused and hides what it did. `book` draws every live order, `counts` and `positions 1 2` show numbers,
 * `admit insufficientFunds` sets what the venue answers when a stop triggers (`admit none`). `#` begins a comment.
 *
 * @throws {BookCheckError} when the book breaks a rule that holds whatever the script
 */
export function runScript(book: OrderBook, script: string, { showDeltas }: ScriptOptions): string {
  const stepper = new BookStepper(book);
  const checker = new BookChecker();
  const lines: string[] = [];
  makeStale(book.reports);
  makeStale(book.deltas);
  for (const line of stepLines(script)) {
    lines.push(line);
    const [first, ...rest] = line.split(" ");
    if (first === "#") continue;
    if (first === "book") lines.push(...renderBook(book).map(indent));
    else if (first === "counts") lines.push(indent(renderCounts(book)));
    else if (first === "positions") lines.push(indent(renderPositions(book, rest)));
    else if (first === "admit") book.admitTriggered = () => reasonCode(rest[0]);
    else {
      const step = parseStep(first === "given" ? rest.join(" ") : line);
      stepper.apply(step);
      if (step.do === "position") checker.positionSet(step.owner, step.lots);
      checker.check(book);
      checkAnswers(book);
      const shown = renderRings(book, showDeltas);
      if (first !== "given") lines.push(...shown.map(indent));
      else assert(!shown.some((text) => /^(rejected|refused)/.test(text)), `a given step was refused: ${line}`);
      takeAll(book.reports);
      takeAll(book.deltas);
    }
  }
  return lines.join("\n");
}

/** The steps of a script, without what only shows or sets something in `runScript`. */
export function scriptSteps(script: string): BookStep[] {
  const lines = stepLines(dedent(script)).filter((line) => !/^(#|book|counts|positions|admit)/.test(line));
  return lines.map((line) => parseStep(line.replace(/^given /, "")));
}

/** Takes the margin that all lines share from a script, and blank lines at its ends. */
export function dedent(script: string): string {
  const lines = script.split("\n").filter((line) => line.trim() !== "");
  const margin = Math.min(...lines.map((line) => line.length - line.trimStart().length));
  return lines.map((line) => line.slice(margin).trimEnd()).join("\n");
}

function stepLines(script: string): string[] {
  return script.split("\n").filter((line) => !line.startsWith(" "));
}

function indent(line: string): string {
  return `  ${line}`;
}

function renderRings({ reports, deltas, rules }: OrderBook, showDeltas: boolean): string[] {
  const lines = waitingRecords(reports).map((at) => renderReport(reports.words, at, rules));
  if (!showDeltas) return lines;
  return lines.concat(waitingRecords(deltas).map((at) => renderDelta(deltas, at, rules)));
}

function renderCounts({ orderCount, tradeCount, lastPriceTicks, nextExpiryNs }: OrderBook): string {
  return `orders ${orderCount}, trades ${tradeCount}, last ${lastPriceTicks}, next expiry ${nextExpiryNs}`;
}

function renderPositions(book: OrderBook, owners: readonly string[]): string {
  return owners.map((owner) => `${owner} has ${book.position(Number(owner))}`).join(", ");
}

function reasonCode(name: string): number {
  const code = new Map<string, number>(Object.entries(Reason)).get(name);
  if (code === undefined) throw new Error(`no reason is called ${name}`);
  return code;
}
