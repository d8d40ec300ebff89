/**
 * The layer table: the one source from which the linter's rules, the tidy test and the table in ARCHITECTURE.md are
 * made. A folder of `src/` imports only from itself and from folders of a lower level.
 */

export interface Layer {
  readonly level: number;
  readonly folder: string;
  readonly holds: string;
}

export const LAYERS: readonly Layer[] = [
  {
    level: 0,
    folder: "core",
    holds:
      "units, exact numbers, ids, seeded random streams, hashing, heaps, ring buffers, histograms, `assert`, errors",
  },
  {
    level: 1,
    folder: "model",
    holds:
      "the market's nouns: instruments, orders, fills, trades, book deltas, accounts, commands, events, reason codes",
  },
  {
    level: 2,
    folder: "kernel",
    holds:
      "time, event queue, actors, timers, mailboxes, random streams by name, the journal port, virtual and wall clock drivers",
  },
  {
    level: 3,
    folder: "market",
    holds: "order books, matching, market rules, fees, market data, the double-entry ledger",
  },
  {
    level: 3,
    folder: "network",
    holds: "topology, links, latency, bandwidth, loss, congestion, routing, geography, partitions",
  },
  { level: 3, folder: "store", holds: "the journal on disk, snapshots, columnar market data, importers, codecs" },
  {
    level: 4,
    folder: "consensus",
    holds: "proof of work, Raft and Streamlet over kernel and network, ordering the ledger's blocks",
  },
  {
    level: 4,
    folder: "desk",
    holds: "ingest, signal, risk, execution, portfolio, monitor, and the port that venue adapters implement",
  },
  {
    level: 5,
    folder: "agents",
    holds: "the agent port, the strategy library, coordination between agents, learning",
  },
  { level: 5, folder: "venues", holds: "venue adapters, one folder each" },
  {
    level: 6,
    folder: "world",
    holds: "the composition of a run from a scenario file: venues, population, network, faults, desks",
  },
  { level: 7, folder: "lab", holds: "backtest, replay, fork, sweeps, studies, statistics" },
  { level: 8, folder: "server", holds: "the market as a server, the dashboard's feed, metrics" },
  { level: 9, folder: "cli", holds: "one file per command" },
];

/** Holds what tests share. It may import from every layer, and only tests and the soak import it. */
export const TESTING_FOLDER = "testing";

/** Files beside the sources that only tests load. They are free of the determinism ban list. */
export const TEST_FILE_GLOBS: readonly string[] = ["**/*.test.ts", "**/*.contract.ts", "**/*.soak.ts"];

export function isTestFile(path: string): boolean {
  return /\.(test|contract|soak)\.ts$/.test(path);
}

/** @throws {Error} when no layer has this folder. */
export function layerOf(folder: string): Layer {
  const layer = LAYERS.find((candidate) => candidate.folder === folder);
  if (layer === undefined) throw new Error(`src/${folder} is in no layer: add it to scripts/layers.ts`);
  return layer;
}

/** The folders which `folder` must not import, in the table's order. */
export function forbiddenImportsOf(folder: string): readonly Layer[] {
  const { level } = layerOf(folder);
  return LAYERS.filter((other) => other.folder !== folder && other.level >= level);
}

/** The layer table in Markdown, for ARCHITECTURE.md. */
export function renderLayerTable(): string {
  const rows = [
    ...LAYERS.map(({ level, folder, holds }) => `| ${level} | \`${folder}/\` | ${holds} |`),
    `| - | \`${TESTING_FOLDER}/\` | simulation harness, checkers, arbitraries, fakes; imported by tests and by \`soak/\` only |`,
  ];
  return ["| level | folder | holds |", "| --- | --- | --- |", ...rows].join("\n");
}
