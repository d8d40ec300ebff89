/** Says what a handler returned that should return nothing. */
export function describeReturned(returned: unknown): string {
  if (!isThenable(returned)) return `it returned ${String(returned)}; a handler returns nothing`;
  // The run stops here, so nobody would be left to hear that the promise failed.
  returned.then(undefined, () => undefined);
  return "it returned a promise; a handler is synchronous and returns nothing";
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return value instanceof Object && "then" in value && typeof value.then === "function";
}
