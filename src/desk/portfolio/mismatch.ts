import type { Lots, Ticks } from "../../core/units.ts";
import type { VenueOrder } from "../venue-account.ts";
import type { VenueFill } from "../venue-fill.ts";
import type { FillOutcome } from "./portfolio.ts";

/** Something that a venue says and we had otherwise. `ours` is what we had. */
export type Mismatch =
  /** The venue has a fill that never reached us. */
  | { readonly kind: "fillMissed"; readonly fill: VenueFill; readonly outcome: FillOutcome }
  /** We have booked a fill that the venue does not show, long after it must. */
  | { readonly kind: "fillNotAtVenue"; readonly fill: VenueFill }
  /** An order rests at the venue that we did not know of, or held to be done. */
  | { readonly kind: "orderNotOurs"; readonly order: VenueOrder }
  /** An order is working with us, and rests at the venue no more. */
  | { readonly kind: "orderGone"; readonly market: number; readonly clientOrderId: string }
  /** More is filled of an order than we have fills for. */
  | {
      readonly kind: "filledDiffers";
      readonly market: number;
      readonly clientOrderId: string;
      readonly ours: Lots;
      readonly venues: Lots;
    }
  | {
      readonly kind: "positionDiffers";
      readonly market: number;
      readonly ours: Lots;
      readonly venues: Lots;
      /** The venue's price of it; undefined where it told none. */
      readonly markTicks: Ticks | undefined;
    }
  | { readonly kind: "balanceDiffers"; readonly asset: number; readonly ours: bigint; readonly venues: bigint };

export type MismatchKind = Mismatch["kind"];

/** Whom to believe: the venue, or nobody until a person has looked at it. */
export type Resolution = "venueWins" | "halt";

export type ReconciliationPolicy = Readonly<Record<MismatchKind, Resolution>>;

/** Takes over what is only news, and halts where money or positions do not add up. */
export const CAUTIOUS_POLICY: ReconciliationPolicy = {
  fillMissed: "venueWins",
  fillNotAtVenue: "halt",
  orderNotOurs: "halt",
  orderGone: "venueWins",
  filledDiffers: "halt",
  positionDiffers: "halt",
  balanceDiffers: "halt",
};
