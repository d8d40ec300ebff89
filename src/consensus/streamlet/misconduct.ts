import type { Evidence } from "./evidence.ts";
import type { SignedStatement, StatementKind } from "./statement.ts";

/** Statements of each replica and kind that are remembered, the latest: what contradicts an older one goes unseen. */
export const STATEMENTS_REMEMBERED = 512;

/** Compares what replicas sign with what they signed before, and keeps one piece of evidence of each kind for each. */
export class Misconduct {
  readonly #evidence: Evidence[] = [];
  /** By signer, in order of epoch; those of a voter never fall in height. */
  readonly #proposals = new Map<number, SignedStatement[]>();
  readonly #votes = new Map<number, SignedStatement[]>();

  /** In the order in which it was found. */
  get evidence(): readonly Evidence[] {
    return this.#evidence;
  }

  /** Takes in a statement whose signature is good. @returns evidence, if it is the first of its kind against the signer */
  see(kind: StatementKind, signer: number, statement: SignedStatement): Evidence | undefined {
    const log = kind === "vote" ? this.#votes : this.#proposals;
    const seen = log.get(signer) ?? [];
    log.set(signer, seen);
    const place = seen.findLastIndex(({ epoch }) => epoch <= statement.epoch) + 1;
    const before = place === 0 ? undefined : seen[place - 1];
    if (before?.epoch === statement.epoch) {
      if (before.block === statement.block && before.height === statement.height) return undefined;
      const found = kind === "vote" ? "two votes" : "two proposals";
      return this.#keep({ kind: found, culprit: signer, first: before, second: statement });
    }
    if (kind === "vote") {
      // Among votes that do not fall, one that falls does so between its neighbours.
      const after = seen.at(place);
      if (before !== undefined && before.height > statement.height) {
        return this.#keep({ kind: "falling votes", culprit: signer, first: before, second: statement });
      }
      if (after !== undefined && statement.height > after.height) {
        return this.#keep({ kind: "falling votes", culprit: signer, first: statement, second: after });
      }
    }
    seen.splice(place, 0, statement);
    if (seen.length > STATEMENTS_REMEMBERED) seen.shift();
    return undefined;
  }

  isKnownFor(culprit: number, kind: Evidence["kind"]): boolean {
    return this.#evidence.some((known) => known.culprit === culprit && known.kind === kind);
  }

  #keep(evidence: Evidence): Evidence | undefined {
    if (this.isKnownFor(evidence.culprit, evidence.kind)) return undefined;
    this.#evidence.push(evidence);
    return evidence;
  }
}
