import { describe, expect, test } from "vitest";

import { NS_PER_HOUR, NS_PER_MINUTE, NS_PER_SECOND } from "../core/units.ts";
import { parsePoint } from "./replay-point.ts";

const DAY = { start: 9.5 * NS_PER_HOUR, duration: 6.5 * NS_PER_HOUR };
const NIGHT = { start: 22 * NS_PER_HOUR, duration: 6 * NS_PER_HOUR };

describe("where a replay stops", () => {
  test.each([
    ["0", DAY, { eventsMax: 0 }],
    ["12345", DAY, { eventsMax: 12_345 }],
    ["45m", DAY, { untilNs: 45 * NS_PER_MINUTE }],
    ["0s", DAY, { untilNs: 0 }],
    ["6h30m", DAY, { untilNs: DAY.duration }],
    ["1.5ms", DAY, { untilNs: 1_500_000 }],
    ["09:30", DAY, { untilNs: 0 }],
    ["10:30", DAY, { untilNs: NS_PER_HOUR }],
    ["10:30:00.5", DAY, { untilNs: NS_PER_HOUR + NS_PER_SECOND / 2 }],
    ["16:00", DAY, { untilNs: DAY.duration }],
    ["23:00", NIGHT, { untilNs: NS_PER_HOUR }],
    ["24:00", NIGHT, { untilNs: 2 * NS_PER_HOUR }],
    ["00:00", NIGHT, { untilNs: 2 * NS_PER_HOUR }],
    ["03:59", NIGHT, { untilNs: 6 * NS_PER_HOUR - NS_PER_MINUTE }],
  ])("%s", (text, run, expected) => {
    expect(parsePoint(text, run)).toEqual(expected);
  });

  test.each([
    [
      "soon",
      DAY,
      "--until: expected a time of day (10:30), a time since the start (45m) or an event number, found soon",
    ],
    ["-1", DAY, "--until: expected a time of day (10:30), a time since the start (45m) or an event number, found -1"],
    [
      "25:00",
      DAY,
      "--until: expected a time of day (10:30), a time since the start (45m) or an event number, found 25:00",
    ],
    ["9007199254740993", DAY, "--until: expected an event number of at most 2^53 - 1, found 9007199254740993"],
    ["09:29", DAY, "--until: 09:29 is outside of the run, which begins at 09:30:00 and ends at 16:00:00, after 6h30m"],
    ["16:01", DAY, "--until: 16:01 is outside of the run, which begins at 09:30:00 and ends at 16:00:00, after 6h30m"],
    ["7h", DAY, "--until: 7h is outside of the run, which begins at 09:30:00 and ends at 16:00:00, after 6h30m"],
    ["12:00", NIGHT, "--until: 12:00 is outside of the run, which begins at 22:00:00 and ends at 28:00:00, after 6h"],
  ])("not at %s", (text, run, message) => {
    expect(() => parsePoint(text, run)).toThrow(message);
  });
});
