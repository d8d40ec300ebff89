import type { DecimalGrid } from "../../core/decimal.ts";

/** Steps of one grid in those of another: `times / over`, one of which is 1. */
export interface GridRatio {
  readonly times: number;
  readonly over: number;
}

/**
 * What a step of a recording's grid is in steps of the instrument's: 0.1 on the grid 0.01 is 10, 0.005 on it is 1/2.
 * @returns undefined where neither step is a whole number of the other, or too many
 */
export function gridRatio(recorded: DecimalGrid, own: DecimalGrid): GridRatio | undefined {
  const recordedUnits = BigInt(recorded.stepUnits) * 10n ** BigInt(own.scale);
  const ownUnits = BigInt(own.stepUnits) * 10n ** BigInt(recorded.scale);
  if (recordedUnits % ownUnits === 0n) return ratio(recordedUnits / ownUnits, 1n);
  if (ownUnits % recordedUnits === 0n) return ratio(1n, ownUnits / recordedUnits);
  return undefined;
}

function ratio(times: bigint, over: bigint): GridRatio | undefined {
  const most = BigInt(Number.MAX_SAFE_INTEGER);
  return times > most || over > most ? undefined : { times: Number(times), over: Number(over) };
}
