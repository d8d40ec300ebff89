import type { Lots } from "../../core/units.ts";

/** How far an order has come. */
export const ORDER_STATUSES = [
  "initialized",
  "submitted",
  "accepted",
  "partiallyFilled",
  "pendingCancel",
  "unknown",
  "filled",
  "canceled",
  "rejected",
  "expired",
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** What changes an order's status. Fills change its quantities, and its status where nothing is left. */
export type OrderStep =
  | "send"
  | "accept"
  | "fill"
  | "askCancel"
  | "refuseCancel"
  | "loseTrack"
  | "fillWhole"
  | "cancel"
  | "reject"
  | "expire";

const FINAL: ReadonlySet<OrderStatus> = new Set(["filled", "canceled", "rejected", "expired"]);

/** Whether nothing more is expected of an order. A late fill may come nevertheless. */
export function isFinal(status: OrderStatus): boolean {
  return FINAL.has(status);
}

/**
 * The status after a step, or undefined where the step changes nothing: messages come late and out of order, and an
 * order that is done stays done.
 *
 * | from \ step     | accept    | fill            | askCancel     | refuseCancel | loseTrack |
 * | submitted       | accepted  | partiallyFilled | pendingCancel | -            | unknown   |
 * | accepted        | -         | partiallyFilled | pendingCancel | -            | unknown   |
 * | partiallyFilled | -         | -               | pendingCancel | -            | unknown   |
 * | pendingCancel   | -         | -               | -             | working      | unknown   |
 * | unknown         | working   | -               | -             | -            | -         |
 *
 * `fillWhole`, `cancel`, `reject` and `expire` end every order that is not final; *working* is accepted or, with fills,
 * partiallyFilled.
 */
export function nextStatus(status: OrderStatus, step: OrderStep, filledLots: Lots): OrderStatus | undefined {
  if (isFinal(status)) return undefined;
  const working: OrderStatus = filledLots > 0 ? "partiallyFilled" : "accepted";
  switch (step) {
    case "send":
      return status === "initialized" ? "submitted" : undefined;
    case "accept":
      return status === "submitted" || status === "unknown" ? working : undefined;
    case "fill":
      return status === "submitted" || status === "accepted" ? "partiallyFilled" : undefined;
    case "askCancel":
      return status === "initialized" || status === "unknown" || status === "pendingCancel"
        ? undefined
        : "pendingCancel";
    case "refuseCancel":
      return status === "pendingCancel" ? working : undefined;
    case "loseTrack":
      return status === "initialized" || status === "unknown" ? undefined : "unknown";
    case "fillWhole":
      return "filled";
    case "cancel":
      return "canceled";
    case "reject":
      return "rejected";
    case "expire":
      return "expired";
  }
}
