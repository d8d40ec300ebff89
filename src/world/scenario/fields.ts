import { z } from "zod";
import { isDecimalText } from "../../core/decimal.ts";
import { parseDuration, parseTimeOfDay } from "../../core/duration.ts";
import { parseBandwidth, parseBytes } from "../../network/amount-text.ts";
import { plainDecimal } from "../../core/plain-decimal.ts";

const DECIMAL = "expected a decimal number such as 0.01";
const DURATION = "expected a duration such as 50ns, 1.5ms, 30s or 6h30m (whole nanoseconds, at most 104 days)";
const TIME_OF_DAY = "expected a time of day such as 09:30 or 16:00:00";
const BANDWIDTH = "expected a bandwidth such as 100Mbit or 10Gbit (1 bit to 1,000 Tbit a second)";
const BYTES = "expected a size such as 64kB, 256KiB or 1MB (whole bytes)";
const NAME = "expected a name: a letter, then up to 63 letters, digits, '.', '_' or '-'";

/** An exact decimal number, as text; YAML's numbers are taken as they are written. */
export const decimal = z
  .union([z.string(), z.number()], { error: DECIMAL })
  .meta({ examples: ["0.01"] })
  .transform((value) => (typeof value === "number" ? (plainDecimal(String(value)) ?? "") : value))
  .refine(isDecimalText, { error: DECIMAL, abort: true });

export const positiveDecimal = decimal.refine((text) => Number(text) > 0, { error: "expected a number above 0" });
export const decimalFromZero = decimal.refine((text) => Number(text) >= 0, {
  error: "expected a number of at least 0",
});

/** A duration such as `50ns`, `1.5ms`, `6h30m`; in nanoseconds once read. */
export const duration = z
  .string({ error: DURATION })
  .meta({ examples: ["50ns", "1.5ms", "30s", "6h30m"] })
  .refine((text) => parseDuration(text) !== undefined, { error: DURATION, abort: true })
  .transform((text) => parseDuration(text) ?? 0);

export const positiveDuration = duration.refine((ns) => ns > 0, { error: "expected a duration above 0" });

/** Bits a second, such as `10Gbit`; a number once read. */
export const bandwidth = z
  .string({ error: BANDWIDTH })
  .meta({ examples: ["100Mbit", "10Gbit"] })
  .refine((text) => parseBandwidth(text) !== undefined, { error: BANDWIDTH, abort: true })
  .transform((text) => parseBandwidth(text) ?? 0);

/** Bytes, such as `64kB`; a number once read. */
export const byteSize = z
  .string({ error: BYTES })
  .meta({ examples: ["64kB", "1MB"] })
  .refine((text) => parseBytes(text) !== undefined, { error: BYTES, abort: true })
  .transform((text) => parseBytes(text) ?? 0);

/** A time of day such as `09:30`; in nanoseconds since midnight once read. */
export const timeOfDay = z
  .string({ error: TIME_OF_DAY })
  .meta({ examples: ["09:30", "16:00:00"] })
  .refine((text) => parseTimeOfDay(text) !== undefined, { error: TIME_OF_DAY, abort: true })
  .transform((text) => parseTimeOfDay(text) ?? 0);

export const name = z.string({ error: NAME }).regex(/^[A-Za-z][A-Za-z0-9_.-]{0,63}$/, { error: NAME });

export const probability = z.number().min(0).max(1);
export const count = z.int().min(1).max(1_000_000);
