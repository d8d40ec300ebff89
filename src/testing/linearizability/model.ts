/** The outcome of a call whose answer nobody saw: it may have taken effect, may do so later, or never. */
export const UNKNOWN: unique symbol = Symbol("unknown outcome");

/** What `Model.step` gives where no call of this kind can have this answer. */
export const ILLEGAL: unique symbol = Symbol("illegal step");

/**
 * What an object does when its calls come one after the other: the sequential specification that concurrent histories
 * are held to.
 *
 * States are immutable: the search keeps thousands of them and goes back to old ones.
 */
export interface Model<State, Input, Output> {
  readonly initial: State;
  /**
   * The state after a call that gave this output, or `ILLEGAL` where it cannot give it. With `UNKNOWN`, the state after
   * the call if it takes effect here, whatever it answers.
   */
  step(state: State, input: Input, output: Output | typeof UNKNOWN): State | typeof ILLEGAL;
  /**
   * Whether a call with this output leaves every state as it is, wherever it is legal. A write of the value that is
   * there already does not count: elsewhere it would change something.
   */
  readsOnly(input: Input, output: Output | typeof UNKNOWN): boolean;
  equal(a: State, b: State): boolean;
  /** An int32, the same for equal states. */
  hash(state: State): number;
  /**
   * The part of the object that a call touches, where no call touches two. Each part is then checked by itself, with a
   * state of its own: a history is linearizable exactly if the history of each part is (P-compositionality: Horn and
   * Kroening 2015; for objects as parts, Herlihy and Wing 1990).
   */
  partitionOf?(input: Input): string;
  /** The call in words, such as `write 3` or `read, answer 4`. */
  describeCall(input: Input, output: Output | typeof UNKNOWN): string;
  describeState(state: State): string;
}
