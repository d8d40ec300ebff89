import type { Failure } from "./failure.ts";
import type { MutantResult } from "./mutant-run.ts";
import type { SoakResult } from "./soak-run.ts";

const TRAIL_LINES = 24;

/** A line for a protocol: how much was played, and what happened in it. */
export function resultText({ protocol, lives, durationNs, events, counts, failure }: SoakResult): string {
  const played = `${lives} lives, ${(durationNs / 1e9).toFixed(0)} simulated seconds, ${events} events`;
  const each = Object.entries(counts).map(([name, count]) => `${(count / Math.max(lives, 1)).toFixed(1)} ${name}`);
  const text = `${protocol}: ${played}; in each ${each.join(", ")}`;
  return failure === undefined ? text : `${text}\n\n${failureText(failure)}`;
}

/** All that helps to understand a failure. */
export function failureText(failure: Failure): string {
  const { protocol, seed, property, message, parameters, faults, trail, rerun } = failure;
  return [
    `${protocol}, seed ${seed}: broken is "${property}"`,
    indented(message.split("\n")),
    "drawn:",
    indented(Object.entries(parameters).map(([name, value]) => `${name}: ${JSON.stringify(value)}`)),
    `faults: ${faults.length}`,
    indented(faults.map(({ place, text }) => `${place}: ${text}`)),
    "the last that happened:",
    indented(trail.slice(-TRAIL_LINES)),
    `rerun: ${rerun}`,
  ]
    .filter((text) => text !== "")
    .join("\n");
}

/** The table of planted bugs in Markdown, in the catalogue's order, and what it comes to. */
export function mutantTable(results: readonly MutantResult[]): string {
  const rows = results.map(({ mutant, failure }) => [
    mutant.name,
    mutant.file.replace("src/", ""),
    failure === undefined ? "not found" : String(failure.seed),
    failure?.property ?? "",
    failure?.protocol ?? mutant.foundBy.join(", "),
  ]);
  const lines = [
    ["planted bug", "file", "found at seed", "broken property", "by"],
    ["---", "---", "---:", "---", "---"],
    ...rows,
  ];
  return `${lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n")}\n\n${foundText(results)}`;
}

function foundText(results: readonly MutantResult[]): string {
  const found = results.flatMap(({ failure, lives }) => (failure === undefined ? [] : [lives]));
  const median = found.toSorted((a, b) => a - b).at(Math.floor(found.length / 2));
  return `${found.length} of ${results.length} planted bugs found, after a median of ${median ?? "-"} lives.`;
}

function indented(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}`).join("\n");
}
