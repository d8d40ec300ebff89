import type { Lots, Ticks } from "../../core/units.ts";
import type { VenueFill } from "../venue-fill.ts";
import type { OrderPlan } from "./order-record.ts";
import type { OrderStatus } from "./order-status.ts";

/**
 * What the journal must hold so that a desk which starts again knows what it may have sent, and what it has. An order is
 * written before the venue sees it; what is not written never left.
 */
export type ExecutionEntry =
  | { readonly kind: "orderPlaced"; readonly plan: OrderPlan }
  | { readonly kind: "orderRetried"; readonly order: number; readonly attempt: number }
  | { readonly kind: "cancelWanted"; readonly order: number }
  | { readonly kind: "fillBooked"; readonly order: number; readonly fill: VenueFill }
  | { readonly kind: "orderClosed"; readonly order: number; readonly status: OrderStatus }
  /** The venue was believed about a position or a balance. */
  | { readonly kind: "positionTaken"; readonly market: number; readonly lots: Lots; readonly markTicks: Ticks }
  | { readonly kind: "balanceTaken"; readonly venue: number; readonly asset: number; readonly units: bigint };
