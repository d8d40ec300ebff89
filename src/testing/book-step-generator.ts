import type { RandomStream } from "../core/random.ts";
import { INT32_MAX } from "../core/units.ts";
import type { BookRules } from "../market/order-book.ts";
import type { SelfTradePrevention } from "../model/order-flags.ts";
import { OrderType, packFlags, sideOf, TimeInForce } from "../model/order-flags.ts";
import { TradingPhase } from "../model/phase.ts";
import { Side } from "../model/side.ts";
import type { BookProfile, OrderTrait, StepKind } from "./book-profiles.ts";
import { PROFILE_RULES } from "./book-profiles.ts";
import type { BookStep, SubmitStep } from "./book-steps.ts";

/** Lifetimes of good-till-date orders, and steps of the clock. */
const LIFETIME_NS_MAX = 200;
const CLOCK_STEP_NS_MAX = 30;
const POSITION_LOTS_MAX = 60;
/** Cancels and replaces mostly concern one of so many latest orders, so that they often find it alive. */
const LATEST_ORDERS = 12;
/** An iceberg has so many parts at most: one of 2^31 parts would trade for hours. */
const ICEBERG_PARTS_MAX = 20;

/**
 * Draws steps one by one. They depend on the random stream and the profile only, never on what a book answered, so
 * any of them can be left out when a failure is made small.
 */
export class BookStepGenerator {
  readonly #random: RandomStream;
  readonly #profile: BookProfile;
  readonly #rules: BookRules;
  readonly #kinds: readonly (readonly [kind: StepKind, upTo: number])[];
  #centreTicks: number;
  #nowNs = 0;
  readonly #latest: SubmitStep[] = [];

  constructor(random: RandomStream, profile: BookProfile) {
    this.#random = random;
    this.#profile = profile;
    this.#rules = { ...PROFILE_RULES, ...profile.rules };
    this.#centreTicks = Math.min(10_000, this.#rules.priceTicksMax);
    let upTo = 0;
    this.#kinds = KINDS.map((kind) => [kind, (upTo += profile.weights[kind] ?? 0)]);
  }

  next(): BookStep {
    const { walkTicks, jumpChance } = this.#profile;
    const { priceTicksMin, priceTicksMax } = this.#rules;
    if (this.#random.chance(jumpChance)) this.#centreTicks = this.#random.integer(priceTicksMin, priceTicksMax);
    this.#centreTicks = this.#inLimits(this.#centreTicks + this.#random.integer(-walkTicks, walkTicks));
    const kind = this.#kind();
    switch (kind) {
      case "submit":
        return this.#remember(this.#submit());
      case "cancel": {
        const { owner, orderId } = this.#someOrder();
        return { do: kind, owner, orderId };
      }
      case "replace":
        return this.#replace();
      case "cancelAll":
      case "massCancel":
      case "disconnect":
        return { do: kind, owner: this.#owner() };
      case "phase":
        return this.#phase();
      case "position":
        return { do: kind, owner: this.#owner(), lots: this.#random.integer(-POSITION_LOTS_MAX, POSITION_LOTS_MAX) };
      case "clock":
        this.#nowNs += this.#random.integer(0, CLOCK_STEP_NS_MAX);
        return { do: kind, nowNs: this.#nowNs };
      default:
        return { do: "expire" };
    }
  }

  /** Mostly one call after the other. */
  #phase(): BookStep {
    const drawn = this.#random.uniform();
    const { auction, continuous, halted, closed } = TradingPhase;
    const phase = drawn < 0.6 ? auction : drawn < 0.88 ? continuous : drawn < 0.97 ? halted : closed;
    return { do: "phase", phase, reason: 0, untilNs: this.#random.chance(0.5) ? 0 : this.#nowNs + 10 };
  }

  #replace(): BookStep {
    const { owner, orderId, priceTicks, qtyLots, flags } = this.#someOrder();
    const step = { do: "replace" as const, owner, orderId };
    if (this.#has("bad")) {
      return this.#random.chance(0.5)
        ? { ...step, priceTicks, qtyLots: this.#oddNumber(this.#rules.qtyLotsMax) }
        : { ...step, qtyLots, priceTicks: this.#oddNumber(this.#rules.priceTicksMax) };
    }
    return {
      ...step,
      priceTicks: this.#random.chance(0.4) ? priceTicks : this.#priceTicks(sideOf(flags)),
      qtyLots: this.#random.chance(0.5) ? this.#random.integer(Math.min(1, qtyLots), qtyLots) : this.#qtyLots(),
    };
  }

  /** An order that was sent, most often one of the latest; whether it lives nobody knows here. */
  #someOrder(): SubmitStep {
    if (this.#latest.length === 0 || this.#random.chance(0.2)) return { ...this.#submit(), ...this.#name() };
    return this.#latest[this.#random.integer(0, this.#latest.length - 1)];
  }

  #remember(step: SubmitStep): SubmitStep {
    this.#latest.push(step);
    if (this.#latest.length > LATEST_ORDERS) this.#latest.shift();
    return step;
  }

  #submit(): SubmitStep {
    const side = this.#side();
    const orderType = this.#orderType();
    const timeInForce = this.#timeInForce();
    const isStop = orderType === OrderType.stop || orderType === OrderType.stopLimit;
    const isPriced = orderType === OrderType.limit || orderType === OrderType.stopLimit;
    const canPost = orderType === OrderType.limit && !KILLED_TIMES_IN_FORCE.includes(timeInForce);
    const postOnly = canPost && this.#has("postOnly");
    const hidden = this.#has("hidden");
    const qtyLots = this.#qtyLots();
    const step: SubmitStep = {
      do: "submit",
      ...this.#name(),
      flags: packFlags({
        side,
        orderType,
        timeInForce,
        postOnly,
        slide: postOnly && this.#has("slide"),
        reduceOnly: this.#has("reduceOnly"),
        hidden,
        selfTradePrevention: this.#selfTradePrevention(),
      }),
      priceTicks: isPriced ? this.#priceTicks(side) : 0,
      qtyLots,
      displayLots: isPriced && !hidden && this.#has("iceberg") ? this.#displayLots(qtyLots) : 0,
      triggerTicks: isStop ? this.#priceTicks(this.#side()) : 0,
      expireTimeNs: timeInForce === TimeInForce.GTD ? this.#nowNs + this.#random.integer(1, LIFETIME_NS_MAX) : 0,
    };
    return this.#has("bad") ? this.#spoil(step) : step;
  }

  /** Gives one field a value that a sane client would not send; some are still right. */
  #spoil(step: SubmitStep): SubmitStep {
    const { priceTicksMax, qtyLotsMax } = this.#rules;
    switch (this.#random.integer(0, 6)) {
      case 0: {
        const odd = [-1, 1 << 22, 5_000, INT32_MAX, -INT32_MAX - 1];
        return { ...step, owner: odd[this.#random.integer(0, odd.length - 1)] };
      }
      case 6:
        return { ...step, flags: this.#random.chance(0.7) ? this.#random.integer(0, 0x1fff) : this.#random.int32() };
      case 1:
        return { ...step, priceTicks: this.#oddNumber(priceTicksMax) };
      case 2:
        return { ...step, displayLots: 0, qtyLots: this.#oddNumber(qtyLotsMax) };
      case 3:
        return { ...step, displayLots: this.#oddNumber(step.qtyLots), qtyLots: Math.min(step.qtyLots, 1_000) };
      case 4:
        return { ...step, triggerTicks: this.#oddNumber(priceTicksMax) };
      default: {
        const odd = [Number.NaN, -1, 0, this.#nowNs, this.#nowNs + 1, Infinity, Number.MAX_VALUE, 0.5];
        return { ...step, expireTimeNs: odd[this.#random.integer(0, odd.length - 1)] };
      }
    }
  }

  #oddNumber(near: number): number {
    const odd = [0, -1, 1, near, near + 1, near - 1, INT32_MAX, -INT32_MAX - 1];
    return odd[this.#random.integer(0, odd.length - 1)] | 0;
  }

  #kind(): StepKind {
    const total = this.#kinds[this.#kinds.length - 1][1];
    const drawn = this.#random.uniform() * total;
    return this.#kinds.find(([, upTo]) => drawn < upTo)?.[0] ?? "submit";
  }

  #has(trait: OrderTrait): boolean {
    return this.#random.chance(this.#profile.chances[trait] ?? 0);
  }

  #side(): Side {
    return this.#random.chance(0.5) ? Side.buy : Side.sell;
  }

  #owner(): number {
    const owner = this.#random.integer(0, this.#profile.owners - 1);
    // One owner with a large number, so that tables by owner must grow.
    return owner === 3 ? 1_000 : owner;
  }

  #name(): { owner: number; orderId: number } {
    const id = this.#random.integer(0, this.#profile.ids - 1);
    // Half of the ids are small numbers, half lie anywhere in int32.
    return { owner: this.#owner(), orderId: id % 2 === 0 ? id >> 1 : Math.imul(id, 0x9e3779b1) };
  }

  #orderType(): OrderType {
    if (this.#has("market")) return OrderType.market;
    if (this.#has("stop")) return OrderType.stop;
    return this.#has("stopLimit") ? OrderType.stopLimit : OrderType.limit;
  }

  #timeInForce(): TimeInForce {
    if (this.#has("ioc")) return TimeInForce.IOC;
    if (this.#has("fok")) return TimeInForce.FOK;
    if (this.#has("gtd")) return TimeInForce.GTD;
    return this.#has("day") ? TimeInForce.DAY : TimeInForce.GTC;
  }

  #selfTradePrevention(): SelfTradePrevention {
    if (!this.#has("selfTradePrevention")) return 0;
    return ([1, 2, 3, 4] as const)[this.#random.integer(0, 3)];
  }

  /** A quarter of the orders reach over the centre, so that about as much trades as rests. */
  #priceTicks(side: Side): number {
    const distance = this.#random.integer(-Math.floor(this.#profile.spreadTicks / 3), this.#profile.spreadTicks);
    return this.#inLimits(this.#centreTicks + (side === Side.buy ? -distance : distance));
  }

  #qtyLots(): number {
    const { qtyLotsMin } = this.#rules;
    return this.#random.integer(qtyLotsMin, Math.max(qtyLotsMin, this.#profile.qtyLotsMax));
  }

  #displayLots(qtyLots: number): number {
    return this.#random.integer(Math.ceil(qtyLots / ICEBERG_PARTS_MAX), qtyLots);
  }

  #inLimits(priceTicks: number): number {
    return Math.max(this.#rules.priceTicksMin, Math.min(this.#rules.priceTicksMax, priceTicks));
  }
}

const KINDS: readonly StepKind[] = [
  "submit",
  "cancel",
  "replace",
  "cancelAll",
  "massCancel",
  "disconnect",
  "phase",
  "position",
  "clock",
  "expire",
];

const KILLED_TIMES_IN_FORCE: readonly TimeInForce[] = [TimeInForce.IOC, TimeInForce.FOK];
