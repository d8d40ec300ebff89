import { renderColumns } from "../src/lab/compliance-log/columns.ts";
import { renderEntryKindTable } from "../src/store/journal/entry-kind.ts";
import { renderCities } from "./city-docs.ts";
import { renderCommands, renderExitCodes, renderScenario } from "./command-docs.ts";
import { renderDeniedReasons, renderLimits } from "./desk-docs.ts";
import { renderBanList, renderDeterministicFolders } from "./determinism.ts";
import { renderLayerTable } from "./layers.ts";
import { renderLogKinds } from "./log-docs.ts";
import { renderBookKinds, renderExample, renderReasons, renderRecordLayouts } from "./matching-docs.ts";
import { renderRules } from "./rule-docs.ts";
import { renderScenarioReference } from "./scenario-docs.ts";
import { STUDY_CHARTS, renderStudies } from "./study-docs.ts";

/** A document, or a marked region of one, which is made from a registry in the code and never edited by hand. */
export interface GeneratedDoc {
  /** Relative to the repository's root. */
  readonly path: string;
  /**
   * The name of the region that is replaced, between `<!-- generated:NAME -->` and `<!-- /generated:NAME -->`.
   * Without it the generator makes the whole file.
   */
  readonly region?: string;
  readonly render: () => string;
}

/**
 * Every generated document. A reason code, a metric or a command is listed in one registry, and its table in the
 * docs follows from it: add a line here, then run `npm run docs`.
 */
export const GENERATED_DOCS: readonly GeneratedDoc[] = [
  { path: "ARCHITECTURE.md", region: "layers", render: renderLayerTable },
  { path: "README.md", region: "agent", render: () => renderExample("touch-maker.ts") },
  { path: "docs/cli.md", region: "commands", render: renderCommands },
  { path: "docs/cli.md", region: "exit-codes", render: renderExitCodes },
  { path: "docs/compliance-log.md", region: "columns", render: renderColumns },
  { path: "docs/compliance-log.md", region: "kinds", render: renderLogKinds },
  { path: "docs/desk.md", region: "denied-reasons", render: renderDeniedReasons },
  { path: "docs/desk.md", region: "limits", render: renderLimits },
  { path: "docs/determinism.md", region: "ban-list", render: renderBanList },
  { path: "docs/determinism.md", region: "folders", render: renderDeterministicFolders },
  { path: "docs/journal.md", region: "entry-kinds", render: renderEntryKindTable },
  { path: "docs/matching.md", region: "book-kinds", render: renderBookKinds },
  { path: "docs/matching.md", region: "record-layouts", render: renderRecordLayouts },
  { path: "docs/matching.md", region: "stream-commands", render: () => renderExample("stream-commands.ts") },
  { path: "docs/network.md", region: "cities", render: renderCities },
  { path: "docs/reasons.md", render: renderReasons },
  { path: "docs/runs.md", region: "exit-codes", render: renderExitCodes },
  { path: "docs/scenario.md", region: "example", render: () => renderScenario("rmsc04.yaml") },
  { path: "docs/venue-rules.md", region: "rules", render: renderRules },
  { path: "docs/scenario.md", region: "fields", render: renderScenarioReference },
  { path: "docs/studies.md", region: "studies", render: renderStudies },
  ...STUDY_CHARTS,
];
