import { expect, test } from "vitest";

import { NS_PER_SECOND } from "../../core/units.ts";
import { ExecutionStage } from "../../testing/desk/execution-stage.ts";
import { DEFAULT_EXECUTION_POLICY } from "./execution-policy.ts";

const busy = { reason: "busy", isRetryable: true };

test("an order leaves when the journal holds it, and not before", () => {
  const stage = new ExecutionStage({ durable: 0 });
  stage.place();
  expect(stage.sent).toEqual([]);
  stage.execution.onDurable(1);
  expect(stage.sent).toEqual(["submit desk-1-0"]);
});

test("an order that has not left is canceled without the venue", () => {
  const stage = new ExecutionStage({ durable: 0 });
  const order = stage.place();
  stage.execution.cancel(order.plan.number);
  stage.execution.onDurable(9);
  expect(order.status).toBe("canceled");
  expect(stage.sent).toEqual([]);
});

test("without an answer the venue is asked, each time more patiently, and somebody is told", () => {
  const stage = new ExecutionStage();
  stage.place();
  stage.line.runUntil(40 * NS_PER_SECOND);
  expect(stage.sent).toEqual([
    "submit desk-1-0",
    ...Array.from({ length: 6 }, (_, query) => `query desk-1-0 ${query + 1}`),
  ]);
  expect(stage.alarms).toEqual([{ kind: "orderUnknown", order: 1, queries: 5 }]);
});

test("an order that the venue does not know is given up only when it can no longer arrive", () => {
  const stage = new ExecutionStage();
  const order = stage.place();
  const answer = (): void => stage.tell({ kind: "status", query: order.queries, status: "notFound", filledLots: 0 });
  stage.line.runUntil(2 * NS_PER_SECOND);
  answer();
  expect(order.status).toBe("unknown");
  stage.line.runUntil(9 * NS_PER_SECOND);
  answer();
  expect(order.status).toBe("rejected");
});

test("a refusal that may pass is tried again under another id, later and later, and not for ever", () => {
  const stage = new ExecutionStage();
  const order = stage.place();
  for (let attempt = 0; attempt < DEFAULT_EXECUTION_POLICY.attemptsMax; attempt++) {
    expect(stage.sent.at(-1)).toBe(`submit desk-1-${attempt}`);
    stage.tell({ kind: "rejected", refusal: busy }, `desk-1-${attempt}`);
    stage.line.runUntil(stage.line.nowNs + NS_PER_SECOND);
  }
  expect(order.status).toBe("rejected");
  expect(stage.sent).toHaveLength(DEFAULT_EXECUTION_POLICY.attemptsMax);
});

test("a refusal for good is not tried again", () => {
  const stage = new ExecutionStage();
  const order = stage.place();
  stage.tell({ kind: "rejected", refusal: { reason: "no money", isRetryable: false } });
  stage.line.runUntil(NS_PER_SECOND);
  expect(order.status).toBe("rejected");
  expect(stage.sent).toEqual(["submit desk-1-0"]);
});

test("a venue that fails too often in a row leaves the route, for a while", () => {
  const stage = new ExecutionStage();
  for (let order = 1; order <= DEFAULT_EXECUTION_POLICY.failuresMax; order++) {
    stage.place();
    stage.tell({ kind: "rejected", refusal: { ...busy, isRetryable: false } }, `desk-${order}-0`);
  }
  expect(stage.alarms).toEqual([{ kind: "venueExcluded", venue: 0 }]);
  expect(stage.execution.health[0].isOpen(stage.line.nowNs)).toBe(false);
  expect(stage.execution.health[0].isOpen(stage.line.nowNs + DEFAULT_EXECUTION_POLICY.exclusionNs)).toBe(true);
});

test("a success in between starts the count anew", () => {
  const stage = new ExecutionStage();
  for (let order = 1; order <= 2 * DEFAULT_EXECUTION_POLICY.failuresMax; order++) {
    stage.place();
    stage.tell(
      order % 2 === 0 ? { kind: "accepted" } : { kind: "rejected", refusal: { ...busy, isRetryable: false } },
      `desk-${order.toString(36)}-0`,
    );
  }
  expect(stage.alarms).toEqual([]);
});

test("an order that is done with fills that never came asks for the account and stays open until they come", () => {
  const stage = new ExecutionStage();
  const order = stage.place();
  stage.line.runUntil(2 * NS_PER_SECOND);
  stage.tell({ kind: "status", query: order.queries, status: "done", filledLots: 4 });
  expect(order.status).toBe("unknown");
  expect(stage.sent.at(-1)).toBe("account");
  expect(stage.alarms).toEqual([{ kind: "fillsMissing", order: 1 }]);
  stage.tellFill({ qtyLots: 4 });
  stage.line.runUntil(6 * NS_PER_SECOND);
  stage.tell({ kind: "status", query: order.queries, status: "done", filledLots: 4 });
  expect([order.status, order.filledLots]).toEqual(["canceled", 4]);
});

test("a fill before the acknowledgement counts, and so does one after the end", () => {
  const stage = new ExecutionStage();
  const order = stage.place();
  stage.tellFill({ fillId: "f1", qtyLots: 3 });
  expect(order.status).toBe("partiallyFilled");
  stage.tell({ kind: "canceled" });
  stage.tellFill({ fillId: "f2", qtyLots: 2 });
  expect([order.status, order.filledLots]).toEqual(["canceled", 5]);
  expect(stage.portfolio.positions[0].lots).toBe(5);
});

test("an order that is filled whole is done", () => {
  const stage = new ExecutionStage();
  const order = stage.place();
  stage.tellFill({ qtyLots: 10 });
  expect(order.status).toBe("filled");
  expect(stage.execution.orders.working).toEqual([]);
});

test("cancels leave before queries, and both before orders", () => {
  const stage = new ExecutionStage({ rateLimits: [{ messages: 2, windowNs: NS_PER_SECOND }] });
  const first = stage.place();
  stage.place();
  stage.tell({ kind: "accepted" }, "desk-1-0");
  stage.place();
  stage.execution.cancel(first.plan.number);
  stage.line.runUntil(NS_PER_SECOND);
  expect(stage.sent).toEqual(["submit desk-1-0", "submit desk-2-0", "cancel desk-1-0", "query desk-2-0 1"]);
  stage.line.runUntil(4 * NS_PER_SECOND);
  expect(stage.sent).toContain("submit desk-3-0");
});

test("while the session is down nothing is sent, and afterwards the venue is asked about everything", () => {
  const stage = new ExecutionStage();
  stage.place();
  stage.tell({ kind: "accepted" });
  stage.execution.onSession(0, "down");
  stage.place();
  expect(stage.sent).toEqual(["submit desk-1-0"]);
  stage.execution.onSession(0, "up");
  expect(stage.sent.slice(1)).toEqual(["query desk-1-0 1", "submit desk-2-0"]);
});

test("an event of nobody's order is told", () => {
  const stage = new ExecutionStage();
  stage.tell({ kind: "accepted" }, "other-1-0");
  expect(stage.alarms).toMatchObject([{ kind: "strayEvent", venue: 0 }]);
});
