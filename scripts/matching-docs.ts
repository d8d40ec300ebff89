import { readFileSync } from "node:fs";
import { join } from "node:path";

import { DeltaWord } from "../src/model/book-delta.ts";
import { CommandWord } from "../src/model/command.ts";
import { PhaseChangedWord, SetPhaseWord } from "../src/model/phase.ts";
import { REASONS } from "../src/model/reason.ts";
import { RECORD_WORDS, RecordKind, recordLength } from "../src/model/record.ts";
import { ReportWord, TradeWord } from "../src/model/report.ts";

/** docs/reasons.md: every reason code of the registry. */
export function renderReasons(): string {
  const rows = REASONS.map(({ code, name, meaning }) => `| ${code} | \`${name}\` | ${meaning} |`);
  return [
    "# Reasons",
    "",
    "Why a venue did what the owner of an order did not ask for. Codes are stable: journals and clients keep them.",
    "They stand in word 9 of every report but trades; docs/matching.md says when each is given.",
    "",
    "| code | name | meaning |",
    "| --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}

/** Fields that take two words. */
const FLOAT64_FIELDS: readonly string[] = [
  "expireTimeNs",
  "takerFeeUnits",
  "makerFeeUnits",
  "levelLots",
  "sequence",
  "volumeLots",
  "surplusLots",
  "untilNs",
];

const LAYOUTS: readonly (readonly [title: string, layout: Readonly<Record<string, number>>])[] = [
  ["command", CommandWord],
  ["report", ReportWord],
  ["trade", TradeWord],
  ["delta", DeltaWord],
  ["`setPhase`", SetPhaseWord],
  ["`phaseChanged`", PhaseChangedWord],
];

/** Which field stands in which word of each kind of record. */
export function renderRecordLayouts(): string {
  const rows = Array.from({ length: RECORD_WORDS }, (_, word) => {
    return `| ${word} | ${LAYOUTS.map(([, layout]) => fieldAt(layout, word)).join(" | ")} |`;
  });
  const titles = LAYOUTS.map(([title]) => title).join(" | ");
  return [`| word | ${titles} |`, "| --- ".repeat(LAYOUTS.length + 1) + "|", ...rows].join("\n");
}

function fieldAt(layout: Readonly<Record<string, number>>, word: number): string {
  for (const [name, at] of Object.entries(layout)) {
    if (at === word) return `\`${name}\``;
    if (at + 1 === word && FLOAT64_FIELDS.includes(name)) return '"';
  }
  return "";
}

const BOOK_KINDS: readonly (readonly [title: string, names: readonly (keyof typeof RecordKind)[]])[] = [
  [
    "Commands",
    ["submitOrder", "cancelOrder", "replaceOrder", "cancelAllOrders", "massCancel", "disconnect", "setPhase"],
  ],
  [
    "Reports",
    [
      "orderAccepted",
      "orderRejected",
      "orderTriggered",
      "trade",
      "orderCanceled",
      "orderExpired",
      "orderReplaced",
      "requestRejected",
      "phaseChanged",
    ],
  ],
  [
    "Deltas",
    [
      "orderAdded",
      "orderReduced",
      "orderRemoved",
      "orderExecuted",
      "hiddenExecuted",
      "auctionExecuted",
      "phaseEntered",
    ],
  ],
];

/** The kinds of records that go into a book and come out of it: word 0, and how many words mean something. */
export function renderBookKinds(): string {
  return BOOK_KINDS.map(([title, names]) => `- ${title}: ${names.map(describeKind).join(", ")}`).join("\n");
}

function describeKind(name: keyof typeof RecordKind): string {
  const kind = RecordKind[name];
  return `${kind} \`${name}\` (${recordLength(kind)})`;
}

/** The text of an example, for a document that shows it whole. */
export function renderExample(name: string): string {
  const text = readFileSync(join(import.meta.dirname, "..", "examples", name), "utf8");
  return `\`\`\`ts\n${text.trim()}\n\`\`\``;
}
