import { ledgerRows } from "../lab/ledger-rows.ts";
import { grouped } from "../lab/grouped.ts";
import { formatDuration } from "../core/duration.ts";
import type { Summary } from "../lab/summary.ts";
import { alertsTable } from "./alerts-text.ts";
import { deskText } from "./desk-text.ts";
import { compact, styled, table } from "./terminal.ts";

/** A run's summary for people. */
export function summaryText(summary: Summary, wallMs: number): string {
  const seconds = wallMs / 1000;
  const speed = summary.simulatedNs / 1e9 / seconds;
  const title = `${summary.scenario}: ${formatDuration(summary.simulatedNs)} simulated in ${seconds.toFixed(2)} s`;
  const pace = `${grouped(String(summary.agents))} agents, ${grouped(String(summary.events))} events, ${compact(summary.events / seconds)} events/s, ${compact(speed)} x real time`;
  const sections = [styled("bold", title), `  ${pace}, seed ${summary.seed}${endText(summary.ended)}`, ""];
  for (const instrument of summary.instruments) {
    sections.push(
      styled("bold", `${instrument.symbol} at ${instrument.venue}`),
      table(
        [
          ["last price", `${grouped(instrument.lastPrice)} ${instrument.quote}`],
          ["average price", `${grouped(instrument.averagePrice)} ${instrument.quote}`],
          ["volume", grouped(instrument.volume)],
          ["trades", grouped(String(instrument.trades))],
          ["turnover", `${grouped(instrument.turnover)} ${instrument.quote}`],
          ["mean spread", `${number(instrument.meanSpread, 4)} ${instrument.quote}`],
          ["volatility, 1 min", `${number(instrument.volatility1mBps, 2)} bp`],
          ["orders, cancels, replaces", grouped(String(instrument.commands))],
          ["rejected", grouped(String(instrument.rejected))],
          ...Object.entries(instrument.rejections).map(([reason, count]) => [`  ${reason}`, grouped(String(count))]),
          ...Object.entries(instrument.charges).map(([reason, sum]) => [
            `charged, ${reason}`,
            `${grouped(sum)} ${instrument.quote}`,
          ]),
          ["still in the book", grouped(String(instrument.restingOrders))],
          // Most instruments have neither.
          ...(instrument.auctions === 0 ? [] : [["auctions", grouped(String(instrument.auctions))]]),
          ...(instrument.halts === 0 ? [] : [["halts", grouped(String(instrument.halts))]]),
        ],
        { indent: "  " },
      ),
      "",
    );
  }
  if (summary.groups.length > 0) {
    const rows = summary.groups.map(({ name, agents, profit, asset }) => [
      name,
      grouped(String(agents)),
      `${grouped(profit)} ${asset}`,
    ]);
    sections.push(
      styled("bold", "Profit and loss by kind of agent"),
      table([["", "agents", "P&L"], ...rows], { indent: "  " }),
      "",
    );
  }
  for (const desk of summary.desks) sections.push(deskText(desk), "");
  if (summary.recorded !== undefined) {
    const { rows, orders, cancels, reductions, takes, notPlayed } = summary.recorded;
    const counts = { rows, orders, cancels, reductions, executions: takes, "not played": notPlayed };
    const lines = Object.entries(counts).map(([what, count]) => [what, grouped(String(count))]);
    sections.push(styled("bold", "Recorded order flow"), table(lines, { indent: "  " }), "");
  }
  if (summary.network !== undefined) {
    const { messages, delivered, packets, repeated, dropped } = summary.network;
    const causes = Object.entries(dropped).filter(([, count]) => count > 0);
    const lines = Object.entries({ messages, delivered, packets, repeated }).concat(causes);
    const rows = lines.map(([what, count]) => [NETWORK_WORDS[what] ?? what, grouped(String(count))]);
    sections.push(styled("bold", "Network"), table(rows, { indent: "  " }), "");
  }
  if (summary.surveillance !== undefined)
    sections.push(styled("bold", "Surveillance"), alertsTable(summary.surveillance), "");
  if (summary.ledger !== undefined) {
    sections.push(styled("bold", "Replicated ledger"), table(ledgerRows(summary.ledger), { indent: "  " }), "");
  }
  const money = summary.money.map(({ asset, sum, conserved, fees }) => [
    asset,
    `${conserved ? "conserved" : "NOT CONSERVED"} (sum ${sum})`,
    `fees ${grouped(fees)}`,
  ]);
  sections.push(styled("bold", "Money"), table(money, { indent: "  " }), "");
  sections.push(`journal hash  ${summary.tape}`);
  return sections.join("\n");
}

/** Where the field's name would not do. */
const NETWORK_WORDS: Readonly<Record<string, string>> = {
  packets: "packets sent",
  repeated: "sent again",
  lost: "lost on the wire",
  overflowed: "queue full",
  thinned: "dropped by CoDel",
  cutOff: "cut off",
  unroutable: "without a way",
  damaged: "damaged",
  unreachable: "receiver down",
  forged: "forged, and found out",
};

function number(value: number, digits: number): string {
  return Number.isFinite(value) ? value.toFixed(digits) : "-";
}

function endText(ended: string): string {
  return ended === "interrupted" ? styled("yellow", ", interrupted") : "";
}
