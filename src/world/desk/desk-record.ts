import type { ExecutionReport } from "../../desk/execution/algorithms/shortfall.ts";
import type { ExecutionAlarm } from "../../desk/execution/execution-host.ts";
import type { OrderStatus } from "../../desk/execution/order-status.ts";
import type { MismatchKind } from "../../desk/portfolio/mismatch.ts";
import type { FillOutcome } from "../../desk/portfolio/portfolio.ts";
import type { Reconciliation } from "../../desk/portfolio/reconcile.ts";
import type { DeniedReason } from "../../desk/risk/denied-reason.ts";

/** What happened on a desk, counted: for the summary. */
export class DeskRecord {
  /** By agent. */
  readonly intents: number[];
  readonly denials: Map<DeniedReason, number>[];
  readonly ends: Map<OrderStatus, number>[];
  readonly fills: number[];
  readonly alarms: ExecutionAlarm[] = [];
  readonly mismatches = new Map<MismatchKind, number>();
  /** Orders that were worked off in parts, as they ended. */
  readonly executions: { readonly agent: number; readonly algorithm: string; readonly report: ExecutionReport }[] = [];
  reconciliations = 0;
  halts = 0;
  quarantined = 0;

  constructor(agents: number) {
    this.intents = Array.from({ length: agents }, () => 0);
    this.denials = Array.from({ length: agents }, () => new Map<DeniedReason, number>());
    this.ends = Array.from({ length: agents }, () => new Map<OrderStatus, number>());
    this.fills = Array.from({ length: agents }, () => 0);
  }

  denied(agent: number, reason: DeniedReason): void {
    countUp(this.denials[agent], reason);
  }

  final(agent: number, status: OrderStatus): void {
    countUp(this.ends[agent], status);
  }

  filled(outcome: FillOutcome): void {
    if (outcome.kind === "booked") this.fills[outcome.subAccount]++;
    else if (outcome.kind === "quarantined") this.quarantined++;
  }

  reconciled({ mismatches, isHalted }: Reconciliation): void {
    this.reconciliations++;
    if (isHalted) this.halts++;
    for (const { mismatch } of mismatches) countUp(this.mismatches, mismatch.kind);
  }
}

function countUp<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
