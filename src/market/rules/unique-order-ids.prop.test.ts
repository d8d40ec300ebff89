import fc from "fast-check";
import { expect, test } from "vitest";

import { CommandWord } from "../../model/command.ts";
import { reasonName } from "../../model/reason.ts";
import { RecordKind } from "../../model/record.ts";
import { UniqueOrderIds } from "./unique-order-ids.ts";

function send(
  rule: UniqueOrderIds,
  orderId: number,
  options: { readonly owner?: number; readonly kind?: number } = {},
): string {
  const { owner = 2, kind = RecordKind.submitOrder } = options;
  const words = new Int32Array(16);
  words[CommandWord.kind] = kind;
  words[CommandWord.owner] = owner;
  words[CommandWord.orderId] = orderId;
  return reasonName(rule.admit(words, new Float64Array(8), 0));
}

/** Remembers every id for ever. */
class NaiveIds {
  readonly #used = new Set<number>();
  readonly #window: number;
  #highest = -Infinity;

  constructor(window: number) {
    this.#window = window;
  }

  send(orderId: number): string {
    if (orderId <= this.#highest - this.#window) return "orderIdTooOld";
    if (this.#used.has(orderId)) return "orderIdUsed";
    this.#used.add(orderId);
    this.#highest = Math.max(this.#highest, orderId);
    return "none";
  }
}

const INT32_MIN = -(2 ** 31);
const INT32_MAX = 2 ** 31 - 1;
/** Ids that come near each other, leap, and stand at the ends of what an id can be. */
const anywhere = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: -80, max: 80 }) },
    fc.integer({ min: INT32_MIN, max: INT32_MAX }),
    fc.constantFrom(INT32_MIN, INT32_MIN + 1, INT32_MAX, INT32_MAX - 1),
  ),
  { maxLength: 100 },
);
/** Ids that rise, with some that are late: so that a slot of the window is used again and again. */
const rising = fc
  .array(fc.integer({ min: -140, max: 50 }), { minLength: 20, maxLength: 100, size: "max" })
  .map((steps) => {
    let highest = 0;
    return steps.map((step) => {
      const id = highest + step;
      highest = Math.max(highest, id);
      return id;
    });
  });

test("answers as one who remembers every id for ever", () => {
  fc.assert(
    fc.property(fc.constantFrom(32, 64, 128), fc.oneof(anywhere, rising), (window, sent) => {
      const rule = new UniqueOrderIds({ window });
      const naive = new NaiveIds(window);
      expect(sent.map((id) => send(rule, id))).toEqual(sent.map((id) => naive.send(id)));
    }),
  );
});

test("owners do not know of each other, and only new orders have an id to use", () => {
  const rule = new UniqueOrderIds({ window: 32 });
  expect([send(rule, 7), send(rule, 7, { owner: 100_000 }), send(rule, 7)]).toEqual(["none", "none", "orderIdUsed"]);
  for (const kind of [RecordKind.cancelOrder, RecordKind.replaceOrder]) expect(send(rule, 7, { kind })).toBe("none");
});

test("a window is rounded up to a power of two", () => {
  const rule = new UniqueOrderIds({ window: 100 });
  expect([send(rule, 1_000), send(rule, 1_000 - 127), send(rule, 1_000 - 128)]).toEqual([
    "none",
    "none",
    "orderIdTooOld",
  ]);
});
