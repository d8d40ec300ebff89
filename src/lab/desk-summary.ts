import type { DeskActor } from "../world/desk/desk-actor.ts";
import { unitsText } from "./units-text.ts";

/** What a desk came to. Amounts are decimal text in the asset in which it reports. */
export interface DeskSummary {
  readonly name: string;
  readonly asset: string;
  readonly profit: string;
  readonly agents: readonly DeskAgentSummary[];
  /** Large orders that were worked off in parts, as they ended. */
  readonly executions: readonly DeskExecutionSummary[];
  /** How often accounts were compared, how often that halted the desk, and what was found, by kind. */
  readonly reconciliations: number;
  readonly halts: number;
  readonly mismatches: Readonly<Record<string, number>>;
  readonly quarantined: number;
  /** By kind. */
  readonly alarms: Readonly<Record<string, number>>;
}

export interface DeskExecutionSummary {
  readonly agent: string;
  readonly algorithm: string;
  readonly orderedLots: number;
  readonly filledLots: number;
  /** Against the mid at the decision, in basis points: of what was filled, and of the whole order. */
  readonly slippageBps: number;
  readonly shortfallBps: number;
}

export interface DeskAgentSummary {
  readonly name: string;
  readonly strategy: string;
  readonly profit: string;
  readonly intents: number;
  readonly fills: number;
  /** Why intents were denied, and how orders ended, by name. */
  readonly denied: Readonly<Record<string, number>>;
  readonly ended: Readonly<Record<string, number>>;
}

export function summarizeDesk(desk: DeskActor): DeskSummary {
  const { record, roster, path } = desk;
  const { assets } = path.portfolio.listing.assets;
  const { code, decimals } = assets[path.risk.desk.valuation.reportingAsset];
  const text = (units: number): string =>
    Number.isFinite(units) ? unitsText(BigInt(Math.round(units)), decimals) : "?";
  const agents = roster.agents.flatMap((name, agent): DeskAgentSummary[] => {
    const strategy = roster.strategies[roster.strategyOf[agent]];
    if (strategy === undefined) return [];
    return [
      {
        name,
        strategy,
        profit: text(desk.profitOf(agent)),
        intents: record.intents[agent],
        fills: record.fills[agent],
        denied: Object.fromEntries(record.denials[agent]),
        ended: Object.fromEntries(record.ends[agent]),
      },
    ];
  });
  const alarms: Record<string, number> = {};
  for (const { kind } of record.alarms) alarms[kind] = (alarms[kind] ?? 0) + 1;
  return {
    name: desk.name,
    asset: code,
    profit: text(roster.agents.reduce((sum, _, agent) => sum + desk.profitOf(agent), 0)),
    agents,
    executions: record.executions.map(({ agent, algorithm, report }) => ({
      agent: roster.agents[agent],
      algorithm,
      orderedLots: report.orderedLots,
      filledLots: report.filledLots,
      slippageBps: report.slippageMillionths / 100,
      shortfallBps: report.shortfallMillionths / 100,
    })),
    reconciliations: record.reconciliations,
    halts: record.halts,
    mismatches: Object.fromEntries(record.mismatches),
    quarantined: record.quarantined,
    alarms,
  };
}
