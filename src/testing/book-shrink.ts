import type { BookDifference, BookPair } from "./book-differential.ts";
import { findDifference } from "./book-differential.ts";
import { renderDelta, renderReport } from "./book-record-text.ts";
import { renderStep } from "./book-step-text.ts";
import type { BookStep } from "./book-steps.ts";
import { BookStepper } from "./book-steps.ts";
import { makeStale, takeAll, waitingRecords } from "./stale-words.ts";
import type { OrderBook } from "../market/order-book.ts";

/** Steps that a shrink may execute in all, so that a failing test still ends soon. */
export const SHRINK_STEPS_MAX = 2_000_000;

export interface ShrunkDifference {
  readonly steps: readonly BookStep[];
  readonly difference: BookDifference;
}

/**
 * Makes a list of steps under which two books differ as short as it gets: first all after the difference goes, then
 * ever smaller pieces are left out as long as any difference remains (Zeller's delta debugging, without complements).
 */
export function shrinkDifference(
  books: BookPair,
  failing: readonly BookStep[],
  seen: BookDifference,
): ShrunkDifference {
  // Comparing everything after every step finds some differences earlier, and those that many steps would hide.
  const pair = { ...books, stepsPerComparison: 1 };
  const first = findDifference(pair, failing.slice(0, seen.step + 1)) ?? seen;
  let shrunk: ShrunkDifference = { steps: failing.slice(0, first.step + 1), difference: first };
  let budget = SHRINK_STEPS_MAX;
  for (let piece = Math.ceil(shrunk.steps.length / 2); piece >= 1; piece = piece === 1 ? 0 : Math.ceil(piece / 2)) {
    let removed = true;
    while (removed) {
      removed = false;
      for (let from = shrunk.steps.length - piece; from >= 0 && budget > 0; from -= piece) {
        const steps = shrunk.steps.toSpliced(from, piece);
        const difference = findDifference(pair, steps);
        budget -= difference === undefined ? steps.length : difference.step + 1;
        if (difference === undefined) continue;
        shrunk = { steps: steps.slice(0, difference.step + 1), difference };
        from = Math.min(from, shrunk.steps.length);
        removed = true;
      }
      // Another round pays only for single steps: leaving one out may make another one needless.
      if (piece > 1) removed = false;
    }
  }
  return shrunk;
}

/** The difference as text for a person: rules, steps as a script, and what each book did in the last step. */
export function describeDifference(pair: BookPair, { steps, difference }: ShrunkDifference): string {
  return [
    difference.message,
    `rules: ${JSON.stringify(pair.rules)}`,
    `steps (${steps.length}):`,
    ...steps.map((step) => `  ${renderStep(step)}`),
    "the last step should give:",
    ...lastRecords(pair.expected(pair.rules), steps),
    "and gave:",
    ...lastRecords(pair.found(pair.rules), steps),
  ].join("\n");
}

function lastRecords(book: OrderBook, steps: readonly BookStep[]): string[] {
  const stepper = new BookStepper(book);
  const { reports, deltas, rules } = book;
  makeStale(reports);
  makeStale(deltas);
  const lines: string[] = [];
  try {
    for (const step of steps) {
      takeAll(reports);
      takeAll(deltas);
      stepper.apply(step);
    }
  } catch (error) {
    lines.push(String(error));
  }
  for (const at of waitingRecords(reports)) lines.push(renderReport(reports.words, at, rules));
  for (const at of waitingRecords(deltas)) lines.push(renderDelta(deltas, at, rules));
  return lines.map((line) => `  ${line}`);
}
