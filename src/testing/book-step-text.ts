import { assert } from "../core/assert.ts";
import {
  FlagBits,
  OrderType,
  SelfTradePrevention,
  TimeInForce,
  orderTypeOf,
  selfTradePreventionOf,
  sideOf,
  timeInForceOf,
} from "../model/order-flags.ts";
import { PHASE_NAMES, TradingPhase } from "../model/phase.ts";
import { Reason, reasonName } from "../model/reason.ts";
import { SIDE_NAMES } from "../model/side.ts";
import type { BookStep, SubmitStep } from "./book-steps.ts";

/**
 * Steps as lines of text, one a line, which parse back to the same steps:
 *
 *     buy 1:100 50@5000                         owner 1's order 100: 50 lots at 5000
 *     sell 2:7 50@market ioc
 *     buy 1:101 50@stop trigger 5100            a stop order
 *     buy 1:102 50@5110 trigger 5100 show 10    a stop-limit order, an iceberg once it rests
 *     sell 1:103 50@5001 post slide reduce hidden gtd 700 stp-maker
 *     replace 1:100 40@5001
 *     cancel 1:100 | cancel-all 1 | mass-cancel 1 | disconnect 1
 *     phase auction | phase halted priceBand until 700
 *     position 1 -20 | clock 500 | expire
 *
 * What no sane client sends can be said too: `limit` and `stop-limit` name the type where price and trigger do not
 * tell it, `price`, `expires`, `tif`, `stp` and `extra` set a word or bits.
 */
export function parseStep(line: string): BookStep {
  const words = line.trim().split(/\s+/);
  const verb = words[0];
  switch (verb) {
    case "buy":
    case "sell":
      return parseSubmit(words);
    case "cancel":
      return { do: "cancel", ...parseName(words[1]) };
    case "replace": {
      const [qtyLots, priceTicks] = parsePair(words[2], "@").map(parseNumber);
      return { do: "replace", ...parseName(words[1]), qtyLots, priceTicks };
    }
    case "cancel-all":
      return { do: "cancelAll", owner: parseNumber(words[1]) };
    case "mass-cancel":
      return { do: "massCancel", owner: parseNumber(words[1]) };
    case "disconnect":
      return { do: "disconnect", owner: parseNumber(words[1]) };
    case "phase":
      return parsePhase(words);
    case "position":
      return { do: "position", owner: parseNumber(words[1]), lots: parseNumber(words[2]) };
    case "clock":
      return { do: "clock", nowNs: parseNumber(words[1]) };
    case "expire":
      return { do: "expire" };
    default:
      throw new Error(`no step begins with "${verb}": ${line}`);
  }
}

export function renderStep(step: BookStep): string {
  switch (step.do) {
    case "submit":
      return renderSubmit(step);
    case "cancel":
      return `cancel ${step.owner}:${step.orderId}`;
    case "replace":
      return `replace ${step.owner}:${step.orderId} ${step.qtyLots}@${step.priceTicks}`;
    case "cancelAll":
      return `cancel-all ${step.owner}`;
    case "massCancel":
      return `mass-cancel ${step.owner}`;
    case "disconnect":
      return `disconnect ${step.owner}`;
    case "phase": {
      const until = step.untilNs === 0 ? "" : ` until ${step.untilNs}`;
      return `phase ${PHASE_NAMES[step.phase]}${step.reason === 0 ? "" : ` ${reasonName(step.reason)}`}${until}`;
    }
    case "position":
      return `position ${step.owner} ${step.lots}`;
    case "clock":
      return `clock ${step.nowNs}`;
    default:
      return "expire";
  }
}

/** What an order's flags say beside its side and type: ` ioc post hidden`; empty for a plain order, good till canceled. */
export function renderChoices(flags: number): string {
  const words: string[] = [];
  const timeInForce = timeInForceOf(flags);
  if (timeInForce === TimeInForce.IOC) words.push("ioc");
  else if (timeInForce === TimeInForce.FOK) words.push("fok");
  else if (timeInForce === TimeInForce.GTD) words.push("gtd");
  else if (timeInForce === TimeInForce.DAY) words.push("day");
  else if (timeInForce > TimeInForce.DAY) words.push(`tif ${timeInForce}`);
  for (const [word, bit] of BIT_WORDS) {
    if ((flags & bit) !== 0) words.push(word);
  }
  const selfTrade = selfTradePreventionOf(flags);
  if (selfTrade > SelfTradePrevention.decrement) words.push(`stp ${selfTrade}`);
  else if (selfTrade !== SelfTradePrevention.none) words.push(SELF_TRADE_WORDS[selfTrade]);
  const extra = flags & ~FlagBits.all;
  if (extra !== 0) words.push(`extra ${extra}`);
  return words.map((word) => ` ${word}`).join("");
}

const BIT_WORDS = [
  ["post", FlagBits.postOnly],
  ["slide", FlagBits.slide],
  ["reduce", FlagBits.reduceOnly],
  ["hidden", FlagBits.hidden],
] as const;

const SELF_TRADE_WORDS = ["stp-none", "stp-taker", "stp-maker", "stp-both", "stp-decrement"] as const;

const TIME_IN_FORCE_WORDS: ReadonlyMap<string, number> = new Map([
  ["gtc", TimeInForce.GTC],
  ["ioc", TimeInForce.IOC],
  ["fok", TimeInForce.FOK],
  ["day", TimeInForce.DAY],
]);

function parseSubmit(words: readonly string[]): SubmitStep {
  const [sideName, name, sizeAndPrice, ...rest] = words;
  const [size, price] = parsePair(sizeAndPrice, "@");
  let orderType: number = OrderType.limit;
  let typeIsNamed = false;
  let triggerTicks = 0;
  let expireTimeNs = 0;
  let displayLots = 0;
  let priceTicks = 0;
  if (price === "market") orderType = OrderType.market;
  else if (price === "stop") orderType = OrderType.stop;
  else priceTicks = parseNumber(price);
  let flags = sideName === "buy" ? 0 : FlagBits.side;

  for (let i = 0; i < rest.length; i++) {
    const word = rest[i];
    const bit = BIT_WORDS.find(([candidate]) => candidate === word)?.[1];
    const timeInForce = TIME_IN_FORCE_WORDS.get(word);
    const selfTrade = SELF_TRADE_WORDS.findIndex((candidate) => candidate === word);
    if (bit !== undefined) flags |= bit;
    else if (timeInForce !== undefined) flags |= timeInForce << FlagBits.timeInForceShift;
    else if (selfTrade >= 0) flags |= selfTrade << FlagBits.selfTradeShift;
    else if (word === "limit") typeIsNamed = true;
    else if (word === "stop-limit") orderType = OrderType.stopLimit;
    else {
      const value = parseNumber(rest[++i]);
      if (word === "show") displayLots = value;
      else if (word === "price") priceTicks = value;
      else if (word === "expires") expireTimeNs = value;
      else if (word === "tif") flags |= value << FlagBits.timeInForceShift;
      else if (word === "stp") flags |= value << FlagBits.selfTradeShift;
      else if (word === "extra") flags |= value;
      else if (word === "gtd") {
        flags |= TimeInForce.GTD << FlagBits.timeInForceShift;
        expireTimeNs = value;
      } else if (word === "trigger") {
        triggerTicks = value;
        if (orderType === OrderType.limit && !typeIsNamed) orderType = OrderType.stopLimit;
      } else throw new Error(`an order has no "${word}": ${words.join(" ")}`);
    }
  }
  flags |= orderType << FlagBits.typeShift;
  const qtyLots = parseNumber(size);
  return { do: "submit", ...parseName(name), flags, priceTicks, qtyLots, displayLots, triggerTicks, expireTimeNs };
}

function parsePhase([, name, ...rest]: readonly string[]): BookStep {
  const phases: ReadonlyMap<string, TradingPhase> = new Map(Object.entries(TradingPhase));
  const phase = phases.get(name);
  assert(phase !== undefined, () => `no phase is called ${name}`);
  const until = rest.indexOf("until");
  const reasons: ReadonlyMap<string, number> = new Map(Object.entries(Reason));
  const reason = rest.length === 0 || until === 0 ? 0 : reasons.get(rest[0]);
  assert(reason !== undefined, () => `no reason is called ${rest[0]}`);
  return { do: "phase", phase, reason, untilNs: until < 0 ? 0 : parseNumber(rest[until + 1]) };
}

function renderSubmit(step: SubmitStep): string {
  const { flags, priceTicks, displayLots, triggerTicks, expireTimeNs } = step;
  const orderType = orderTypeOf(flags);
  const isMarket = orderType === OrderType.market;
  const price = isMarket ? "market" : orderType === OrderType.stop ? "stop" : String(priceTicks);
  let text = `${SIDE_NAMES[sideOf(flags)]} ${step.owner}:${step.orderId} ${step.qtyLots}@${price}`;
  if (orderType === OrderType.limit && triggerTicks !== 0) text += " limit";
  if (triggerTicks !== 0) text += ` trigger ${triggerTicks}`;
  if (orderType === OrderType.stopLimit && triggerTicks === 0) text += " stop-limit";
  if ((isMarket || orderType === OrderType.stop) && priceTicks !== 0) text += ` price ${priceTicks}`;
  const isGtd = timeInForceOf(flags) === TimeInForce.GTD;
  text += renderChoices(flags).replace(" gtd", ` gtd ${expireTimeNs}`);
  if (displayLots !== 0) text += ` show ${displayLots}`;
  if (!isGtd && expireTimeNs !== 0) text += ` expires ${expireTimeNs}`;
  return text;
}

function parseName(text: string | undefined): { owner: number; orderId: number } {
  const [owner, orderId] = parsePair(text, ":").map(parseNumber);
  return { owner, orderId };
}

function parsePair(text: string | undefined, separator: string): [string, string] {
  const [first, second] = text?.split(separator) ?? [];
  if (first === undefined || second === undefined) throw new Error(`not a pair with "${separator}": ${text}`);
  return [first, second];
}

function parseNumber(text: string | undefined): number {
  assert(text !== undefined && (text === "NaN" || !Number.isNaN(Number(text))), () => `not a number: ${text}`);
  return Number(text);
}
