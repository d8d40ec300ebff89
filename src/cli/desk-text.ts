import type { DeskSummary } from "../lab/desk-summary.ts";
import { grouped } from "../lab/grouped.ts";
import { styled, table } from "./terminal.ts";

/** More of them are in the JSON. */
const EXECUTIONS_SHOWN = 20;

/** A desk's part of the summary, for people. */
export function deskText(desk: DeskSummary): string {
  const rows = desk.agents.map(({ name, strategy, profit, intents, fills, denied }) => [
    name,
    strategy,
    grouped(profit),
    grouped(String(intents)),
    grouped(String(fills)),
    countsText(denied),
  ]);
  const executions = desk.executions
    .slice(0, EXECUTIONS_SHOWN)
    .map((each) => [
      each.agent,
      each.algorithm,
      grouped(String(each.filledLots)),
      grouped(String(each.orderedLots)),
      `${each.slippageBps.toFixed(2)} bp`,
      `${each.shortfallBps.toFixed(2)} bp`,
    ]);
  const facts = [
    ["accounts compared", `${grouped(String(desk.reconciliations))}, halted by it ${desk.halts}`],
    ["mismatches", countsText(desk.mismatches)],
    ["alarms", countsText(desk.alarms)],
  ];
  return [
    styled("bold", `Desk ${desk.name}: ${grouped(desk.profit)} ${desk.asset}`),
    table([["", "strategy", "P&L", "intents", "fills", "denied"], ...rows], { indent: "  " }),
    ...(executions.length === 0
      ? []
      : [table([["", "algorithm", "filled", "of", "slippage", "shortfall"], ...executions], { indent: "  " })]),
    table(facts, { indent: "  " }),
  ].join("\n");
}

function countsText(counts: Readonly<Record<string, number>>): string {
  const entries = Object.entries(counts);
  return entries.length === 0 ? "none" : entries.map(([what, count]) => `${what} ${grouped(String(count))}`).join(", ");
}
