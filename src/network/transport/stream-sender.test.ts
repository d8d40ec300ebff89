import { describe, expect, test } from "vitest";

import { SegmentPool } from "./segment-pool.ts";
import type { StreamHost } from "./stream-host.ts";
import { StreamSender, TIMEOUTS_MAX } from "./stream-sender.ts";

const MS = 1e6;
const SECOND = 1e9;

/** A sender, what it sent when, and its timers. Messages are their places in the stream. */
function bench(): {
  sender: StreamSender;
  sent: string[];
  timers: number[];
  counts: { abandoned: number; repeated: number };
} {
  const segments = new SegmentPool();
  const sent: string[] = [];
  const timers: number[] = [];
  const counts = { abandoned: 0, repeated: 0 };
  const host: StreamHost = {
    sendData: (_stream, segment, timeNs) => sent.push(`${segments.sequence(segment)} ${timeNs / MS}`),
    sendAcknowledgement: () => {},
    deliverInOrder: () => {},
    setStreamTimer: (_stream, atNs) => timers.push(atNs),
    release: () => {},
    countRepeated: () => void counts.repeated++,
    countAbandoned: (messages) => void (counts.abandoned += messages),
  };
  return { sender: new StreamSender(0, host, segments), sent, timers, counts };
}

function offer(sender: StreamSender, count: number, timeNs: number): void {
  for (let i = 0; i < count; i++) expect(sender.offer(i, 100, timeNs)).toBe(true);
}

/** Fires every timer in order of time until none is left. */
function fireAll({ sender, timers }: ReturnType<typeof bench>): void {
  while (timers.length > 0) {
    timers.sort((a, b) => a - b);
    sender.onTimer(timers.shift()!);
  }
}

test("timeouts double from a second up to a minute, and then the sender gives up", () => {
  const parts = bench();
  offer(parts.sender, 1, 0);
  fireAll(parts);
  const times = parts.sent.map((entry) => Number(entry.split(" ")[1]) / 1_000);
  expect(times.slice(0, 9)).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183]);
  expect(times.length).toBe(1 + TIMEOUTS_MAX);
  expect(parts.counts).toEqual({ abandoned: 1, repeated: TIMEOUTS_MAX });
  expect([parts.sender.oldest, parts.sender.end]).toEqual([1, 1]);
});

describe("the round trip", () => {
  test("is smoothed by RFC 6298, with at least 200 ms of patience", () => {
    const { sender } = bench();
    offer(sender, 1, 0);
    sender.acknowledge(1, 400 * MS);
    // R + 4 R/2
    expect(sender.roundTrip.timeoutNs).toBe(1_200 * MS);
    offer(sender, 1, SECOND);
    sender.acknowledge(2, SECOND + 400 * MS);
    // The variation is now 3/4 of 200 ms.
    expect(sender.roundTrip.timeoutNs).toBe(1_000 * MS);
    const quick = bench().sender;
    offer(quick, 1, 0);
    quick.acknowledge(1, MS);
    expect(quick.roundTrip.timeoutNs).toBe(200 * MS);
  });

  test("is not measured on what was sent twice, nor on what had to wait for that", () => {
    const parts = bench();
    const { sender } = parts;
    offer(sender, 3, 0);
    sender.onTimer(SECOND);
    sender.acknowledge(3, SECOND + 10 * MS);
    expect(sender.roundTrip.timeoutNs).toBe(SECOND);
  });
});

describe("the window", () => {
  test("does not grow while it is not used", () => {
    const { sender } = bench();
    for (let i = 0; i < 100; i++) {
      offer(sender, 1, i * SECOND);
      sender.acknowledge(i + 1, i * SECOND + MS);
    }
    expect(sender.window.packets).toBe(10);
  });

  test("after a timeout, acknowledgements of what came twice cause no second answer to the same loss", () => {
    const { sender, sent } = bench();
    offer(sender, 10, 0);
    sender.onTimer(SECOND);
    expect(sender.window.packets).toBe(1);
    // The receiver has 1 to 9 of the first round, and says three times that it waits for 0.
    for (let i = 0; i < 4; i++) sender.acknowledge(0, SECOND + i);
    expect(sent.filter((entry) => entry.startsWith("0 ")).length).toBe(2);
    sender.acknowledge(10, SECOND + 10 * MS);
    expect(sender.window.packets).toBeLessThanOrEqual(2);
  });

  test("halves on three acknowledgements that say the same, and grows by one a round trip from there", () => {
    const { sender, sent } = bench();
    offer(sender, 10, 0);
    for (let i = 0; i < 3; i++) sender.acknowledge(0, 10 * MS + i);
    expect(sent.filter((entry) => entry.startsWith("0 "))).toEqual(["0 0", `0 ${10 + 2e-6}`]);
    sender.acknowledge(10, 20 * MS);
    expect(sender.window.packets).toBe(5);
    for (let trip = 3; trip < 6; trip++) {
      const from = sender.next;
      const size = sender.window.packets;
      offer(sender, size, trip * 10 * MS);
      for (let i = 1; i <= size; i++) sender.acknowledge(from + i, trip * 10 * MS + 9 * MS);
    }
    expect(sender.window.packets).toBeGreaterThanOrEqual(5);
    expect(sender.window.packets).toBeLessThanOrEqual(8);
  });
});

test("a timer that an earlier one replaced does nothing", () => {
  const parts = bench();
  const { sender, timers } = parts;
  offer(sender, 1, 0);
  sender.acknowledge(1, MS);
  offer(sender, 1, 500 * MS);
  // The second deadline, at 700 ms, is before the first timer, at a second.
  expect(timers).toEqual([SECOND, 700 * MS]);
  sender.onTimer(700 * MS);
  const set = timers.length;
  sender.onTimer(SECOND);
  expect(timers.length).toBe(set);
});
