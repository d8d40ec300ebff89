import fc from "fast-check";
import { expect, test } from "vitest";

import { BinanceBookSync, type BookFrame, type BookSink, type BookSnapshot, type Diff } from "./binance-sync.ts";

const PRICES = 6;

/** The venue: update `n` sets one level. What the book was after each update is known. */
interface Venue {
  readonly diffs: readonly Diff[];
  readonly bookAt: (updateId: number) => readonly number[];
}

function frameOf(levels: readonly (readonly [price: number, qty: number])[]): BookFrame {
  return {
    eventTime: 0,
    isEventTimeKnown: true,
    receiveTime: 0,
    bids: levels.length,
    prices: Int32Array.from(levels, ([price]) => price),
    qtys: Float64Array.from(levels, ([, qty]) => qty),
  };
}

const venue = fc
  .record({
    isSpot: fc.boolean(),
    updates: fc.array(
      fc.record({ price: fc.nat({ max: PRICES - 1 }), qty: fc.nat({ max: 9 }), skip: fc.nat({ max: 3 }) }),
      {
        minLength: 5,
        maxLength: 60,
      },
    ),
    sizes: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 60, maxLength: 60 }),
  })
  .map(({ isSpot, updates, sizes }) => {
    // Spot numbers every update; futures ids jump, because other things than this book are numbered too.
    let id = 100;
    const numbered = updates.map((update) => {
      id += isSpot ? 1 : 1 + update.skip;
      return { ...update, id };
    });
    const books = new Map<number, readonly number[]>([[100, new Array<number>(PRICES).fill(0)]]);
    const book = new Array<number>(PRICES).fill(0);
    for (const update of numbered) {
      book[update.price] = update.qty;
      books.set(update.id, [...book]);
    }
    const diffs: Diff[] = [];
    let previousUpdateId = 100;
    for (let at = 0, n = 0; at < numbered.length; n++) {
      const part = numbered.slice(at, at + sizes[n]);
      at += part.length;
      const levels = part.map(({ price, qty }) => [price, qty] as const);
      const ids = { firstUpdateId: part[0].id, lastUpdateId: part[part.length - 1].id };
      diffs.push({ ...frameOf(levels), ...ids, previousUpdateId: isSpot ? undefined : previousUpdateId });
      previousUpdateId = ids.lastUpdateId;
    }
    const bookAt = (updateId: number) => books.get(updateId) ?? [];
    return { isSpot, diffs, bookAt, ids: [100, ...numbered.map(({ id: one }) => one)] };
  });

/** Builds a book from what the synchroniser passes on, as a reader of the rows does. */
class Follower implements BookSink {
  book = new Array<number>(PRICES).fill(0);

  onDiff(diff: Diff): void {
    diff.prices.forEach((price, i) => void (this.book[price] = diff.qtys[i]));
  }

  onSnapshot(snapshot: BookSnapshot): void {
    this.book.fill(0);
    snapshot.prices.forEach((price, i) => void (this.book[price] = snapshot.qtys[i]));
  }

  onGap(): void {}
}

function snapshotAt(bookAt: Venue["bookAt"], lastUpdateId: number): BookSnapshot {
  return { ...frameOf(bookAt(lastUpdateId).map((qty, price) => [price, qty] as const)), lastUpdateId };
}

test("a book that says it is synchronised is the venue's, whatever was lost, repeated or late", () => {
  const events = fc.array(
    fc.record({
      /** What happens to the next diff, or a snapshot of some moment of the venue instead. */
      kind: fc.constantFrom("arrives", "arrives", "arrives", "arrives", "is lost", "comes twice", "snapshot"),
      moment: fc.nat(),
    }),
    { maxLength: 120 },
  );
  let synchronisedSteps = 0;
  fc.assert(
    fc.property(venue, events, ({ isSpot, diffs, bookAt, ids }, script) => {
      const follower = new Follower();
      const sync = new BinanceBookSync(isSpot ? "spot" : "usdm", follower);
      let next = 0;
      let lastUpdateId = 0;
      for (const { kind, moment } of script) {
        if (kind === "snapshot") {
          // A snapshot shows any moment of the venue up to a little after the last diff that was sent.
          const shown = ids.filter((id) => id <= (diffs[next]?.lastUpdateId ?? Infinity));
          const snapshot = snapshotAt(bookAt, shown[moment % shown.length]);
          const wasSynchronised = sync.isSynchronised;
          sync.snapshot(snapshot);
          if (!wasSynchronised && sync.isSynchronised) lastUpdateId = Math.max(snapshot.lastUpdateId, lastUpdateId);
        } else if (next < diffs.length) {
          const diff = diffs[next++];
          if (kind === "is lost") continue;
          sync.diff(diff);
          if (kind === "comes twice") sync.diff(diff);
          lastUpdateId = Math.max(diff.lastUpdateId, lastUpdateId);
        }
        if (!sync.isSynchronised) continue;
        synchronisedSteps++;
        expect(follower.book).toEqual(bookAt(lastUpdateId));
      }
    }),
    { numRuns: 1_000 },
  );
  expect(synchronisedSteps).toBeGreaterThan(1_000);
});
