/** For what limits may be set, from the narrowest on. */
export const SCOPE_KINDS = ["agent", "strategy", "venue", "instrument", "portfolio"] as const;
export type ScopeKind = (typeof SCOPE_KINDS)[number];
