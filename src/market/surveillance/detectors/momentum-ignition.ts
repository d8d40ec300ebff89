import type { Nanos } from "../../../core/units.ts";
import { NS_PER_SECOND } from "../../../core/units.ts";
import { RecordKind } from "../../../model/record.ts";
import { Side } from "../../../model/side.ts";
import { AccountStates } from "../account-states.ts";
import type { AlertLog } from "../alert-log.ts";
import type { Detector, DetectorSite } from "../detector.ts";
import type { MarketEvent } from "../market-event.ts";

export interface MomentumIgnitionThresholds {
  /** Orders in one direction that take liquidity, each so soon after the one before. */
  readonly orders: number;
  readonly gapNs: Nanos;
  /** How far they move the price, from the first trade to the last, in usual spreads. */
  readonly spreads: number;
  /** The share of what they brought that is traded out again, and how soon. */
  readonly unwoundShare: number;
  readonly unwindNs: Nanos;
  /** How often it must happen, and the share that it has in all that the account trades. */
  readonly times: number;
  readonly share: number;
}

/**
 * A large order that is worked in slices moves the price as well, but it is not traded out within the minute, twice. A
 * sniper does that by the way; for an igniter there is nothing else.
 */
export const MOMENTUM_IGNITION_THRESHOLDS: MomentumIgnitionThresholds = {
  orders: 4,
  gapNs: 0.5 * NS_PER_SECOND,
  spreads: 1.5,
  unwoundShare: 0.7,
  unwindNs: 60 * NS_PER_SECOND,
  times: 2,
  share: 0.5,
};

/** Weight of a new spread in the usual one. */
const SPREAD_WEIGHT = 0.01;
const SHOWN = 16;

class IgnitionState {
  side: Side = Side.buy;
  lastNs: Nanos = -Infinity;
  lastOrderId = -1;
  orders = 0;
  lots = 0;
  firstTicks = 0;
  movedTicks = 0;
  trades: number[] = [];
  /** A burst that moved the price and is being watched: what of it is still held. */
  hasMoved = false;
  heldLots = 0;
  /** All that it traded, and what of it were bursts and their trading out. */
  tradedLots = 0;
  burstLots = 0;
  times = 0;
  evidence: number[] = [];
}

/** Bursts of orders that move the price, from which the account then trades out with who followed. */
export class MomentumIgnitionDetector implements Detector {
  readonly #log: AlertLog;
  readonly #thresholds: MomentumIgnitionThresholds;
  readonly #states = new AccountStates(() => new IgnitionState());
  /** By instrument; 0 where none was seen yet. */
  readonly #spreads: number[] = [];

  constructor({ log }: DetectorSite, thresholds = MOMENTUM_IGNITION_THRESHOLDS) {
    this.#log = log;
    this.#thresholds = thresholds;
  }

  see(event: MarketEvent): void {
    if (event.kind === RecordKind.submitOrder) this.#noteSpread(event);
    else if (event.kind === RecordKind.trade && !event.isAuction && event.account !== event.makerAccount) {
      this.#states.of(event.instrument, event.account).tradedLots += event.qtyLots;
      this.#states.of(event.instrument, event.makerAccount).tradedLots += event.qtyLots;
      this.#take(event);
      const makerSide = event.side === Side.buy ? Side.sell : Side.buy;
      this.#tradeOut(event, event.makerAccount, makerSide);
    }
  }

  #noteSpread({ instrument, bidTicks, askTicks }: MarketEvent): void {
    if (bidTicks === 0 || askTicks === 0) return;
    const usual = this.#spreads[instrument] ?? 0;
    this.#spreads[instrument] =
      usual === 0 ? askTicks - bidTicks : usual + SPREAD_WEIGHT * (askTicks - bidTicks - usual);
  }

  #take(event: MarketEvent): void {
    const { instrument, account, side, timeNs, priceTicks } = event;
    const state = this.#states.of(instrument, account);
    if (state.hasMoved && side !== state.side) {
      this.#tradeOut(event, account, side);
      return;
    }
    if (side !== state.side || timeNs - state.lastNs > this.#thresholds.gapNs) begin(state, event);
    if (event.orderId !== state.lastOrderId) state.orders++;
    state.lastOrderId = event.orderId;
    state.lastNs = timeNs;
    state.lots += event.qtyLots;
    const moved = side === Side.buy ? priceTicks - state.firstTicks : state.firstTicks - priceTicks;
    state.movedTicks = Math.max(state.movedTicks, moved);
    if (state.trades.length < SHOWN) state.trades.push(event.sequence);
    const { orders, spreads } = this.#thresholds;
    if (state.orders < orders || state.movedTicks < spreads * (this.#spreads[instrument] ?? Infinity)) return;
    state.hasMoved = true;
    state.heldLots = state.lots;
  }

  /** The account trades the other way: as taker, or as maker for those who followed. */
  #tradeOut(event: MarketEvent, account: number, side: Side): void {
    const state = this.#states.of(event.instrument, account);
    if (!state.hasMoved || side === state.side) return;
    if (event.timeNs - state.lastNs > this.#thresholds.unwindNs) {
      state.hasMoved = false;
      return;
    }
    const { unwoundShare, times, share } = this.#thresholds;
    state.heldLots -= event.qtyLots;
    if (state.heldLots > (1 - unwoundShare) * state.lots) return;
    state.hasMoved = false;
    state.times++;
    state.burstLots += 2 * state.lots - state.heldLots;
    state.evidence = [...state.evidence.slice(-SHOWN), ...state.trades, event.sequence];
    if (state.times < times || state.burstLots < share * state.tradedLots) return;
    this.#log.raise("momentumIgnition", event, {
      accounts: [account],
      score: state.times / times,
      finding: `${state.times} bursts that it traded out of; last ${state.orders} orders, ${state.lots} lots, moved the price by ${state.movedTicks} ticks and were traded out within ${((event.timeNs - state.lastNs) / 1e9).toFixed(1)} s`,
      evidence: state.evidence,
    });
  }
}

function begin(state: IgnitionState, { side, priceTicks }: MarketEvent): void {
  state.side = side;
  state.orders = 0;
  state.lots = 0;
  state.lastOrderId = -1;
  state.firstTicks = priceTicks;
  state.movedTicks = 0;
  state.trades = [];
  state.hasMoved = false;
}
