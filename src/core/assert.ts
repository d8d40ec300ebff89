/** Thrown when an invariant of the program itself is broken. It is always a bug, never a user's mistake. */
export class InvariantError extends Error {
  override readonly name = "InvariantError";
}

/** The facts that a failed invariant prints, or a function that makes the text only when the check failed. */
export type InvariantMessage = string | (() => string);

/**
 * States an invariant. It stays on in production, because a wrong book is worse than a stopped one.
 *
 * Pass a plain string on hot paths: a template string or a function would be made on every call, also when the check
 * holds. Elsewhere, pass a function when the message carries values.
 *
 * @throws {InvariantError} when `condition` is false.
 */
export function assert(condition: boolean, message: InvariantMessage): asserts condition {
  // The throw stands in its own function to keep this one small enough for V8 to inline everywhere.
  if (!condition) fail(message);
}

/**
 * Ends the branches of an exhaustive `switch`: it compiles only when every case of a union was handled.
 *
 * @throws {InvariantError} always, naming the value that no case took.
 */
export function unreachable(value: never, what = "value"): never {
  fail(`unexpected ${what}: ${String(value)}`);
}

function fail(message: InvariantMessage): never {
  throw new InvariantError(typeof message === "string" ? message : message());
}
