import { grouped } from "../lab/grouped.ts";
import type { AlertSummary, EvidenceSummary, SurveillanceSummary } from "../lab/alerts.ts";
import { styled, table } from "./terminal.ts";

/** Events of an alert's evidence that are shown; `--json` has all of them. */
const EVIDENCE_SHOWN = 9;
/** Alerts that a run's summary names. */
const NAMED_MAX = 12;

/** A line for each alert: who, what, how often. */
export function alertsTable({ alerts, dropped }: SurveillanceSummary): string {
  if (alerts.length === 0) return "  no alerts";
  const rows = alerts
    .slice(0, NAMED_MAX)
    .map(({ detector, nature, agents, score, occurrences, first }) => [
      detector,
      listed(agents),
      nature,
      score.toFixed(2),
      grouped(String(occurrences)),
      first,
    ]);
  const more = alerts.length + dropped - rows.length;
  const lines = table([["", "agents", "", "score", "times", "first"], ...rows], { indent: "  " });
  return more > 0 ? `${lines}\n  and ${grouped(String(more))} more` : lines;
}

/** Every alert with its finding and the events that made it. */
export function alertsText(summary: SurveillanceSummary): string {
  const { alerts, dropped } = summary;
  const title = `${grouped(String(alerts.length))} alert${alerts.length === 1 ? "" : "s"}`;
  const lost = dropped === 0 ? [] : [`and ${grouped(String(dropped))} for which there was no room`];
  return [styled("bold", title), ...lost, ...alerts.flatMap((alert) => ["", alertText(alert)])].join("\n");
}

function alertText(alert: AlertSummary): string {
  const { detector, nature, agents, venue, symbol, score, occurrences, first, last, finding, evidence } = alert;
  const color = nature === "offence" ? "red" : nature === "accident" ? "yellow" : "cyan";
  const when = occurrences === 1 ? `at ${first}` : `${grouped(String(occurrences))} times, ${first} to ${last}`;
  const skipped = evidence.length - EVIDENCE_SHOWN;
  return [
    `${styled(color, detector)}  ${styled("bold", listed(agents))}, ${symbol} at ${venue}, ${when}, score ${score.toFixed(2)} (${nature})`,
    `  ${finding}`,
    table(evidence.slice(-EVIDENCE_SHOWN).map(evidenceRow), { indent: "    " }),
    ...(skipped > 0 ? [`    and ${skipped} events before these: --json has all`] : []),
  ].join("\n");
}

function evidenceRow({ sequence, time, event, agent, orderId, side, qty, price, against }: EvidenceSummary): string[] {
  const what = [side, qty, price === "" ? "" : `@ ${price}`].filter((word) => word !== "").join(" ");
  const whom = against === undefined ? "" : `against ${against}`;
  return [time, `#${sequence}`, event, agent, orderId > 0 ? `order ${orderId}` : "", what, whom];
}

function listed(agents: readonly string[]): string {
  return agents.length <= 4 ? agents.join(", ") : `${agents.slice(0, 3).join(", ")} and ${agents.length - 3} more`;
}
