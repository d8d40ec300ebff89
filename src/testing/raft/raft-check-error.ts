/** A promise of the protocol that a run has seen broken. */
export class RaftCheckError extends Error {
  override readonly name = "RaftCheckError";
}
