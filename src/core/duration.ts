import type { Nanos } from "./units.ts";
import {
  NS_PER_DAY,
  NS_PER_HOUR,
  NS_PER_MICROSECOND,
  NS_PER_MILLISECOND,
  NS_PER_MINUTE,
  NS_PER_SECOND,
} from "./units.ts";

/** Largest first, as a duration is written. */
const UNITS: readonly (readonly [unit: string, sizeNs: number])[] = [
  ["d", NS_PER_DAY],
  ["h", NS_PER_HOUR],
  ["m", NS_PER_MINUTE],
  ["s", NS_PER_SECOND],
  ["ms", NS_PER_MILLISECOND],
  ["us", NS_PER_MICROSECOND],
  ["ns", 1],
];

/** Each unit at most once, the larger before the smaller. */
const DURATION = new RegExp(`^(?=.)${UNITS.map(([unit]) => String.raw`(?:(\d+(?:\.\d+)?)${unit})?`).join("")}$`);

/**
 * Reads a duration such as `50ns`, `1.5ms`, `30s`, `6h30m`. Whole nanoseconds only: `0.5ns` is no duration.
 * @returns nanoseconds, or undefined where the text is no duration
 */
export function parseDuration(text: string): Nanos | undefined {
  const amounts = DURATION.exec(text)?.slice(1);
  if (amounts === undefined) return undefined;
  let total = 0;
  for (const [place, [, sizeNs]] of UNITS.entries()) total += scaled(amounts[place] ?? "0", sizeNs);
  return Number.isSafeInteger(total) ? total : undefined;
}

/** Decimal digits are scaled as integers: 0.1 s is exactly 100,000,000 ns. */
function scaled(amount: string, nsPerUnit: number): number {
  const [whole, fraction = ""] = amount.split(".");
  const scale = 10n ** BigInt(fraction.length);
  const ns = BigInt(whole + fraction) * BigInt(nsPerUnit);
  return ns % scale === 0n ? Number(ns / scale) : Number.NaN;
}

/**
 * Writes a duration so that people read it and `parseDuration` gets the same: `250us`, `1.5ms`, `12.75s`, `6h30m`,
 * `2d1h500ms`. Nothing is rounded: round the argument where fewer digits are wanted.
 */
export function formatDuration(ns: Nanos): string {
  if (ns === 0) return "0s";
  if (ns < 0) return `-${formatDuration(0 - ns)}`;
  let rest = ns;
  let text = "";
  for (const [unit, sizeNs] of UNITS) {
    if (rest < sizeNs) continue;
    // Below a minute one unit with decimals reads better than several units.
    if (sizeNs <= NS_PER_SECOND) return `${text}${rest / sizeNs}${unit}`;
    text += `${Math.floor(rest / sizeNs)}${unit}`;
    rest %= sizeNs;
  }
  return text;
}

/** Writes a time of day, given nanoseconds since midnight: `09:30:00.000000000` cut to `digits` decimals. */
export function formatTimeOfDay(ns: Nanos, digits = 0): string {
  const seconds = Math.floor(ns / NS_PER_SECOND);
  const two = (value: number): string => String(value).padStart(2, "0");
  const text = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  if (digits === 0) return text;
  return `${text}.${String(ns % NS_PER_SECOND)
    .padStart(9, "0")
    .slice(0, digits)}`;
}

/**
 * Reads a time of day such as `09:30` or `16:00:00.5`, up to `24:00`.
 * @returns nanoseconds since midnight, or undefined where the text is no time of day
 */
export function parseTimeOfDay(text: string): Nanos | undefined {
  const match = /^(\d{2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?$/.exec(text);
  if (!match) return undefined;
  const [hours, minutes, seconds] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  if (minutes > 59 || seconds > 59) return undefined;
  const fraction = Number((match[4] ?? ".0").slice(1).padEnd(9, "0"));
  const ns = hours * NS_PER_HOUR + minutes * NS_PER_MINUTE + seconds * NS_PER_SECOND + fraction;
  return ns <= NS_PER_DAY ? ns : undefined;
}
