import { formatOnGrid } from "../core/decimal.ts";
import { formatTimeOfDay } from "../core/duration.ts";
import type { Nanos } from "../core/units.ts";
import { INT32_MAX } from "../core/units.ts";
import type { Alert, DetectorName } from "../market/surveillance/alert.ts";
import { DETECTOR_KINDS } from "../market/surveillance/detector-kinds.ts";
import type { DetectorKind } from "../market/surveillance/detector-kinds.ts";
import type { TrailEntry } from "../market/surveillance/event-trail.ts";
import type { Instrument } from "../model/instrument.ts";
import { RecordKind, recordKindName } from "../model/record.ts";
import { SIDE_NAMES } from "../model/side.ts";
import { agentNameOf } from "../world/scenario/groups.ts";
import type { World } from "../world/world.ts";

/** What surveillance found in a run, for people and programs. */
export interface SurveillanceSummary {
  readonly alerts: readonly AlertSummary[];
  /** Alerts for which there was no room. */
  readonly dropped: number;
}

export interface AlertSummary {
  readonly detector: DetectorName;
  readonly nature: DetectorKind["nature"];
  readonly venue: string;
  readonly symbol: string;
  readonly agents: readonly string[];
  readonly score: number;
  readonly occurrences: number;
  /** Of the first and the last occurrence, as times of day. */
  readonly first: string;
  readonly last: string;
  readonly finding: string;
  readonly evidence: readonly EvidenceSummary[];
}

/** An event of the evidence: who did what. `sequence` counts the venue's commands and reports from 1. */
export interface EvidenceSummary {
  readonly sequence: number;
  readonly timeNs: Nanos;
  readonly time: string;
  readonly event: string;
  readonly agent: string;
  readonly orderId: number;
  readonly side: string;
  readonly qty: string;
  /** Empty for market orders and for messages without one. */
  readonly price: string;
  /** Of trades: whose order rested. */
  readonly against?: string;
}

/** Undefined where nobody watched. The strongest alerts come first. */
export function summarizeAlerts(world: World): SurveillanceSummary | undefined {
  if (world.surveillance.length === 0) return undefined;
  const names = agentNames(world);
  const alerts = world.surveillance.flatMap((watcher, place) =>
    watcher.alerts.map((alert) => describeAlert(world, { alert, place, names })),
  );
  return {
    alerts: alerts.toSorted((a, b) => b.score - a.score),
    dropped: world.surveillance.reduce((sum, { dropped }) => sum + dropped, 0),
  };
}

/** By account. */
function agentNames({ groups }: World): ReadonlyMap<number, string> {
  return new Map(
    groups.flatMap(({ name, accounts }) => accounts.map((account, index) => [account, agentNameOf(name, index + 1)])),
  );
}

function describeAlert(
  world: World,
  { alert, place, names }: { alert: Alert; place: number; names: ReadonlyMap<number, string> },
): AlertSummary {
  const { venue } = world.venues[place];
  const { instrument } = venue.listed[alert.instrument];
  const nameOf = (account: number): string => names.get(account) ?? `account ${account}`;
  const timeOf = (ns: Nanos): string => formatTimeOfDay(world.scenario.start + ns, 3);
  const { detector, score, occurrences, firstNs, lastNs, finding } = alert;
  return {
    detector,
    nature: DETECTOR_KINDS.find(({ name }) => name === detector)?.nature ?? "offence",
    venue: venue.name,
    symbol: instrument.symbol,
    agents: alert.accounts.map(nameOf),
    score: Math.round(100 * score) / 100,
    occurrences,
    first: timeOf(firstNs),
    last: timeOf(lastNs),
    finding,
    evidence: alert.evidence.map((entry) => ({
      ...describeEvent(entry, instrument),
      time: formatTimeOfDay(world.scenario.start + entry.timeNs, 6),
      agent: nameOf(entry.account),
      ...(entry.kind === RecordKind.trade ? { against: nameOf(entry.makerAccount) } : {}),
    })),
  };
}

function describeEvent(
  { sequence, timeNs, kind, orderId, side, qtyLots, priceTicks }: TrailEntry,
  { tick, lot }: Instrument,
): Omit<EvidenceSummary, "time" | "agent" | "against"> {
  const hasPrice = priceTicks > 0 && priceTicks < INT32_MAX;
  const hasOrder = kind === RecordKind.submitOrder || kind >= RecordKind.orderAccepted;
  return {
    sequence,
    timeNs,
    event: recordKindName(kind),
    orderId,
    side: hasOrder ? SIDE_NAMES[side] : "",
    qty: qtyLots > 0 ? formatOnGrid(qtyLots, lot) : "",
    price: hasPrice ? formatOnGrid(priceTicks, tick) : "",
  };
}
