import { assert, unreachable } from "../../core/assert.ts";
import { formatOnGrid } from "../../core/decimal.ts";
import { KillScope } from "../../model/command.ts";
import { HASH_WORDS, SALT_WORDS } from "../../model/commitment.ts";
import { Depth, FeedMode, SnapshotWord } from "../../model/market-data.ts";
import {
  FlagBits,
  OrderType,
  SelfTradePrevention,
  TimeInForce,
  orderTypeOf,
  selfTradePreventionOf,
  sideOf,
  timeInForceOf,
} from "../../model/order-flags.ts";
import { PHASE_NAMES } from "../../model/phase.ts";
import { Reason, reasonName } from "../../model/reason.ts";
import type { RecordField } from "../../model/record-fields.ts";
import { RECORD_FIELDS } from "../../model/record-fields.ts";
import { RecordKind, recordKindName, recordLength } from "../../model/record.ts";
import { SIDE_NAMES } from "../../model/side.ts";
import { columnPlace } from "./columns.ts";
import type { LogRow } from "./log-row.ts";
import { Place } from "./log-row.ts";

/** A record, and who stands behind the accounts in it. */
export interface DecodedRecord {
  readonly words: Int32Array;
  readonly doubles: Float64Array;
  readonly at: number;
  /** The name of an account's owner; nothing in messages, which name none. */
  readonly nameOfAccount?: ((account: number) => string | undefined) | undefined;
}

/** Fields of a kind, each with the place of its column. */
type Plan = readonly (RecordField & { readonly place: number })[];

const nameOf = (codes: Readonly<Record<string, number>>): ReadonlyMap<number, string> =>
  new Map(Object.entries(codes).map(([name, code]) => [code, name]));

const ORDER_TYPES = nameOf(OrderType);
const TIMES_IN_FORCE = nameOf(TimeInForce);
const SELF_TRADE = nameOf(SelfTradePrevention);
const DEPTHS = nameOf(Depth);
const FEED_MODES = nameOf(FeedMode);
const LIQUIDITY = ["taker", "maker", "auction"];
const KILL_SCOPES = nameOf(KillScope);
const INSTRUCTIONS = ["postOnly", "slide", "reduceOnly", "hidden"] as const;

/** Columns that are filled from somewhere else than a word of their own name. */
const SPREAD: Readonly<Record<string, number>> = {
  instrument: Place.instrument,
  owner: Place.account,
  counterOwner: Place.counterAccount,
  flags: Place.orderType,
};

const plans: ReadonlyMap<number, Plan> = new Map(
  Object.entries(RECORD_FIELDS).map(([kind, fields]) => [RecordKind[kind as keyof typeof RecordKind], planOf(fields)]),
);

function planOf(fields: readonly RecordField[]): Plan {
  return fields.map((field) => {
    const place = SPREAD[field.name] ?? columnPlace(field.name);
    assert(place >= 0, () => `the compliance log has no column for ${field.name}`);
    return { ...field, place };
  });
}

/** Whether the log knows what the words of a kind mean. */
export function isKnownKind(kind: number): boolean {
  return plans.has(kind);
}

/** Whether a kind of record says which instrument it is about, in word 1. */
export function hasInstrument(kind: number): boolean {
  return plans.get(kind)?.some(({ name }) => name === "instrument") ?? false;
}

/** Writes what a record says into a row that knows its instrument already. */
export function decodeRecord(row: LogRow, record: DecodedRecord): void {
  const { words, at } = record;
  const kind = words[at];
  const plan = plans.get(kind);
  row.values[Place.kind] = recordKindName(kind);
  if (plan === undefined || (row.listed === undefined && plan.some(({ type }) => isAmount(type)))) {
    row.values[Place.words] = rawWords(words, at);
  }
  for (const field of plan ?? []) decodeField(row, field, record);
  if (row.values[Place.fee] !== undefined) row.values[Place.feeAsset] = row.listed?.instrument.quote;
}

function decodeField(row: LogRow, field: Plan[number], { words, doubles, at, nameOfAccount }: DecodedRecord): void {
  const { values, listed } = row;
  const { type, word, place, absent } = field;
  // The instrument's name has been written with what it is.
  if (place === Place.instrument) return;
  const value = isDouble(type) ? doubles[(at + word) >> 1] : words[at + word];
  if (value === absent) return;
  // Whoever sends a command may write anything into it.
  if (!Number.isSafeInteger(value)) {
    values[Place.words] = rawWords(words, at);
    return;
  }
  switch (type) {
    case "count":
    case "orderId":
    case "number":
    case "timeNs":
      values[place] = value;
      break;
    case "price":
      if (value !== 0 && listed !== undefined) values[place] = value;
      break;
    case "qty":
    case "qtyTotal":
    case "money":
      if (listed !== undefined) values[place] = value;
      break;
    case "owner":
      if (nameOfAccount === undefined || value < 0) break;
      values[place] = value;
      values[place === Place.account ? Place.agent : Place.counterAgent] = nameOfAccount(value);
      break;
    case "side":
      // At the end of a call there is none.
      values[place] = SIDE_NAMES[value as 0 | 1];
      break;
    case "flags":
      decodeFlags(values, value);
      break;
    case "reason":
      if (value !== Reason.none) values[place] = reasonName(value);
      break;
    case "recordKind":
      values[place] = recordKindName(value);
      break;
    case "depth":
      values[place] = DEPTHS.get(value) ?? `depth ${value}`;
      break;
    case "feedMode":
      values[place] = FEED_MODES.get(value) ?? `mode ${value}`;
      break;
    case "hash":
      values[place] = hexText(words, at + word, HASH_WORDS);
      break;
    case "salt":
      values[place] = hexText(words, at + word, SALT_WORDS);
      break;
    case "phase":
      values[place] = PHASE_NAMES[value] ?? `phase ${value}`;
      break;
    case "killScope":
      values[place] = KILL_SCOPES.get(value) ?? `scope ${value}`;
      break;
    case "liquidity":
      values[place] = LIQUIDITY[value];
      break;
    case "levels":
      values[place] = levelsText(row, { words, doubles, at, field });
      break;
    case "words":
      values[place] = rawWords(words, at);
      break;
    default:
      unreachable(type, "type of a field");
  }
}

/** An order's choices. Whatever a flags word holds that is no choice, the venue refuses, and its number is shown. */
function decodeFlags(values: LogRow["values"], flags: number): void {
  values[Place.side] = SIDE_NAMES[sideOf(flags)];
  values[Place.orderType] = ORDER_TYPES.get(orderTypeOf(flags));
  const timeInForce = timeInForceOf(flags);
  values[Place.timeInForce] = TIMES_IN_FORCE.get(timeInForce) ?? `time in force ${timeInForce}`;
  const instructions = INSTRUCTIONS.filter((name) => (flags & FlagBits[name]) !== 0);
  if (instructions.length > 0) values[Place.instructions] = instructions.join(" ");
  const prevention = selfTradePreventionOf(flags);
  if (prevention !== SelfTradePrevention.none)
    values[Place.selfTradePrevention] = SELF_TRADE.get(prevention) ?? `prevention ${prevention}`;
}

/** Levels stand behind the record, four words each: bids, then asks. */
function levelsText(
  { listed }: LogRow,
  { words, doubles, at, field }: Pick<DecodedRecord, "words" | "doubles" | "at"> & { readonly field: Plan[number] },
): string | undefined {
  if (listed === undefined) return undefined;
  const { tick, lot } = listed.instrument;
  const first = field.word === SnapshotWord.asks ? words[at + SnapshotWord.bids] : 0;
  const count = words[at + field.word];
  const levels = Array.from({ length: count }, (_, index) => {
    const from = at + 16 + 4 * (first + index);
    const price = formatOnGrid(words[from], tick);
    return [price, formatOnGrid(doubles[(from + 2) >> 1], lot), words[from + 1]];
  });
  return JSON.stringify(levels);
}

function rawWords(words: Int32Array, at: number): string {
  return JSON.stringify([...words.subarray(at, at + recordLength(words[at]))]);
}

/** Words as the bytes that they are in memory. */
function hexText(words: Int32Array, from: number, count: number): string {
  const bytes = new DataView(new ArrayBuffer(4 * count));
  for (let word = 0; word < count; word++) bytes.setInt32(4 * word, words[from + word], true);
  return Buffer.from(bytes.buffer).toString("hex");
}

function isDouble(type: RecordField["type"]): boolean {
  return type === "number" || type === "timeNs" || type === "qtyTotal" || type === "money";
}

function isAmount(type: RecordField["type"]): boolean {
  return type === "price" || type === "qty" || type === "qtyTotal" || type === "money";
}
