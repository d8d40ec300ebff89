/** What a checker found wrong in a book's reports, deltas or answers. */
export class BookCheckError extends Error {
  override readonly name = "BookCheckError";
}

export function fail(message: string): never {
  throw new BookCheckError(message);
}

/** @throws {BookCheckError} when the two differ; `what` says what they are. */
export function expectEqual(found: number, expected: number, what: string): void {
  if (found !== expected) fail(`${what}: expected ${expected}, found ${found}`);
}
