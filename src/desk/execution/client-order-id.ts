import { assert } from "../../core/assert.ts";

/** Venues allow 32 to 36 characters; 20 leave room for what an adapter must add. */
export const CLIENT_ORDER_ID_CHARS_MAX = 20;

const DESK_NAME = /^[a-z]{2,6}$/;
const CLIENT_ORDER_ID = /^([a-z]{2,6})-([0-9a-z]+)-([0-9a-z])$/;
const BASE = 36;
/** Attempts have one digit of the base. */
export const ATTEMPTS_MAX = BASE;

/**
 * The id under which a venue knows an order: the desk's name, the desk's number of the order, and which attempt it is.
 * It follows from these alone, so that a desk which starts again, or its standby, gives the same order the same id, and
 * the venue refuses it the second time.
 */
export function clientOrderIdOf(desk: string, order: number, attempt: number): string {
  assert(DESK_NAME.test(desk), "a desk's name in client order ids is 2 to 6 small letters");
  assert(attempt >= 0 && attempt < ATTEMPTS_MAX, "an order is tried a bounded number of times");
  const id = `${desk}-${order.toString(BASE)}-${attempt.toString(BASE)}`;
  assert(id.length <= CLIENT_ORDER_ID_CHARS_MAX, "client order ids fit into every venue's");
  return id;
}

/** Reads an id of that desk. @returns undefined for ids of others */
export function parseClientOrderId(
  desk: string,
  id: string,
): { readonly order: number; readonly attempt: number } | undefined {
  const match = CLIENT_ORDER_ID.exec(id);
  if (match === null || match[1] !== desk) return undefined;
  return { order: Number.parseInt(match[2], BASE), attempt: Number.parseInt(match[3], BASE) };
}
