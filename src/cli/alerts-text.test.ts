import { expect, test } from "vitest";

import type { AlertSummary } from "../lab/alerts.ts";
import { alertsTable, alertsText } from "./alerts-text.ts";

const EVENT = { timeNs: 0, time: "09:30:01.000000", orderId: 7, side: "buy", qty: "137", price: "" };

const WASHER: AlertSummary = {
  detector: "selfTrading",
  nature: "offence",
  venue: "XSIM",
  symbol: "ACME",
  agents: ["washer-1"],
  score: 2.5,
  occurrences: 1_200,
  first: "09:30:01.000",
  last: "09:45:00.000",
  finding: "what was found",
  evidence: [
    { ...EVENT, sequence: 4, event: "submitOrder", agent: "washer-1" },
    { ...EVENT, sequence: 6, event: "trade", agent: "washer-1", price: "99.98", against: "washer-1" },
  ],
};

test("an alert says who, what, when and how strongly, and shows the events", () => {
  expect(alertsText({ alerts: [WASHER], dropped: 0 }).split("\n")).toEqual([
    "1 alert",
    "",
    "selfTrading  washer-1, ACME at XSIM, 1,200 times, 09:30:01.000 to 09:45:00.000, score 2.50 (offence)",
    "  what was found",
    "    09:30:01.000000  #4  submitOrder  washer-1  order 7          buy 137",
    "    09:30:01.000000  #6        trade  washer-1  order 7  buy 137 @ 99.98  against washer-1",
  ]);
});

test("what there is no room for is counted", () => {
  const evidence = Array.from({ length: 12 }, (_, sequence) => ({ ...WASHER.evidence[0], sequence }));
  const agents = ["a-1", "a-2", "a-3", "a-4", "a-5"];
  const text = alertsText({ alerts: [{ ...WASHER, evidence, agents, occurrences: 1 }], dropped: 2 });
  expect(text).toContain("and 2 for which there was no room");
  expect(text).toContain("a-1, a-2, a-3 and 2 more, ACME at XSIM, at 09:30:01.000, score");
  expect(text).toContain("and 3 events before these: --json has all");
  expect(text).not.toContain("#2 ");
});

test("a summary has a line for each, and names a dozen", () => {
  expect(alertsTable({ alerts: [], dropped: 0 })).toBe("  no alerts");
  const lines = alertsTable({ alerts: Array.from({ length: 15 }, () => WASHER), dropped: 1 }).split("\n");
  expect(lines).toHaveLength(14);
  expect(lines[1]).toMatch(/^ {2}selfTrading +washer-1 +offence +2\.50 +1,200 +09:30:01\.000$/);
  expect(lines[13]).toBe("  and 4 more");
});
