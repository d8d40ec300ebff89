import { RandomStream } from "../core/random.ts";
import { LevelChangedWord } from "../model/market-data.ts";
import { RecordKind } from "../model/record.ts";
import { Side } from "../model/side.ts";
import type { BookProfile } from "./book-profiles.ts";
import { expectEqual, fail } from "./check-error.ts";
import { FeedMirror } from "./feed-mirror.ts";
import { STEP_NS, StageFlow } from "./stage-flow.ts";
import type { FeedRequest, Heard, VenueStage } from "./venue-stage.ts";
import { writeSubscription } from "./venue-stage.ts";

export interface FeedFlowOptions {
  readonly profile: BookProfile;
  readonly seed: number;
  readonly commands: number;
}

/** Subscriptions come behind the command of their step; intervals of feeds end before the command of the next one. */
const SUBSCRIBE_OFFSET_NS = 2;

const WATCHERS = 14;
/** That a watcher does something between two commands: half of them while conflated feeds wait for their interval. */
const WATCHER_CHANCE = 0.4;

const INTERVALS_NS = [1_000, 3_000, 7_000, 20_000];
/** All ways to hear of a book. */
export const WAYS: readonly FeedRequest[] = [
  { depth: "quotes", mode: "everyChange" },
  { depth: "levels", mode: "everyChange" },
  { depth: "orders", mode: "everyChange" },
  { depth: "trades", mode: "everyChange" },
  { depth: "quotes", mode: "conflated" },
  { depth: "levels", mode: "conflated" },
  { depth: "quotes", mode: "snapshots" },
  { depth: "levels", mode: "snapshots" },
  { depth: "auctions", mode: "everyChange" },
  { depth: "auctions", mode: "conflated" },
];

/** Someone who subscribes, listens for a while, and leaves again. */
interface Watcher {
  readonly actor: number;
  request: (FeedRequest & { readonly instrument: number }) | undefined;
  mirror: FeedMirror;
}

/**
 * Lets watchers subscribe to feeds and leave them again at random moments, under random commands. What each of them can
 * tell from its messages alone is compared with the book at every change, or at every interval.
 */
export class FeedFlow {
  /** Messages that the watchers heard. */
  messages = 0;
  readonly #options: FeedFlowOptions;
  readonly #random: RandomStream;
  readonly #flow: StageFlow;
  readonly #stage: VenueStage;
  readonly #watchers: readonly Watcher[];
  /** By instrument: hears every change from the start on, each before anybody else does. */
  readonly #recorders: readonly FeedMirror[];

  constructor(options: FeedFlowOptions) {
    this.#options = options;
    this.#random = RandomStream.named(options.seed, "feed", options.profile.name);
    this.#flow = new StageFlow(this.#random, options.profile);
    this.#stage = this.#flow.stage;
    this.#recorders = this.#stage.venue.books.map((_, instrument) => {
      const mirror = new FeedMirror({ depth: "orders", mode: "everyChange" });
      const actor = this.#stage.addClient(`recorder ${instrument}`, ({ words, doubles, at }) =>
        mirror.take(words, doubles, at),
      );
      const request = { instrument, depth: "orders", mode: "everyChange" } as const;
      this.#stage.send(actor, 0, (words, doubles) => writeSubscription(words, doubles, RecordKind.subscribe, request));
      return mirror;
    });
    this.#watchers = Array.from({ length: WATCHERS }, (_, place) => {
      const actor = this.#stage.addClient(`watcher ${place}`, (heard) => this.#hear(watcher, heard));
      const watcher: Watcher = { actor, request: undefined, mirror: new FeedMirror(WAYS[0]) };
      return watcher;
    });
  }

  /** @throws {Error} with the step after which a watcher was wrong, and how to run it again */
  run(): void {
    const { profile, seed, commands } = this.#options;
    for (let count = 0; count < commands; count++) {
      try {
        this.#compareConflated(this.#flow.startNs + STEP_NS);
        const { instrument } = this.#flow.next();
        this.#compareEveryChange(instrument);
        const nowNs = this.#flow.startNs + SUBSCRIBE_OFFSET_NS;
        this.#stage.runTo(nowNs);
        if (this.#random.chance(WATCHER_CHANCE)) this.#watch(nowNs);
        this.#stage.runTo(nowNs);
      } catch (error) {
        throw new Error(
          [
            `profile "${profile.name}", seed ${seed}, step ${count} of ${commands}`,
            error instanceof Error ? error.message : String(error),
            "run it again:",
            `  TRADESWARM_SOAK_SEED=${seed} TRADESWARM_SOAK_PROFILE="${profile.name}" TRADESWARM_SOAK_COMMANDS=${commands} \\`,
            "    npx vitest run --mode soak test/soak/feed.soak.ts",
          ].join("\n"),
          { cause: error },
        );
      }
    }
  }

  /** One watcher comes, goes, or asks for a new start. */
  #watch(timeNs: number): void {
    const watcher = this.#watchers[this.#random.integer(0, WATCHERS - 1)];
    const { request } = watcher;
    if (request === undefined) {
      this.#subscribe(watcher, timeNs, this.#someRequest());
    } else if (this.#random.chance(0.3)) {
      this.#subscribe(watcher, timeNs, request);
    } else {
      this.#stage.send(watcher.actor, timeNs, (words, doubles) => {
        writeSubscription(words, doubles, RecordKind.unsubscribe, request);
      });
      watcher.request = undefined;
    }
  }

  #subscribe(watcher: Watcher, timeNs: number, request: FeedRequest & { instrument: number }): void {
    watcher.request = request;
    watcher.mirror = new FeedMirror(request);
    this.#stage.send(watcher.actor, timeNs, (words, doubles) => {
      writeSubscription(words, doubles, RecordKind.subscribe, request);
    });
  }

  #someRequest(): FeedRequest & { instrument: number } {
    const way = WAYS[this.#random.integer(0, WAYS.length - 1)];
    const instrument = this.#random.integer(0, this.#flow.instruments - 1);
    if (way.mode === "everyChange") return { ...way, instrument };
    const intervalNs = INTERVALS_NS[this.#random.integer(0, INTERVALS_NS.length - 1)];
    const levels = way.mode === "snapshots" && way.depth === "levels" ? this.#random.integer(1, 3) : 0;
    return { ...way, instrument, intervalNs, levels };
  }

  #hear({ request, mirror }: Watcher, { words, doubles, at }: Heard): void {
    this.messages++;
    if (request === undefined) fail("somebody heard a message who had left");
    mirror.take(words, doubles, at);
    if (!mirror.isWhole) return;
    if (request.mode !== "everyChange") {
      mirror.compare(this.#stage.venue.books[request.instrument], this.#traded(request.instrument));
    } else if (request.depth === "levels" && words[at] === RecordKind.levelChanged) {
      // The book is at the end of the command already, but the recorder has heard just as much.
      this.#compareChange(mirror, this.#recorders[request.instrument], {
        side: words[at + LevelChangedWord.side] === Side.buy ? Side.buy : Side.sell,
        priceTicks: words[at + LevelChangedWord.priceTicks],
      });
    }
  }

  #compareChange(mirror: FeedMirror, recorder: FeedMirror, at: { side: Side; priceTicks: number }): void {
    const { side, priceTicks } = at;
    const [found, expected] = [mirror.levelAt(side, priceTicks), recorder.levelAt(side, priceTicks)];
    expectEqual(mirror.lastSequence, recorder.lastSequence, "sequence of levels, of the recorder's");
    expectEqual(
      found.orders,
      expected.orders,
      `orders of side ${side} at ${priceTicks} after change ${mirror.lastSequence}`,
    );
    expectEqual(found.lots, expected.lots, `lots of side ${side} at ${priceTicks} after change ${mirror.lastSequence}`);
    expectEqual(mirror.levelCount(side), recorder.levelCount(side), `levels of side ${side}`);
  }

  /** Each change has been heard when its command is over. What is no listed instrument may have meant all of them. */
  #compareEveryChange(concerned: number): void {
    this.#stage.venue.books.forEach((book, instrument) => {
      if (concerned !== instrument && this.#stage.venue.books[concerned] !== undefined) return;
      const traded = this.#traded(instrument);
      this.#recorders[instrument].compare(book, traded);
      for (const { request, mirror } of this.#watchers) {
        if (request?.mode === "everyChange" && request.instrument === instrument) mirror.compare(book, traded);
      }
    });
  }

  /** A conflated feed that says nothing at its interval says that nothing has changed. */
  #compareConflated(nowNs: number): void {
    this.#stage.runTo(nowNs);
    for (const { request, mirror } of this.#watchers) {
      if (request?.mode !== "conflated" || nowNs % (request.intervalNs ?? 1) !== 0) continue;
      mirror.compare(this.#stage.venue.books[request.instrument], this.#traded(request.instrument));
    }
  }

  #traded(instrument: number): { volumeLots: number; trades: number } {
    return this.#stage.actor.statistics.turnovers[instrument];
  }
}
