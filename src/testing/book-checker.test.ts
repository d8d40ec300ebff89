import { expect, test } from "vitest";

import { RandomStream } from "../core/random.ts";
import { RecordKind, recordLength } from "../model/record.ts";
import { ReportWord } from "../model/report.ts";
import { BookChecker } from "./book-checker.ts";
import { PROFILE_RULES, profileNamed } from "./book-profiles.ts";
import { BookStepGenerator } from "./book-step-generator.ts";
import type { BookStep } from "./book-steps.ts";
import { BookStepper } from "./book-steps.ts";
import { BookCheckError } from "./check-error.ts";
import { NaiveBook } from "./naive-book.ts";
import { takeAll, waitingRecords } from "./stale-words.ts";

const STEPS = 240;
const TRIALS = 900;

const { orderAccepted, orderRejected, orderCanceled, orderReplaced, requestRejected } = RecordKind;
const { owner, orderId, flags, priceTicks, qtyLots, reason, previous } = ReportWord;

/**
 * Words of which a checker that sees reports and deltas only may not tell whether they are right: what an order asked
 * for before anything came of it, what a refused command said, and which of several reasons it was.
 */
const UNCHECKED: ReadonlyMap<number, readonly number[]> = new Map([
  [orderAccepted, [flags, priceTicks, reason]],
  [orderRejected, [owner, orderId, flags, priceTicks, qtyLots, reason]],
  [orderCanceled, [reason]],
  [orderReplaced, [priceTicks]],
  [requestRejected, [owner, orderId, reason, previous]],
]);

const profile = { ...profileNamed("everything"), ids: 8 };

test("the checker notices nearly every word that is altered in a report or a delta", () => {
  const random = RandomStream.named(1, "book checker", "alterations");
  const generator = new BookStepGenerator(RandomStream.named(1, "book checker", "steps"), profile);
  const steps = Array.from({ length: STEPS }, () => generator.next());
  expect(() => runAltered(steps, -1, random)).not.toThrow();

  const missed = Array.from({ length: TRIALS }, () => runAltered(steps, random.integer(0, STEPS / 2), random));
  const unexpected = missed.filter((word) => word !== undefined && !UNCHECKED.get(word.kind)?.includes(word.word));
  expect(unexpected).toEqual([]);
});

interface AlteredWord {
  readonly kind: number;
  readonly word: number;
}

/** Runs the steps with one word altered, in the first record from step `from` on. @returns it, when nothing noticed */
function runAltered(steps: readonly BookStep[], from: number, random: RandomStream): AlteredWord | undefined {
  const book = new NaiveBook({ ...PROFILE_RULES, ...profile.rules });
  const stepper = new BookStepper(book);
  const checker = new BookChecker();
  let altered: AlteredWord | undefined;
  try {
    for (const [index, step] of steps.entries()) {
      stepper.apply(step);
      if (step.do === "position") checker.positionSet(step.owner, step.lots);
      if (from >= 0 && index >= from && altered === undefined) altered = alterSome(book, random);
      checker.check(book);
      takeAll(book.reports);
      takeAll(book.deltas);
    }
  } catch (error) {
    if (error instanceof BookCheckError && altered !== undefined) return undefined;
    throw error;
  }
  return altered;
}

function alterSome(book: NaiveBook, random: RandomStream): AlteredWord | undefined {
  const ring = random.chance(0.5) ? book.reports : book.deltas;
  const places = waitingRecords(ring);
  if (places.length === 0) return undefined;
  const at = places[random.integer(0, places.length - 1)];
  const kind = ring.words[at];
  const word = random.integer(0, recordLength(kind) - 1);
  ring.words[at + word] += random.chance(0.5) ? 1 : -1;
  return { kind, word };
}
