import { assert } from "../../core/assert.ts";
import { CommandWord } from "../../model/command.ts";
import { Reason } from "../../model/reason.ts";
import { RecordKind } from "../../model/record.ts";
import type { VenueRule } from "./rule.ts";

const { owner: OWNER, orderId: ORDER_ID } = CommandWord;
const { submitOrder: SUBMIT } = RecordKind;
const { none: NONE, orderIdUsed: USED, orderIdTooOld: TOO_OLD } = Reason;

/** Order ids are int32; their places count from 1, so that 0 can mean that an owner has used none. */
const PLACE_OF_ZERO = 0x8000_0001;
const OWNERS_AT_START = 64;

export interface UniqueOrderIdsOptions {
  /** How many ids behind an owner's highest are known one by one; rounded up to a power of two of at least 32. */
  readonly window: number;
}

/**
 * Takes each order id of an owner once. Without the rule an owner may use an id again when its order is done, so a
 * command that arrives twice would make two orders of one, the second when nobody expects it.
 *
 * It is the window against replays of RFC 4303 (IPsec): the highest id of each owner, and a bit for each of the ids
 * behind it, so that orders which overtake each other on their way are still taken. An id from before the window could
 * be a used one, so it is refused too. An owner costs the window's bits and one number, whatever it sends; an order
 * costs a bit.
 *
 * The first gate sees every order, so an id is used by an order that another gate, the funds or the book refuses: its
 * owner has been told so, and must not find it accepted later.
 */
export class UniqueOrderIds implements VenueRule {
  declare private readonly bits: number;
  /** By owner: the place of the highest id, 0 for none. */
  private highest = new Float64Array(OWNERS_AT_START);
  /** By owner: a ring of bits, 1 for an id that was used. */
  private used: Int32Array;

  constructor({ window }: UniqueOrderIdsOptions) {
    assert(window >= 1 && window <= 1 << 20, "a window has 1 to 2^20 ids");
    let bits = 32;
    while (bits < window) bits *= 2;
    this.bits = bits;
    this.used = new Int32Array((OWNERS_AT_START * bits) >> 5);
  }

  admit(words: Int32Array, _doubles: Float64Array, at: number): number {
    if (words[at] !== SUBMIT) return NONE;
    const owner = words[at | OWNER];
    if (owner >= this.highest.length) this.grow(owner);
    const { bits, highest, used } = this;
    const orderId = words[at | ORDER_ID];
    const place = orderId + PLACE_OF_ZERO;
    // Mostly the id behind the one before: its slot is the one that the window leaves behind.
    if (place - highest[owner] !== 1) return this.admitOther(owner, orderId);
    highest[owner] = place;
    const slot = orderId & (bits - 1);
    used[(owner * bits + slot) >> 5] |= 1 << (slot & 31);
    return NONE;
  }

  private admitOther(owner: number, orderId: number): number {
    const { bits, used } = this;
    const place = orderId + PLACE_OF_ZERO;
    const ahead = place - this.highest[owner];
    if (ahead <= -bits) return TOO_OLD;
    const row = (owner * bits) >> 5;
    const slot = orderId & (bits - 1);
    const bit = 1 << (slot & 31);
    const word = row + (slot >> 5);
    if (ahead > 0) {
      this.advance(row, slot, ahead);
      this.highest[owner] = place;
    } else if ((used[word] & bit) !== 0) return USED;
    used[word] |= bit;
    return NONE;
  }

  /** Forgets the ids that the window leaves behind: the slots of those between the old highest one and the new. */
  private advance(row: number, slot: number, ahead: number): void {
    const { bits, used } = this;
    if (ahead >= bits) {
      used.fill(0, row, row + (bits >> 5));
      return;
    }
    for (let back = 0; back < ahead; back++) {
      const passed = (slot - back) & (bits - 1);
      used[row + (passed >> 5)] &= ~(1 << (passed & 31));
    }
  }

  private grow(owner: number): void {
    let owners = this.highest.length;
    while (owners <= owner) owners *= 2;
    const highest = new Float64Array(owners);
    highest.set(this.highest);
    const used = new Int32Array((owners * this.bits) >> 5);
    used.set(this.used);
    this.highest = highest;
    this.used = used;
  }
}
