import { describe, expect, test } from "vitest";

import type { FeeSchedule } from "../market/fees.ts";
import { Ledger } from "../market/ledger.ts";
import { profileNamed } from "../testing/book-profiles.ts";
import type { ReportCounts } from "../testing/venue-flow.ts";
import { VENUE_PROFILES, runVenueFlow, wealthFor } from "../testing/venue-flow.ts";

/** All profiles together: the soak runs the same for millions. */
const COMMANDS = 65_000;
const COMMANDS_EACH = COMMANDS / VENUE_PROFILES.length;

describe("money is right after every command", () => {
  const counts = new Map<string, number>();

  test.each(VENUE_PROFILES)("$name", (profile) => {
    const flow = runVenueFlow({ profile, seed: 1, commands: COMMANDS_EACH, wealth: wealthFor(profile) });
    for (const [name, count] of flow) counts.set(name, (counts.get(name) ?? 0) + count);
  });

  // A flow that never got into a corner proves nothing about it.
  test.each([
    ["trade", 5_000],
    ["orderRejected limit insufficientFunds", 2_000],
    ["orderRejected market insufficientFunds", 100],
    ["requestRejected limit insufficientFunds", 50],
    ["orderTriggered limit none", 500],
    ["orderTriggered market none", 500],
    ["orderCanceled limit insufficientFunds", 100],
    ["orderCanceled market insufficientFunds", 100],
    ["orderCanceled limit reduceOnlyWouldIncrease", 200],
    ["orderCanceled market reduceOnlyWouldIncrease", 50],
    ["orderCanceled limit priceBand", 10],
    ["orderCanceled limit selfTradeMaker", 300],
    ["orderCanceled limit selfTradeTaker", 200],
    ["orderCanceled limit selfTradeDecrement", 300],
    ["orderCanceled market selfTradeDecrement", 50],
    ["orderCanceled limit iocRemainder", 300],
    ["orderCanceled limit fokNotFillable", 300],
    ["orderCanceled market marketRemainder", 100],
    ["orderCanceled limit canceledByOwner", 1_000],
    ["orderCanceled limit canceledByVenue", 300],
    ["orderCanceled limit canceledOnDisconnect", 200],
    ["orderCanceled limit replacedAway", 50],
    ["orderExpired limit none", 500],
    ["orderExpired stopLimit none", 20],
    ["orderReplaced limit keptPriority", 300],
    ["orderReplaced limit lostPriority", 500],
    ["orderReplaced stopLimit keptPriority", 50],
    ["orderAccepted limit postOnlySlid", 100],
    ["phaseChanged traded", 200],
    ["orderAccepted limit marketPriced", 100],
    ["orderCanceled limit auctionRemainder", 80],
    ["orderCanceled limit notInAuction", 10],
    ["orderRejected limit halted", 50],
    ["orderRejected limit unknownOwner", 30],
    ["orderRejected limit unknownInstrument", 30],
  ])("the flow had %s at least %i times", (name, least) => {
    expect(counts.get(name) ?? 0).toBeGreaterThanOrEqual(least);
  });
});

describe("money is right under schedules with tiers, least fees and a surcharge on wash trades", () => {
  const schedules: Readonly<Record<string, readonly [FeeSchedule, FeeSchedule]>> = {
    "a least fee that most notionals are below": [
      { makerMillionths: 0, takerMillionths: 7_001, minimumUnits: 1_000_000 },
      { makerMillionths: 9_999, takerMillionths: 300, minimumUnits: 20_000 },
    ],
    "tiers over all time, and over a window": [
      {
        makerMillionths: -300,
        takerMillionths: 7_001,
        tiers: [
          { volumeUnits: 20_000_000, makerMillionths: -2_000, takerMillionths: 4_000 },
          { volumeUnits: 90_000_000, makerMillionths: 12_000, takerMillionths: 9_000 },
        ],
      },
      {
        makerMillionths: 5_000,
        takerMillionths: 9_999,
        tiers: [{ volumeUnits: 3_000_000, makerMillionths: 0, takerMillionths: 333 }],
        volumeWindowNs: 500,
      },
    ],
    "all of them": [
      {
        makerMillionths: -5_000,
        takerMillionths: 7_001,
        tiers: [{ volumeUnits: 30_000_000, makerMillionths: 1_000, takerMillionths: 5_000 }],
        minimumUnits: 7,
        washMillionths: 50_000,
        volumeWindowNs: 3_333,
      },
      { makerMillionths: 400_000, takerMillionths: 0, minimumUnits: 300, washMillionths: 600_000 },
    ],
  };

  test.each(Object.entries(schedules))("%s", (_, fees) => {
    for (const name of ["everything", "self-trades", "time passes", "market orders on little money"]) {
      const profile = VENUE_PROFILES.find((candidate) => candidate.name === name) ?? VENUE_PROFILES[0];
      const counts = runVenueFlow({ profile, seed: 1, commands: 1_500, wealth: wealthFor(profile), fees });
      expect(counts.get("trade") ?? 0).toBeGreaterThan(70);
    }
  });
});

test("the same seed gives the same flow, another one another", () => {
  const profile = profileNamed("everything");
  const run = (seed: number): ReportCounts => runVenueFlow({ profile, seed, commands: 1_000 });
  expect([...run(7)]).toEqual([...run(7)]);
  expect([...run(8)]).not.toEqual([...run(7)]);
});

/** A ledger that does one thing wrong now and then. The money checker must find out. */
class FaultyLedger extends Ledger {
  readonly #fault: (ledger: Ledger, call: LedgerCall) => LedgerCall | undefined;

  constructor(assets: number, fault: (ledger: Ledger, call: LedgerCall) => LedgerCall | undefined) {
    super(assets);
    this.#fault = fault;
  }

  override reserve(account: number, asset: number, units: number): void {
    const call = this.#fault(this, { kind: "reserve", account, asset, units });
    if (call !== undefined) super.reserve(call.account, call.asset, call.units);
  }

  override release(account: number, asset: number, units: number): void {
    const call = this.#fault(this, { kind: "release", account, asset, units });
    if (call !== undefined) super.release(call.account, call.asset, call.units);
  }

  override transfer(from: number, to: number, asset: number, units: number): void {
    const call = this.#fault(this, { kind: "transfer", account: from, to, asset, units });
    if (call !== undefined) super.transfer(call.account, call.to ?? to, call.asset, call.units);
  }
}

interface LedgerCall {
  readonly kind: "reserve" | "release" | "transfer";
  readonly account: number;
  readonly to?: number;
  readonly asset: number;
  readonly units: number;
}

/** Does something to every `nth` call of a kind. */
function everyNth(
  kind: LedgerCall["kind"],
  nth: number,
  change: (call: LedgerCall, ledger: Ledger) => LedgerCall | undefined,
): (ledger: Ledger, call: LedgerCall) => LedgerCall | undefined {
  let calls = 0;
  return (ledger, call) => (call.kind === kind && ++calls % nth === 0 ? change(call, ledger) : call);
}

describe("the checker finds a ledger that", () => {
  test.each([
    ["forgets to release", everyNth("release", 20, () => undefined), /reserved: expected/],
    ["forgets to reserve", everyNth("reserve", 20, () => undefined), /reserved: expected|more was released/],
    ["forgets to pay", everyNth("transfer", 20, () => undefined), /has -?\d+ of asset/],
    [
      "pays a unit too much",
      everyNth("transfer", 20, (call) => ({ ...call, units: call.units + 1 })),
      /has -?\d+ of asset|below its limit/,
    ],
    ["pays the outside world", everyNth("transfer", 20, (call) => ({ ...call, to: 0 })), /has -?\d+ of asset/],
    [
      "pays in another asset",
      everyNth("transfer", 20, (call) => ({ ...call, asset: 1 - (call.asset % 2) })),
      /has -?\d+ of asset|below its limit/,
    ],
    [
      "releases a unit too much",
      everyNth("release", 20, (call) => ({ ...call, units: call.units + 1 })),
      /reserved: expected|more was released/,
    ],
    [
      "releases for somebody else",
      everyNth("release", 20, (call) => ({ ...call, account: 5 })),
      /reserved: expected|more was released/,
    ],
    [
      "makes money",
      everyNth("transfer", 20, (call, ledger) => {
        ledger.deposit(call.account, call.asset, 1);
        return call;
      }),
      /has -?\d+ of asset/,
    ],
    [
      "lends without being asked",
      everyNth("reserve", 20, (call, ledger) => {
        ledger.grantCredit(call.account, call.asset, 1);
        return call;
      }),
      /wrong free amount/,
    ],
  ])("%s", (_, fault, message) => {
    const profile = profileNamed("everything");
    const wrap = (ledger: Ledger): Ledger => new FaultyLedger(ledger.assets, fault);
    expect(() => runVenueFlow({ profile, seed: 1, commands: 2_000, wrap })).toThrow(message);
  });
});
