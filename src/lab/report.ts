import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { formatDuration } from "../core/duration.ts";
import { NS_PER_MINUTE, NS_PER_SECOND } from "../core/units.ts";
import type { World } from "../world/world.ts";
import type { SurveillanceSummary } from "./alerts.ts";
import { grouped } from "./grouped.ts";
import { escapeHtml as escape, tableOf } from "./html.ts";
import { ledgerRows } from "./ledger-rows.ts";
import type { Manifest } from "./manifest.ts";
import { REPORT_SCRIPT, REPORT_STYLE } from "./report-assets.ts";
import type { InstrumentSummary, Summary } from "./summary.ts";

/** Points that a chart shows at the most. */
const POINTS_MAX = 2_000;

/** A chart's data: seconds since midnight, then a row for each series. */
interface ChartData {
  readonly title: string;
  readonly unit: string;
  readonly kind: "lines" | "bars";
  /** Whether the vertical axis begins at 0. */
  readonly fromZero: boolean;
  readonly labels: readonly string[];
  readonly seconds: readonly number[];
  readonly series: readonly (readonly (number | null)[])[];
}

/** A run as one HTML file that needs nothing else: figures, charts, and how to make the run again. */
export function renderReport(world: World, summary: Summary, manifest: Manifest): string {
  const charts = world.markets.flatMap((_, place) => chartsOf(world, place));
  const require = createRequire(import.meta.url);
  const plotScript = readFileSync(require.resolve("uplot/dist/uPlot.iife.min.js"), "utf8");
  const plotStyle = readFileSync(require.resolve("uplot/dist/uPlot.min.css"), "utf8");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(summary.scenario)}, seed ${summary.seed}</title>
<style>${plotStyle}${REPORT_STYLE}</style>
</head>
<body>
<header>
<h1>${escape(summary.scenario)}</h1>
<p>${escape(manifest.scenario.description)}</p>
<p class="facts">${escape(formatDuration(summary.simulatedNs))} simulated &middot; ${count(summary.agents)} agents &middot; ${count(summary.events)} events &middot; seed ${summary.seed} &middot; ended: ${escape(summary.ended)}</p>
</header>
${summary.instruments.map(instrumentSection).join("\n")}
<section id="charts"></section>
<section><h2>Profit and loss by kind of agent</h2>
${tableOf(
  ["group", "kind", "agents", "P&L"],
  summary.groups.map(({ name, kind, agents, profit, asset }) => [
    name,
    kind,
    count(agents),
    `${grouped(profit)} ${asset}`,
  ]),
)}
</section>
${alertSection(summary.surveillance)}
<section><h2>Money</h2>
${tableOf(
  ["asset", "sum over all accounts", "", "fees"],
  summary.money.map(({ asset, sum, conserved, fees }) => [
    asset,
    sum,
    conserved ? "conserved" : "NOT CONSERVED",
    grouped(fees),
  ]),
)}
</section>
${summary.ledger === undefined ? "" : `<section><h2>Replicated ledger</h2>${tableOf(["", ""], ledgerRows(summary.ledger))}</section>`}
<section><h2>How it was made</h2>
${tableOf(
  ["", ""],
  [
    ["command", manifest.command],
    ["started", manifest.startedAt],
    [
      "program",
      `tradeswarm ${manifest.versions.tradeswarm}, Node ${manifest.versions.node}${manifest.commit === "" ? "" : `, commit ${manifest.commit}`}`,
    ],
    ["journal hash", summary.tape],
    ...manifest.files.map(({ role, path, sha256 }) => [role, `${path} (SHA-256 ${sha256.slice(0, 16)}…)`]),
    ...(manifest.forkedFrom === undefined
      ? []
      : [["forked from", `${manifest.forkedFrom.run}, after ${count(manifest.forkedFrom.events)} events`]]),
  ],
)}
</section>
<script>${plotScript}</script>
<script>const CHARTS = ${JSON.stringify(charts).replaceAll("<", "\\u003c")};${REPORT_SCRIPT}</script>
</body>
</html>
`;
}

function alertSection(found: SurveillanceSummary | undefined): string {
  if (found === undefined) return "";
  const rows = found.alerts.map(({ detector, nature, agents, score, occurrences, first, finding, evidence }) => [
    detector,
    nature,
    agents.join(", "),
    score.toFixed(2),
    count(occurrences),
    first,
    finding,
    evidence.map(({ sequence }) => `#${sequence}`).join(" "),
  ]);
  const head = ["detector", "nature", "agents", "score", "times", "first", "finding", "evidence: events of the venue"];
  const body = rows.length === 0 ? "<p>No alerts.</p>" : tableOf(head, rows);
  return `<section><h2>Surveillance</h2>${body}</section>`;
}

function instrumentSection(instrument: InstrumentSummary): string {
  const tiles: [string, string][] = [
    ["last price", `${grouped(instrument.lastPrice)} ${instrument.quote}`],
    ["volume", grouped(instrument.volume)],
    ["trades", count(instrument.trades)],
    ["mean spread", `${fixed(instrument.meanSpread, 4)} ${instrument.quote}`],
    ["volatility, 1 min", `${fixed(instrument.volatility1mBps, 2)} bp`],
    ["orders, cancels, replaces", count(instrument.commands)],
    ["rejected", count(instrument.rejected)],
    ...(instrument.auctions === 0 ? [] : [["auctions", count(instrument.auctions)] as [string, string]]),
    ...(instrument.halts === 0 ? [] : [["halts", count(instrument.halts)] as [string, string]]),
  ];
  const cells = tiles.map(([label, value]) => `<div><dt>${escape(label)}</dt><dd>${escape(value)}</dd></div>`).join("");
  return `<section><h2>${escape(instrument.symbol)} at ${escape(instrument.venue)}</h2><dl>${cells}</dl></section>`;
}

function chartsOf(world: World, place: number): ChartData[] {
  const { intervalNs, samples } = world.observer;
  const { symbol, bidTicks, askTicks, volumeLots } = samples[place];
  if (bidTicks.length === 0) return [];
  const { tick, lot, quote } = world.markets[place].instrument;
  const step = Math.max(1, Math.ceil(bidTicks.length / POINTS_MAX));
  const picked = Array.from({ length: Math.floor(bidTicks.length / step) }, (_, index) => (index + 1) * step - 1);
  const secondsOf = (sample: number): number => (world.scenario.start + (sample + 1) * intervalNs) / NS_PER_SECOND;
  const price = (ticks: number): number | null => (ticks === 0 ? null : ticks * Number(tick.text));
  const perBar = Math.max(step, Math.round(NS_PER_MINUTE / intervalNs));
  const bars = Array.from({ length: Math.floor(volumeLots.length / perBar) }, (_, index) => (index + 1) * perBar - 1);
  return [
    {
      title: `${symbol}: best bid and ask`,
      unit: quote,
      kind: "lines",
      fromZero: false,
      labels: ["bid", "ask"],
      seconds: picked.map(secondsOf),
      series: [picked.map((sample) => price(bidTicks[sample])), picked.map((sample) => price(askTicks[sample]))],
    },
    {
      title: `${symbol}: spread`,
      unit: quote,
      kind: "lines",
      fromZero: true,
      labels: ["spread"],
      seconds: picked.map(secondsOf),
      series: [
        picked.map((sample) =>
          bidTicks[sample] === 0 || askTicks[sample] === 0 ? null : price(askTicks[sample] - bidTicks[sample]),
        ),
      ],
    },
    {
      title: `${symbol}: volume each ${formatDuration(perBar * intervalNs)}`,
      unit: "",
      kind: "bars",
      fromZero: true,
      labels: ["volume"],
      seconds: bars.map(secondsOf),
      series: [bars.map((sample) => (volumeLots[sample] - (volumeLots[sample - perBar] ?? 0)) * Number(lot.text))],
    },
  ];
}

function count(value: number): string {
  return grouped(String(value));
}

function fixed(value: number, digits: number): string {
  return Number.isFinite(value) ? value.toFixed(digits) : "-";
}
