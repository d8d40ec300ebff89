/** Exact numbers, time, chance and hashes. */
export { assert, InvariantError } from "./assert.ts";
export { crc32c } from "./crc32c.ts";
export type { Decimal, DecimalGrid } from "./decimal.ts";
export { DecimalError, decimalGrid, formatOnGrid, parseDecimal, parseOnGrid } from "./decimal.ts";
export { formatDuration, formatTimeOfDay, parseDuration, parseTimeOfDay } from "./duration.ts";
export type { Problem } from "./errors.ts";
export { ExitCode, UserError } from "./errors.ts";
export { RollingHash, hashParts } from "./hash.ts";
export { exp, ln } from "./portable-math.ts";
export { RandomStream } from "./random.ts";
export { RecordRing } from "./record-ring.ts";
export type { InUnit, Lots, Nanos, Ticks, Units } from "./units.ts";
export {
  INT32_MAX,
  NS_PER_DAY,
  NS_PER_HOUR,
  NS_PER_MICROSECOND,
  NS_PER_MILLISECOND,
  NS_PER_MINUTE,
  NS_PER_SECOND,
} from "./units.ts";
