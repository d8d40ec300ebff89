import { expect, test } from "vitest";

import { parseDuration } from "../../core/duration.ts";
import { CommandWord } from "../../model/command.ts";
import { reasonName } from "../../model/reason.ts";
import { RecordKind } from "../../model/record.ts";
import { RuleChain } from "./rule-chain.ts";
import { RateLimit } from "./rate-limit.ts";

const SECOND = 1_000_000_000;
const OPTIONS = {
  perSecond: 10,
  burst: 3,
  throttleAfter: 3,
  forgetNs: SECOND,
  throttledPerSecond: 1,
  throttleNs: 5 * SECOND,
  suspendAfter: 2,
  suspendNs: 20 * SECOND,
};

/** `owner 2 at 1s` sends so many orders, or cancels; the answers come back one by one. */
function send(rule: RateLimit, at: string, options: { count?: number; owner?: number; kind?: number } = {}): string[] {
  const { count = 1, owner = 2, kind = RecordKind.submitOrder } = options;
  const words = new Int32Array(16);
  words[CommandWord.kind] = kind;
  words[CommandWord.owner] = owner;
  const chain = new RuleChain([rule], 0);
  const nowNs = parseDuration(at) ?? Number.NaN;
  return Array.from({ length: count }, () => reasonName(chain.admit(words, new Float64Array(8), 0, nowNs)));
}

test("a full bucket lets a burst pass, then one order for each tenth of a second", () => {
  const rule = new RateLimit(OPTIONS);
  expect(send(rule, "1s", { count: 4 })).toEqual(["none", "none", "none", "rateLimited"]);
  expect(send(rule, "1.099999999s")).toEqual(["rateLimited"]);
  expect(send(rule, "1.1s")).toEqual(["none"]);
  expect(send(rule, "1.3s", { count: 2 })).toEqual(["none", "none"]);
});

test("replaces count like orders, cancels neither count nor wait, and owners do not share", () => {
  const rule = new RateLimit(OPTIONS);
  expect(send(rule, "1s", { count: 3, kind: RecordKind.replaceOrder })).toEqual(["none", "none", "none"]);
  expect(send(rule, "1s")).toEqual(["rateLimited"]);
  expect(send(rule, "1s", { count: 9, kind: RecordKind.cancelOrder })).toEqual(Array(9).fill("none"));
  expect(send(rule, "1s", { owner: 200_000 })).toEqual(["none"]);
});

test("violations that are far from each other are forgotten", () => {
  const rule = new RateLimit(OPTIONS);
  for (const at of ["1s", "3s", "5s", "7s"])
    expect(send(rule, at, { count: 5 }).slice(3)).toEqual(["rateLimited", "rateLimited"]);
});

test("who goes on is throttled, then suspended, then has to behave before all is as it was", () => {
  const rule = new RateLimit(OPTIONS);
  // Three violations in a row, and the bucket fills ten times more slowly.
  expect(send(rule, "1s", { count: 6 }).slice(3)).toEqual(["rateLimited", "rateLimited", "rateLimited"]);
  expect(send(rule, "1.9s")).toEqual(["throttled"]);
  expect(send(rule, "2s")).toEqual(["none"]);
  // The second violation while throttled suspends.
  expect(send(rule, "2s")).toEqual(["suspended"]);
  expect(send(rule, "2.5s", { kind: RecordKind.cancelOrder })).toEqual(["none"]);
  expect(send(rule, "21.999999999s")).toEqual(["suspended"]);
  // Then it is throttled, with a full bucket after so long, and counted anew.
  expect(send(rule, "22s", { count: 4 })).toEqual(["none", "none", "none", "throttled"]);
  expect(send(rule, "27s", { count: 4 })).toEqual(["none", "none", "none", "suspended"]);
  expect(send(rule, "47s", { count: 3 })).toEqual(["none", "none", "none"]);
  // Five seconds without a violation since the suspension's end: the old rate holds again.
  expect(send(rule, "52.000000001s", { count: 4 })).toEqual(["none", "none", "none", "rateLimited"]);
  expect(send(rule, "52.3s", { count: 2 })).toEqual(["none", "none"]);
});
