import { describe, expect, test } from "vitest";

import { RandomStream } from "../../core/random.ts";
import { SequenceWord } from "../../model/market-data.ts";
import { RecordKind } from "../../model/record.ts";
import { BOOK_PROFILES, profileNamed } from "../../testing/book-profiles.ts";
import { FeedFlow, WAYS } from "../../testing/feed-flow.ts";
import { FeedMirror } from "../../testing/feed-mirror.ts";
import { STEP_NS, StageFlow } from "../../testing/stage-flow.ts";
import type { FeedRequest } from "../../testing/venue-stage.ts";
import { writeSubscription } from "../../testing/venue-stage.ts";

/** All profiles together: the soak runs the same for millions. */
const COMMANDS = 18_000;
const COMMANDS_EACH = COMMANDS / BOOK_PROFILES.length;

describe("whoever subscribes at any moment can tell the book from its messages", () => {
  test.each(BOOK_PROFILES)("$name", (profile) => {
    const flow = new FeedFlow({ profile, seed: 1, commands: COMMANDS_EACH });
    flow.run();
    // A feed that says nothing proves nothing.
    expect(flow.messages).toBeGreaterThan(COMMANDS_EACH);
  });
});

/** A message, copied out of the memory that it came in. */
type Copied = readonly [words: Int32Array, doubles: Float64Array];

/** The most words of a message: see MESSAGE_RECORDS_MAX. */
const MESSAGE_WORDS_MAX = 64 * 16;

/** What one subscriber hears who comes when the market has been open for a while, and stays. */
function record(request: FeedRequest): { messages: Copied[]; check: (mirror: FeedMirror) => void } {
  const flow = new StageFlow(RandomStream.named(1, "feed", "record"), profileNamed("calls, first come first"));
  const messages: Copied[] = [];
  const ann = flow.stage.addClient("ann", ({ words, at }) => {
    const copy = words.slice(at, at + MESSAGE_WORDS_MAX);
    messages.push([copy, new Float64Array(copy.buffer)]);
  });
  for (let step = 0; step < 100; step++) flow.next();
  const startNs = flow.startNs + 2;
  flow.stage.send(ann, startNs, (words, doubles) => writeSubscription(words, doubles, RecordKind.subscribe, request));
  flow.stage.runTo(startNs);
  for (let step = 0; step < 320; step++) flow.next();
  flow.stage.runTo(flow.startNs + (request.intervalNs ?? 0) + 2);
  const { venue, actor } = flow.stage;
  return { messages, check: (mirror) => mirror.compare(venue.books[0], actor.statistics.turnovers[0]) };
}

describe("who is alone at a book is looked after without detours, and hears the same, word for word", () => {
  interface Guests {
    /** What bob hears for a while, again and again. */
    readonly bobs?: FeedRequest;
    /** Whether carol hears of each order all the time, so that nobody is ever alone. */
    readonly carol?: boolean;
  }

  /** What ann hears of each change of the levels, and what bob hears, with other guests or without. */
  function hear({ bobs, carol }: Guests): { ann: number[][]; bob: number[][] } {
    const flow = new StageFlow(RandomStream.named(1, "feed", "alone"), profileNamed("calls, first come first"));
    const { stage } = flow;
    const heard = { ann: [] as number[][], bob: [] as number[][] };
    const ann = stage.addClient("ann", ({ words, at }) => heard.ann.push([...words.subarray(at, at + 16)]));
    const bob = stage.addClient("bob", ({ words, at }) => heard.bob.push([...words.subarray(at, at + 16)]));
    const listener = stage.addClient("carol", () => undefined);
    const ask = (client: number, kind: number, request: FeedRequest): void => {
      stage.send(client, flow.startNs + 2, (words, doubles) => writeSubscription(words, doubles, kind, request));
      stage.runTo(flow.startNs + 2);
    };
    for (let step = 0; step < 1_000; step++) {
      if (step === 100) ask(ann, RecordKind.subscribe, { depth: "levels", mode: "everyChange" });
      if (step === 100 && carol) ask(listener, RecordKind.subscribe, { depth: "orders", mode: "everyChange" });
      if (bobs !== undefined && step % 70 === 35) ask(bob, RecordKind.subscribe, bobs);
      if (bobs !== undefined && step % 70 === 69) ask(bob, RecordKind.unsubscribe, bobs);
      flow.next();
    }
    return heard;
  }

  const alone = hear({}).ann;

  test("she hears enough", () => {
    expect(alone.filter(([kind]) => kind === RecordKind.levelChanged).length).toBeGreaterThan(200);
  });

  test.each(WAYS)("while somebody else hears of $depth, $mode", (way) => {
    const bobs = way.mode === "everyChange" ? way : { ...way, intervalNs: 5 * STEP_NS };
    const { ann, bob } = hear({ bobs });
    expect(ann).toEqual(alone);
    expect(bob.length).toBeGreaterThan(20);
    expect({ ann, bob }).toEqual(hear({ bobs, carol: true }));
  });
});

describe("a message that is lost is noticed", () => {
  test.each(WAYS)("$depth, $mode", (way) => {
    const request = way.mode === "everyChange" ? way : { ...way, intervalNs: 5 * STEP_NS };
    const { messages, check } = record(request);
    const hear = (without: number): FeedMirror => {
      const mirror = new FeedMirror(request);
      messages.forEach(([words, doubles], place) => {
        if (place !== without) mirror.take(words, doubles, 0);
      });
      return mirror;
    };
    check(hear(-1));
    expect(messages.length).toBeGreaterThan(15);
    // Whether the last one came can only be told by the one behind it.
    for (let lost = 0; lost < messages.length - 1; lost++) {
      const doubles = messages[lost][1];
      const covers = doubles[SequenceWord.lastSequence >> 1] + 1 - doubles[SequenceWord.firstSequence >> 1];
      // A snapshot at an interval in which nothing changed may be lost: it tells nothing new. So may an indication: orders
      // of a call are no changes of the public book, and the next one tells how it stands then.
      if ((request.mode === "snapshots" || request.depth === "auctions") && covers === 0) check(hear(lost));
      else
        expect(() => hear(lost), `message ${lost} of ${messages.length}`).toThrow(
          /expected|should follow|is not there/,
        );
    }
  });
});
