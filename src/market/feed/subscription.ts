import { NS_PER_DAY, NS_PER_MICROSECOND } from "../../core/units.ts";
import { Depth, FeedMode, SNAPSHOT_LEVELS_MAX, SubscribeWord } from "../../model/market-data.ts";
import type { ChannelKey } from "./channel.ts";

/** No feed sends more often than this, and none more seldom. */
export const INTERVAL_NS_MIN = NS_PER_MICROSECOND;
export const INTERVAL_NS_MAX = NS_PER_DAY;

/**
 * The combinations that there are. Orders and trades mean nothing unless each of them is told, and levels matter to
 * snapshots of levels only. Of auctions there is each change of phase, and at intervals what the call would come to.
 */
const WAYS: ReadonlyMap<FeedMode, readonly Depth[]> = new Map([
  [FeedMode.everyChange, [Depth.quotes, Depth.levels, Depth.orders, Depth.trades, Depth.auctions]],
  [FeedMode.conflated, [Depth.quotes, Depth.levels, Depth.auctions]],
  [FeedMode.snapshots, [Depth.quotes, Depth.levels]],
]);

/** Reads what a `subscribe` or `unsubscribe` asks for; undefined where there is no such feed. */
export function readSubscription(words: Int32Array, doubles: Float64Array, at: number): ChannelKey | undefined {
  const mode = words[at + SubscribeWord.mode] as FeedMode;
  const depth = words[at + SubscribeWord.depth] as Depth;
  if (WAYS.get(mode)?.includes(depth) !== true) return undefined;
  const key = { instrument: words[at + SubscribeWord.instrument], depth, mode, levels: 0, intervalNs: 0 };
  if (mode === FeedMode.everyChange) return key;
  const intervalNs = doubles[(at + SubscribeWord.intervalNs) >> 1];
  if (!Number.isInteger(intervalNs) || intervalNs < INTERVAL_NS_MIN || intervalNs > INTERVAL_NS_MAX) return undefined;
  if (mode === FeedMode.conflated || depth === Depth.quotes) return { ...key, intervalNs };
  const levels = words[at + SubscribeWord.levels];
  if (levels < 0 || levels > SNAPSHOT_LEVELS_MAX) return undefined;
  return { ...key, intervalNs, levels: levels === 0 ? SNAPSHOT_LEVELS_MAX : levels };
}
