/**
 * A number that remembers its unit. Plain numbers may be used where a unit is expected, but two different units
 * never mix: passing lots where ticks are wanted does not compile.
 */
export type InUnit<U extends string> = number & { readonly unit?: U };

/** A price as a whole number of price increments ("ticks") of its instrument; int32. */
export type Ticks = InUnit<"ticks">;
/** A quantity as a whole number of quantity increments ("lots") of its instrument; int32. */
export type Lots = InUnit<"lots">;
/** An amount of money or of an asset in the currency's smallest unit; a safe integer. */
export type Units = InUnit<"units">;
/** A point in kernel time, or a duration: nanoseconds since the run's start; exact for 104 days. */
export type Nanos = InUnit<"ns">;

export const NS_PER_MICROSECOND = 1_000;
export const NS_PER_MILLISECOND = 1_000_000;
export const NS_PER_SECOND = 1_000_000_000;
export const NS_PER_MINUTE = 60 * NS_PER_SECOND;
export const NS_PER_HOUR = 60 * NS_PER_MINUTE;
export const NS_PER_DAY = 24 * NS_PER_HOUR;

/** Records hold prices and quantities in int32 words, so no price or quantity may pass this. */
export const INT32_MAX = 0x7fff_ffff;
