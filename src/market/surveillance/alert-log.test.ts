import { describe, expect, test } from "vitest";

import { RecordKind } from "../../model/record.ts";
import { ALERTS_MAX, AlertLog, EVIDENCE_MAX } from "./alert-log.ts";
import { EventTrail, TRAIL_EVENTS } from "./event-trail.ts";
import { MarketEvent } from "./market-event.ts";

function logWith(events: number): { log: AlertLog; event: MarketEvent } {
  const trail = new EventTrail();
  const event = new MarketEvent();
  event.kind = RecordKind.trade;
  for (let count = 0; count < events; count++) {
    event.sequence++;
    event.timeNs = 10 * event.sequence;
    event.orderId = event.sequence + 1_000;
    trail.add(event);
  }
  return { log: new AlertLog(trail), event };
}

describe("alerts", () => {
  test("what the same accounts do again is one alert, with the evidence of the strongest time", () => {
    const { log, event } = logWith(9);
    const raise = (score: number, accounts: number[], evidence: number[]): void => {
      event.timeNs += 1;
      log.raise("spoofing", event, { accounts, score, finding: `score ${score}`, evidence });
    };
    raise(2, [5, 3], [2, 1]);
    raise(3, [3, 5], [4, 3, 4]);
    raise(1, [5, 3], [9]);
    raise(1, [3], [9]);
    expect(log.alerts).toMatchObject([
      { accounts: [3, 5], score: 3, occurrences: 3, firstNs: 91, lastNs: 93, finding: "score 3" },
      { accounts: [3], score: 1, occurrences: 1, firstNs: 94, lastNs: 94 },
    ]);
    expect(log.alerts[0].evidence.map(({ sequence, orderId }) => [sequence, orderId])).toEqual([
      [3, 1_003],
      [4, 1_004],
    ]);
  });

  test("have a limit, and say how many were lost", () => {
    const { log, event } = logWith(1);
    for (let account = 0; account < ALERTS_MAX + 2; account++)
      log.raise("fatFinger", event, { accounts: [account], score: 1, finding: "", evidence: [1] });
    expect(log.alerts).toHaveLength(ALERTS_MAX);
    expect(log.dropped).toBe(2);
  });

  test("show the newest of too much evidence", () => {
    const { log, event } = logWith(2 * EVIDENCE_MAX);
    const evidence = Array.from({ length: 2 * EVIDENCE_MAX }, (_, at) => at + 1);
    log.raise("fatFinger", event, { accounts: [1], score: 1, finding: "", evidence });
    expect(log.alerts[0].evidence.map(({ sequence }) => sequence)).toEqual(evidence.slice(EVIDENCE_MAX));
  });
});

test("the trail forgets what is older than its limit, and never tells one event for another", () => {
  const { log } = logWith(TRAIL_EVENTS + 5);
  expect(log.trail.read([5, 6, TRAIL_EVENTS + 5, TRAIL_EVENTS + 6, 0]).map(({ sequence }) => sequence)).toEqual([
    6,
    TRAIL_EVENTS + 5,
  ]);
});
