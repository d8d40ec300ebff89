import { type DecimalGrid, DecimalError, decimalGrid, parseDecimal, parseOnGrid } from "../../core/decimal.ts";
import { type LineFault, NUMBER_FAULTS } from "./quarantine.ts";

/** LOBSTER's event types, as its ReadMe and later documentation number them. */
export const LobsterType = {
  submission: 1,
  reduction: 2,
  deletion: 3,
  execution: 4,
  hiddenExecution: 5,
  crossTrade: 6,
  halt: 7,
} as const;
export type LobsterType = (typeof LobsterType)[keyof typeof LobsterType];

/** A row of the message file. */
export interface LobsterMessage {
  /** Nanoseconds since midnight in New York. */
  readonly timeNs: number;
  /** The file gave more digits than nanoseconds have: one row in 155,935 of the AMZN sample reads 43002.632812672004. */
  readonly isTimeRounded: boolean;
  readonly type: LobsterType;
  readonly orderId: number;
  readonly size: number;
  /** In 1/10,000 dollar; for halts -1, 0 or 1. */
  readonly price: number;
  /** Of the resting order: 0 buy, 1 sell. */
  readonly side: 0 | 1;
}

/** Prices of LOBSTER files are whole numbers of this, in dollars. */
export const LOBSTER_PRICE_STEP: DecimalGrid = decimalGrid("0.0001");

const SECONDS_TO_NS = decimalGrid("0.000000001");
const WHOLE = decimalGrid("1");
const FIELDS = 6;
const NS_DIGITS = 9;
const NS_PER_DAY = 86_400_000_000_000;

/** Reads `time,type,order id,size,price,direction`. */
export function parseLobsterMessage(line: string): LobsterMessage | LineFault {
  const fields = line.split(",", FIELDS + 1);
  if (fields.length !== FIELDS) {
    return { code: "no-frame", reason: `expected ${FIELDS} fields (time, type, order id, size, price, direction)` };
  }
  try {
    const isTimeRounded = fields[0].length - fields[0].indexOf(".") - 1 > NS_DIGITS && fields[0].includes(".");
    const timeNs = isTimeRounded ? roundedNs(fields[0]) : parseOnGrid(fields[0], SECONDS_TO_NS);
    const type = parseOnGrid(fields[1], WHOLE);
    const orderId = parseOnGrid(fields[2], WHOLE);
    const size = parseOnGrid(fields[3], WHOLE);
    const price = parseOnGrid(fields[4], WHOLE);
    const direction = parseOnGrid(fields[5], WHOLE);
    if (timeNs < 0 || timeNs >= NS_PER_DAY) return { code: "bad-time", reason: `${fields[0]} s is no time of a day` };
    if (!isLobsterType(type)) return { code: "bad-field", reason: `type: expected 1 to 7, found ${fields[1]}` };
    if (direction !== 1 && direction !== -1) {
      return { code: "bad-field", reason: `direction: expected 1 or -1, found ${fields[5]}` };
    }
    const side = direction === 1 ? 0 : 1;
    if (type === LobsterType.halt) {
      if (price < -1 || price > 1)
        return { code: "bad-field", reason: `halt: expected -1, 0 or 1, found ${fields[4]}` };
      return { timeNs, isTimeRounded, type, orderId: 0, size: 0, price, side };
    }
    if (size <= 0) return { code: "out-of-range", reason: `size: expected more than 0, found ${fields[3]}` };
    if (price <= 0) return { code: "out-of-range", reason: `price: expected more than 0, found ${fields[4]}` };
    // Executions against hidden orders and crosses name no order: the id is 0 or -1.
    const namesOrder = type <= LobsterType.execution;
    if (namesOrder && orderId <= 0) {
      return { code: "out-of-range", reason: `order id: expected more than 0, found ${fields[2]}` };
    }
    return { timeNs, isTimeRounded, type, orderId: namesOrder ? orderId : 0, size, price, side };
  } catch (error) {
    if (!(error instanceof DecimalError)) throw error;
    return { code: NUMBER_FAULTS[error.code], reason: error.message };
  }
}

/** A time is no price: digits below the nanosecond are the writer's floating point, not the venue's clock. */
function roundedNs(text: string): number {
  const { units, scale } = parseDecimal(text);
  const unitsPerNs = 10n ** BigInt(scale - NS_DIGITS);
  return Number((units + unitsPerNs / 2n) / unitsPerNs);
}

function isLobsterType(type: number): type is LobsterType {
  return type >= LobsterType.submission && type <= LobsterType.halt;
}
