import { describe, expect, test } from "vitest";

import { InvariantError } from "../core/assert.ts";
import { RandomStream } from "../core/random.ts";
import { Mailboxes, MAILBOX_EVENTS_MAX } from "./mailboxes.ts";

function mailboxesFor(actors: number, options: { mailboxEventsMax?: number } = {}): Mailboxes {
  const mailboxes = new Mailboxes(options);
  for (let actor = 0; actor < actors; actor++) mailboxes.join(actor);
  return mailboxes;
}

function take(mailboxes: Mailboxes, actor: number): [kind: number, payload: number] {
  mailboxes.take(actor);
  return [mailboxes.kind, mailboxes.payload];
}

describe("Mailboxes", () => {
  test("give each actor its own events, the oldest first", () => {
    const mailboxes = mailboxesFor(3);
    for (const [actor, payload] of [
      [0, 10],
      [2, 20],
      [0, 11],
      [2, -21],
      [0, 12],
    ]) {
      expect(mailboxes.put(actor, actor + 1, payload)).toBe(true);
    }
    expect([0, 1, 2].map((actor) => mailboxes.count(actor))).toEqual([3, 0, 2]);
    expect([take(mailboxes, 2), take(mailboxes, 0), take(mailboxes, 0)]).toEqual([
      [3, 20],
      [1, 10],
      [1, 11],
    ]);
    expect(mailboxes.put(0, 1, 13)).toBe(true);
    expect([take(mailboxes, 0), take(mailboxes, 0), take(mailboxes, 2)]).toEqual([
      [1, 12],
      [1, 13],
      [3, -21],
    ]);
    expect([0, 1, 2].map((actor) => mailboxes.count(actor))).toEqual([0, 0, 0]);
  });

  test("have nothing to take where nothing was put", () => {
    expect(() => mailboxesFor(1).take(0)).toThrow(InvariantError);
  });

  test("act as one list for each of a thousand actors", () => {
    const random = RandomStream.named(1, "test", "mailboxes");
    const mailboxes = mailboxesFor(1_000);
    const lists = Array.from({ length: 1_000 }, (): number[] => []);
    for (let i = 0; i < 20_000; i++) {
      const actor = random.integer(0, 999);
      const oldest = lists[actor][0];
      if (oldest !== undefined && random.chance(0.45)) {
        expect(take(mailboxes, actor)).toEqual([oldest % 3, oldest]);
        lists[actor].shift();
      } else {
        mailboxes.put(actor, i % 3, i);
        lists[actor].push(i);
      }
      expect(mailboxes.count(actor)).toBe(lists[actor].length);
    }
  });

  test("are full at the limit, each for itself", () => {
    const mailboxes = mailboxesFor(2, { mailboxEventsMax: 3 });
    expect([1, 2, 3, 4].map((payload) => mailboxes.put(0, 1, payload))).toEqual([true, true, true, false]);
    expect(mailboxes.put(1, 1, 5)).toBe(true);
    expect(take(mailboxes, 0)).toEqual([1, 1]);
    expect(mailboxes.put(0, 1, 6)).toBe(true);
    expect([take(mailboxes, 0), take(mailboxes, 0), take(mailboxes, 0)].map(([, payload]) => payload)).toEqual([
      2, 3, 6,
    ]);
  });

  test("hold a million events for one actor, and not one more", () => {
    const mailboxes = mailboxesFor(1);
    for (let i = 0; i < MAILBOX_EVENTS_MAX; i++) mailboxes.put(0, 1, i);
    expect(mailboxes.put(0, 1, 0)).toBe(false);
    expect(mailboxes.count(0)).toBe(1_048_576);
  });
});
