import { parseDuration } from "../core/duration.ts";
import type { Nanos } from "../core/units.ts";

/** More than any link has, and little enough that a byte's time in nanoseconds keeps its digits. */
export const BANDWIDTH_BPS_MAX = 1e15;
/** A tebibyte. */
const BYTES_MAX = 1_099_511_627_776;

const BIT_UNITS: ReadonlyMap<string, number> = new Map([
  ["bit", 1],
  ["kbit", 1e3],
  ["mbit", 1e6],
  ["gbit", 1e9],
  ["tbit", 1e12],
  ["kibit", 1_024],
  ["mibit", 1_048_576],
  ["gibit", 1_073_741_824],
]);

const BYTE_UNITS: ReadonlyMap<string, number> = new Map([
  ["b", 1],
  ["kb", 1e3],
  ["mb", 1e6],
  ["gb", 1e9],
  ["kib", 1_024],
  ["mib", 1_048_576],
  ["gib", 1_073_741_824],
]);

/** Names of units of time that Shadow's files have besides ours. */
const TIME_UNITS: ReadonlyMap<string, string> = new Map([
  ["nanosecond", "ns"],
  ["nanoseconds", "ns"],
  ["microsecond", "us"],
  ["microseconds", "us"],
  ["μs", "us"],
  ["millisecond", "ms"],
  ["milliseconds", "ms"],
  ["sec", "s"],
  ["secs", "s"],
  ["second", "s"],
  ["seconds", "s"],
]);

/** Reads `10Gbit`, `100 Mbit` or `81920 Kibit`. @returns bits a second, or undefined where the text is no bandwidth */
export function parseBandwidth(text: string): number | undefined {
  const bps = scaled(text, BIT_UNITS);
  return bps !== undefined && bps >= 1 && bps <= BANDWIDTH_BPS_MAX ? bps : undefined;
}

/** Reads `256kB` or `64 KiB`. @returns whole bytes, or undefined where the text is no size */
export function parseBytes(text: string): number | undefined {
  const bytes = scaled(text, BYTE_UNITS);
  return bytes !== undefined && Number.isInteger(bytes) && bytes <= BYTES_MAX ? bytes : undefined;
}

/** Reads `10 ms` as Shadow writes it. @returns nanoseconds, or undefined where the text is no duration */
export function parseSpacedDuration(text: string): Nanos | undefined {
  const { amount, unit } = split(text);
  return parseDuration(`${amount}${TIME_UNITS.get(unit) ?? unit}`);
}

function scaled(text: string, units: ReadonlyMap<string, number>): number | undefined {
  const { amount, unit } = split(text);
  const factor = units.get(unit.toLowerCase());
  return factor === undefined || !/^\d+(\.\d+)?$/.test(amount) ? undefined : Number(amount) * factor;
}

function split(text: string): { readonly amount: string; readonly unit: string } {
  const match = /^\s*([\d.]+)\s*(\S+)\s*$/.exec(text);
  return { amount: match?.[1] ?? "", unit: match?.[2] ?? "" };
}
