/** Style of a run's report: one column, both colour schemes, readable when printed. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --ink: #1c2530; --dim: #66717e; --paper: #ffffff; --card: #f4f6f8; --line: #d9dfe5; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ebf0; --dim: #93a0ad; --paper: #11161b; --card: #1a2129; --line: #2b3540; } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { margin: 0; font-size: 1.6rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .6rem; }
header p { margin: .2rem 0; } .facts { color: var(--dim); }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); gap: .6rem; margin: 0; }
dl div { background: var(--card); border-radius: .5rem; padding: .6rem .8rem; }
dt { color: var(--dim); font-size: .8rem; } dd { margin: 0; font-weight: 600; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: .3rem .6rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th:first-child, td:first-child { text-align: left; } th { color: var(--dim); font-weight: 500; }
.chart { margin: 1.5rem 0; } .chart h3 { font-size: .95rem; margin: 0 0 .3rem; }
.uplot, .u-legend { color: var(--ink); }
`;

/** Draws `CHARTS` with uPlot and redraws them when the window changes. */
export const REPORT_SCRIPT = `
const COLOURS = ["#2f9e6e", "#d9534f", "#3b7dd8"];
const ink = getComputedStyle(document.body).getPropertyValue("--dim").trim() || "#666";
const grid = getComputedStyle(document.body).getPropertyValue("--line").trim() || "#ddd";
const two = (n) => String(n).padStart(2, "0");
const clock = (s) => two(Math.floor(s / 3600)) + ":" + two(Math.floor(s / 60) % 60) + (s % 60 ? ":" + two(Math.floor(s % 60)) : "");
const plots = CHARTS.map((chart) => {
  const box = document.createElement("div");
  box.className = "chart";
  const title = document.createElement("h3");
  title.textContent = chart.title + (chart.unit ? " (" + chart.unit + ")" : "");
  box.append(title);
  document.getElementById("charts").append(box);
  const axis = { stroke: ink, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid, width: 1 } };
  const options = {
    width: box.clientWidth,
    height: 220,
    scales: { x: { time: false }, y: chart.fromZero ? { range: (_, low, high) => [0, high || 1] } : {} },
    axes: [{ ...axis, incrs: [1, 5, 15, 30, 60, 300, 900, 1800, 3600, 7200, 14400, 28800, 86400], values: (_, at) => at.map(clock) }, { ...axis, size: 80 }],
    series: [{ label: "time", value: (_, s) => (s == null ? "" : clock(s)) }].concat(
      chart.labels.map((label, i) => ({
        label,
        stroke: COLOURS[chart.kind === "bars" ? 2 : i],
        width: chart.kind === "bars" ? 1 : 1.2,
        fill: chart.kind === "bars" ? COLOURS[2] + "66" : undefined,
        paths: chart.kind === "bars" ? uPlot.paths.bars({ size: [0.8, 20] }) : undefined,
        points: { show: false },
      })),
    ),
  };
  return [box, new uPlot(options, [chart.seconds].concat(chart.series), box)];
});
addEventListener("resize", () => plots.forEach(([box, plot]) => plot.setSize({ width: box.clientWidth, height: 220 })));
`;
