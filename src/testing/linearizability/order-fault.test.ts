import { expect, test } from "vitest";

import { registerHistory } from "./register-history.ts";
import { orderFault } from "./order-fault.ts";
import { REGISTER_MODEL } from "./register-model.ts";

const calls = registerHistory([
  "0 :invoke :write 1",
  "0 :ok :write 1",
  "1 :invoke :write 2",
  "2 :invoke :read nil",
  "2 :ok :read 1",
  "1 :ok :write 2",
  "3 :invoke :write 3",
]);
const [write1, write2, read1, write3] = calls;
const stranger = { ...read1 };

test.each([
  ["the right order", [write1, read1, write2], Infinity, undefined],
  ["one with a call that may have taken effect", [write1, read1, write2, write3], Infinity, undefined],
  ["one up to the first return", [write1], 3, undefined],
  ["a call twice", [write1, read1, write2, write1], Infinity, "a call stands in the order twice"],
  ["a call from elsewhere", [write1, stranger, write2], Infinity, "a call of the order is not in the history"],
  ["a call left out", [write1, read1], Infinity, "process 1: write 2, answer done is missing"],
  ["an answer that cannot be", [write1, write2, read1], Infinity, "read, answer 1 cannot have that answer there"],
  [
    "a call before one that returned before it was made",
    [write2, write1, read1],
    Infinity,
    "write 1, answer done had returned before a call that stands before it",
  ],
])("%s", (_name, order, until, fault) => {
  const found = orderFault(REGISTER_MODEL, { calls, order, until });
  if (fault === undefined) expect(found).toBeUndefined();
  else expect(found).toContain(fault);
});
