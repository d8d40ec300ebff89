import { expect, test } from "vitest";

import { WatchedVenue } from "../../../testing/watched-venue.ts";
import { STALE_QUOTE_SNIPING_THRESHOLDS } from "./stale-quote-sniping.ts";

const { trades, wonShare } = STALE_QUOTE_SNIPING_THRESHOLDS;
const [SNIPER, MAKER] = [1, 2];

/** So many takes, of which that share comes just before the maker moves its quotes by more than its spread. */
function takes(count: number, wonOf: (take: number) => boolean): WatchedVenue {
  const venue = new WatchedVenue("staleQuoteSniping");
  let middle = 1_000;
  let quotes: number[] = [];
  const quote = (): void => {
    for (const order of quotes) venue.cancel(MAKER, order);
    quotes = [venue.submit(MAKER, ["buy", 100, middle - 1]), venue.submit(MAKER, ["sell", 100, middle + 1])];
  };
  quote();
  for (let take = 0; take <= count; take++) {
    venue.wait(2_000);
    // The prices of before this command are those a second and more after the trade.
    quote();
    if (take === count) break;
    venue.submit(SNIPER, ["buy", 10, middle + 1], "IOC");
    venue.wait(500);
    if (wonOf(take)) middle += 5;
    quote();
  }
  return venue;
}

test("names who takes what is about to move", () => {
  const venue = takes(trades, () => true);
  expect(venue.named).toEqual([[SNIPER]]);
  expect(venue.alerts[0].finding).toContain(`after ${trades} of ${trades} orders`);
});

test("does not name who is lucky a little less often, nor who has done too little to tell", () => {
  const lucky = Math.ceil(trades * wonShare) - 1;
  expect(takes(trades, (take) => take < lucky).alerts).toEqual([]);
  expect(takes(trades, (take) => take <= lucky).named).toEqual([[SNIPER]]);
  expect(takes(trades - 1, () => true).alerts).toEqual([]);
});

test("who moves the price by taking on has not sniped", () => {
  const venue = new WatchedVenue("staleQuoteSniping");
  venue.submit(MAKER, ["buy", 10, 900]);
  for (let take = 0; take < 2 * trades; take++) {
    venue.submit(MAKER, ["sell", 10, 1_000 + take]);
  }
  for (let take = 0; take < 2 * trades; take++) {
    venue.wait(300).submit(SNIPER, ["buy", 10, 2_000], "IOC");
    venue.submit(MAKER, ["buy", 1, 1_000 + take]);
  }
  expect(venue.alerts).toEqual([]);
});
