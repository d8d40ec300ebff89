import { describe, expect, test } from "vitest";

import { Depth, FeedMode } from "../../model/market-data.ts";
import type { ChannelKey } from "./channel.ts";
import { Channel, SUBSCRIBERS_MAX } from "./channel.ts";

const KEY: ChannelKey = { instrument: 0, depth: Depth.levels, mode: FeedMode.conflated, levels: 0, intervalNs: 1_000 };

/** Cohorts as text: what they know, and who they are. */
function cohortsOf(channel: Channel): string[] {
  return channel.cohorts.map(({ lastSequence, subscribers }) => `${lastSequence}: ${[...subscribers].join(" ")}`);
}

describe("a channel", () => {
  test("keeps those together who know the same", () => {
    const channel = new Channel(KEY);
    channel.join(7, 10);
    channel.join(5, 10);
    channel.join(6, 12);
    channel.join(4, 12);
    expect(cohortsOf(channel)).toEqual(["10: 7 5", "12: 6 4"]);
    expect(channel.subscriberCount).toBe(4);
  });

  test("unites those who have come to know the same, in order of joining", () => {
    const channel = new Channel(KEY);
    channel.join(7, 10);
    channel.join(5, 12);
    channel.join(6, 13);
    for (const cohort of channel.cohorts) if (cohort.lastSequence !== 12) cohort.lastSequence = 15;
    channel.unite();
    expect(cohortsOf(channel)).toEqual(["15: 7 6", "12: 5"]);
    expect(channel.leave(6)).toBe(true);
    expect(cohortsOf(channel)).toEqual(["15: 7", "12: 5"]);
  });

  test("lets a subscriber start anew, with what it knows now", () => {
    const channel = new Channel(KEY);
    channel.join(7, 10);
    channel.join(5, 10);
    channel.join(7, 12);
    expect(cohortsOf(channel)).toEqual(["10: 5", "12: 7"]);
    expect(channel.subscriberCount).toBe(2);
  });

  test("has no empty cohorts", () => {
    const channel = new Channel(KEY);
    channel.join(7, 10);
    expect(channel.leave(7)).toBe(true);
    expect(channel.leave(7)).toBe(false);
    expect([cohortsOf(channel), channel.subscriberCount]).toEqual([[], 0]);
  });

  test.each<Partial<ChannelKey>>([
    { instrument: 1 },
    { depth: Depth.quotes },
    { mode: FeedMode.snapshots },
    { levels: 1 },
    { intervalNs: 2_000 },
  ])("is another one with %o", (change) => {
    const channel = new Channel(KEY);
    expect(channel.is({ ...KEY })).toBe(true);
    expect(channel.is({ ...KEY, ...change })).toBe(false);
  });

  test("takes its limit of subscribers in a time that grows with their number only", () => {
    const channel = new Channel(KEY);
    for (let subscriber = 0; subscriber < SUBSCRIBERS_MAX; subscriber++) channel.join(subscriber, 1);
    expect(channel.subscriberCount).toBe(SUBSCRIBERS_MAX);
    expect(channel.cohorts.length).toBe(1);
    for (let subscriber = 0; subscriber < 1_000; subscriber++) channel.leave(subscriber);
    expect(channel.subscriberCount).toBe(SUBSCRIBERS_MAX - 1_000);
  });
});
