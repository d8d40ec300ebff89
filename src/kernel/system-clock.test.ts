import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { NOT_DETERMINISTIC_FILES } from "../../scripts/determinism.ts";
import { systemClock } from "./system-clock.ts";

const HOUR_MS = 3_600_000;

test("never goes back", () => {
  const readings = Array.from({ length: 1_000 }, () => systemClock.nowMs());
  expect(readings).toEqual(readings.toSorted((a, b) => a - b));
});

test("a sleep ends when its signal is aborted, and at once when it was aborted before", async () => {
  const waking = new AbortController();
  const sleep = systemClock.sleep(HOUR_MS, waking.signal);
  waking.abort();
  await sleep;
  await systemClock.sleep(HOUR_MS, waking.signal);
});

test("a sleep ends by itself", async () => {
  await systemClock.sleep(0);
  await systemClock.sleep(0, new AbortController().signal);
});

test("yielding lets others have their turn, promises and timers alike", async () => {
  const turns: string[] = [];
  setImmediate(() => turns.push("immediate"));
  void Promise.resolve().then(() => turns.push("promise"));
  await systemClock.yield();
  expect(turns).toEqual(["promise", "immediate"]);
});

test("no other file that is excused from the ban list reads a clock or sets a timer of its own", () => {
  const others = NOT_DETERMINISTIC_FILES.filter((file) => file !== "kernel/system-clock.ts");
  const reads = (file: string): boolean =>
    /\b(?:Date|performance|process|Math\.random|set(?:Timeout|Interval|Immediate))\b\s*[.(]/.test(
      readFileSync(new URL(`../${file}`, import.meta.url), "utf8"),
    );
  expect(others.filter(reads)).toEqual([]);
  expect(reads("kernel/system-clock.ts")).toBe(true);
});
