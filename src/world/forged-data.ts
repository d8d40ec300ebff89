import { LevelChangedWord, PublicTradeWord, QuoteWord, SnapshotWord } from "../model/market-data.ts";
import { RECORD_WORDS, RecordKind } from "../model/record.ts";
import type { Forgery } from "../network/gossip/gossip.ts";
import { actorsOf } from "./network-fault.ts";
import type { RoutedSection } from "./scenario/network-schema.ts";
import type { Scenario } from "./scenario/schema.ts";

const Kind = { ...RecordKind };
const LEVEL_WORDS = 4;

/** Who forges market data, as the scenario says; undefined where nobody does. */
export function forgeryOf(scenario: Scenario, { transport }: RoutedSection): Forgery | undefined {
  const { forgers, forgedTicks, signed } = transport;
  if (forgers.length === 0) return undefined;
  const names = new Set(actorsOf(scenario, forgers));
  return {
    // Notes between agents have no prices that anybody knows of.
    isForger: (name, words, at) => words[at] !== Kind.note && names.has(name),
    forge: (words, at) => raisePrices(words, at, forgedTicks),
    isSigned: signed,
  };
}

/** Raises every price in a message of market data, but those that say that there is none. */
export function raisePrices(words: Int32Array, at: number, ticks: number): void {
  const raise = (word: number): void => {
    if (words[at + word] !== 0) words[at + word] += ticks;
  };
  switch (words[at]) {
    case Kind.quote:
      raise(QuoteWord.bidTicks);
      raise(QuoteWord.askTicks);
      raise(QuoteWord.lastTicks);
      break;
    case Kind.levelChanged:
      raise(LevelChangedWord.priceTicks);
      break;
    case Kind.publicTrade:
      raise(PublicTradeWord.priceTicks);
      break;
    case Kind.bookSnapshot: {
      const levels = words[at + SnapshotWord.bids] + words[at + SnapshotWord.asks];
      for (let level = 0; level < levels; level++) raise(RECORD_WORDS + LEVEL_WORDS * level);
      break;
    }
    default:
  }
}
