import type { SnapshotPiece } from "./messages.ts";

/** A snapshot that comes in, piece by piece and in order. */
export class SnapshotAssembly {
  readonly term: number;
  readonly index: number;
  readonly #words: Int32Array;
  #arrived = 0;

  constructor(first: SnapshotPiece) {
    this.term = first.term;
    this.index = first.index;
    this.#words = new Int32Array(first.total);
  }

  get arrived(): number {
    return this.#arrived;
  }

  /** Whether a piece is of this snapshot: the leader of a term makes only one for an index. */
  matches(piece: SnapshotPiece): boolean {
    return piece.term === this.term && piece.index === this.index && piece.total === this.#words.length;
  }

  /** Takes the next piece; any other one is a double, or comes too early. @returns all words once they are there */
  add(piece: SnapshotPiece): Int32Array | undefined {
    if (piece.offset === this.#arrived && piece.offset + piece.words.length <= this.#words.length) {
      this.#words.set(piece.words, piece.offset);
      this.#arrived += piece.words.length;
    }
    return this.#arrived === this.#words.length ? this.#words : undefined;
  }
}
