/** The side of an order, or of a book: bids are buys, asks are sells. */
export const Side = { buy: 0, sell: 1 } as const;
export type Side = (typeof Side)[keyof typeof Side];
export type SideName = keyof typeof Side;

export const SIDE_NAMES = ["buy", "sell"] as const satisfies readonly SideName[];
