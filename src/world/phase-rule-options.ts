import type { Nanos } from "../core/units.ts";
import type { RuleOptions } from "../market/rules/registry.ts";
import { millionthsOf } from "./scenario/amounts.ts";
import type { InstrumentRulesSpec } from "./scenario/rules-schema.ts";

type Spec<Name extends keyof InstrumentRulesSpec> = InstrumentRulesSpec[Name];

/** Trading ends with the run where its last auction does. */
export function auctionsOf(spec: Spec<"auctions">, durationNs: Nanos): RuleOptions["auctions"] {
  if (spec === undefined) return undefined;
  const { opening = 0, closing = 0, batch, allocation } = spec;
  const ends = closing > 0 || batch !== undefined;
  return {
    openingNs: opening,
    closingNs: closing,
    windowNs: batch?.window ?? 0,
    endNs: ends ? durationNs : Infinity,
    allocation,
  };
}

export function limitUpLimitDownOf(spec: Spec<"limitUpLimitDown">): RuleOptions["limitUpLimitDown"] {
  return (
    spec && {
      bandMillionths: millionthsOf(spec.bandPercent),
      windowNs: spec.window,
      limitStateNs: spec.limitState,
      haltNs: spec.halt,
      reopeningNs: spec.reopening,
    }
  );
}

export function circuitBreakerOf(spec: Spec<"circuitBreaker">): RuleOptions["circuitBreaker"] {
  return (
    spec && {
      moveMillionths: millionthsOf(spec.movePercent),
      windowNs: spec.window,
      haltNs: spec.halt,
      reopeningNs: spec.reopening,
    }
  );
}

/** Instruments that are set by the same lines of a scenario fall together, so they get the same options. */
export class MarketHalts {
  readonly #options = new Map<unknown, RuleOptions["marketHalt"]>();

  of(spec: Spec<"marketHalt">): RuleOptions["marketHalt"] {
    if (spec === undefined) return undefined;
    const levels = spec.levels.map(({ declinePercent, halt = Infinity }) => {
      return { declineMillionths: millionthsOf(declinePercent), haltNs: halt };
    });
    const options = this.#options.get(spec) ?? { levels, reopeningNs: spec.reopening };
    this.#options.set(spec, options);
    return options;
  }
}
