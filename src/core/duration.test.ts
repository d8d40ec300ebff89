import { describe, expect, test } from "vitest";

import { formatDuration, formatTimeOfDay, parseDuration, parseTimeOfDay } from "./duration.ts";
import { NS_PER_DAY, NS_PER_HOUR, NS_PER_MINUTE, NS_PER_SECOND } from "./units.ts";

describe("parseDuration", () => {
  test.each([
    ["0s", 0],
    ["50ns", 50],
    ["1.5us", 1_500],
    ["0.000001ms", 1],
    ["1.5ms", 1_500_000],
    ["0.1s", 100_000_000],
    ["30s", 30 * NS_PER_SECOND],
    ["6h30m", 6.5 * NS_PER_HOUR],
    ["1d1h1m1s1ms1us1ns", NS_PER_DAY + NS_PER_HOUR + NS_PER_MINUTE + NS_PER_SECOND + 1_001_001],
    ["90m", 90 * NS_PER_MINUTE],
    // 104 days are the most whose nanoseconds are all exact.
    ["104d", 104 * NS_PER_DAY],
  ])("reads %s", (text, ns) => {
    expect(parseDuration(text)).toBe(ns);
  });

  test.each([
    ["", "nothing"],
    ["5", "no unit"],
    ["s", "no amount"],
    ["0.5ns", "half a nanosecond"],
    ["0.0000000001s", "a tenth of a nanosecond"],
    ["1h1h", "a unit twice"],
    ["30m6h", "the smaller unit first"],
    ["1 s", "a space"],
    ["-1s", "a sign"],
    [".5s", "no digit before the point"],
    ["1.s", "no digit behind the point"],
    ["1e3s", "an exponent"],
    ["1S", "an unknown unit"],
    ["105d", "more than exact nanoseconds can count"],
    ["1s\n", "a line break"],
  ])("refuses %j: %s", (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});

describe("formatDuration", () => {
  test.each([
    [0, "0s"],
    [1, "1ns"],
    [999, "999ns"],
    [1_500, "1.5us"],
    [250_000, "250us"],
    [12_898_456, "12.898456ms"],
    [12.75 * NS_PER_SECOND, "12.75s"],
    [60 * NS_PER_SECOND - 1, "59.999999999s"],
    [90 * NS_PER_SECOND, "1m30s"],
    [90.25 * NS_PER_SECOND, "1m30.25s"],
    [6.5 * NS_PER_HOUR, "6h30m"],
    [2 * NS_PER_HOUR, "2h"],
    [NS_PER_DAY + 20 * NS_PER_MINUTE, "1d20m"],
    [-90 * NS_PER_SECOND, "-1m30s"],
  ])("writes %d ns as people read it: %s", (ns, text) => {
    expect(formatDuration(ns)).toBe(text);
  });
});

describe("time of day", () => {
  test.each([
    ["00:00", 0],
    ["09:30", 9.5 * NS_PER_HOUR],
    ["16:00:00.5", 16 * NS_PER_HOUR + 500_000_000],
    ["23:59:59.999999999", NS_PER_DAY - 1],
    ["24:00", NS_PER_DAY],
  ])("reads %s", (text, ns) => {
    expect(parseTimeOfDay(text)).toBe(ns);
  });

  test.each(["", "9:30", "0930", "12:60", "12:00:60", "24:00:00.1", "24:30", "25:00", "12:00.5", "12:00:00.", "-1:00"])(
    "refuses %j",
    (text) => {
      expect(parseTimeOfDay(text)).toBeUndefined();
    },
  );

  test.each([
    [9.5 * NS_PER_HOUR, 0, "09:30:00"],
    [NS_PER_DAY - 1, 9, "23:59:59.999999999"],
    [NS_PER_DAY - 1, 3, "23:59:59.999"],
    [16 * NS_PER_HOUR + 5, 9, "16:00:00.000000005"],
    [16 * NS_PER_HOUR + 5, 6, "16:00:00.000000"],
  ])("writes %d ns after midnight with %d decimals, cut and not rounded: %s", (ns, digits, text) => {
    expect(formatTimeOfDay(ns, digits)).toBe(text);
  });
});
