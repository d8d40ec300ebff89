import { createHash } from "node:crypto";
import { createReadStream, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import type { AgentFactory } from "../agents/port.ts";
import { decimalGrid } from "../core/decimal.ts";
import type { Problem } from "../core/errors.ts";
import { UserError } from "../core/errors.ts";
import { readDataset } from "../store/columnar/recording-reader.ts";
import { gridRatio } from "../venues/simulated/grid-ratio.ts";
import type { Scenario } from "../world/scenario/schema.ts";
import type { WorldOptions } from "../world/world.ts";
import { loadAgent, modulesOf } from "./agent-modules.ts";
import type { ManifestFile } from "./manifest.ts";

/**
 * How many times finer than the scenario's a recording's lot may be. Venues make their lots coarser now and then, and old
 * orders keep what is finer; parts of a lot are left out and counted. Beyond this, most of the book would be.
 */
const LOT_PARTS_MAX = 100;

/** The files that a run needs besides its scenario. */
export interface LoadedFiles {
  readonly factories: ReadonlyMap<string, AgentFactory>;
  readonly recording: WorldOptions["recording"];
  readonly files: readonly ManifestFile[];
}

/**
 * Loads the agents that a scenario names and the recording that drives it.
 * @param scenarioFile what agents' paths are relative to
 * @throws {UserError} with every file that is missing, is no agent, or does not fit the scenario
 */
export async function loadFiles(
  scenario: Scenario,
  scenarioFile: string,
  dataPath: string | undefined,
): Promise<LoadedFiles> {
  const files: ManifestFile[] = [];
  const problems: Problem[] = [];
  const factories = new Map<string, AgentFactory>();
  for (const [index, { file }] of scenario.agents.entries()) {
    if (factories.has(file)) continue;
    const path = resolve(dirname(scenarioFile), file);
    const agent = await loadAgent(path);
    if (typeof agent !== "function") {
      problems.push({ path: `agents[${index}].file`, ...agent });
      continue;
    }
    factories.set(file, agent);
    for (const module of modulesOf(path)) {
      const isAgent = module === path;
      if (!isAgent && files.some((known) => known.path === module)) continue;
      const named = isAgent ? ({ role: "agent", name: file } as const) : ({ role: "module", name: module } as const);
      files.push({ ...named, path: module, sha256: await hashFile(module) });
    }
  }
  if (problems.length > 0) throw new UserError(`${scenarioFile}: an agent cannot be loaded`, { problems });
  const recording = loadRecording(scenario, dataPath);
  if (dataPath !== undefined) {
    files.push({ role: "recording", name: dataPath, path: resolve(dataPath), sha256: await hashFile(dataPath) });
  }
  return { factories, recording, files };
}

/**
 * Loads the files of a run again.
 * @throws {UserError} with every file that is missing or not what it was
 */
export async function reloadFiles(
  scenario: Scenario,
  recorded: readonly ManifestFile[],
  dataPath: string | undefined,
): Promise<LoadedFiles> {
  const problems: Problem[] = [];
  for (const file of recorded) {
    const path = pathOf(file, dataPath);
    if (!isFile(path)) problems.push({ path: file.name, message: `it is not at ${path} any more` });
    else {
      const found = await hashFile(path);
      const message = `${path} is not the file that the run was made with: expected SHA-256 ${file.sha256}, found ${found}`;
      if (found !== file.sha256) problems.push({ path: file.name, message });
    }
  }
  const title = "the run cannot be made again: files that entered it have changed";
  if (problems.length > 0) throw new UserError(title, { problems });
  const factories = new Map<string, AgentFactory>();
  for (const file of recorded.filter(({ role }) => role === "agent")) {
    const agent = await loadAgent(file.path);
    if (typeof agent === "function") factories.set(file.name, agent);
    else problems.push({ path: file.name, ...agent });
  }
  if (problems.length > 0) throw new UserError("an agent cannot be loaded", { problems });
  const recording = recorded.find(({ role }) => role === "recording");
  return { factories, recording: loadRecording(scenario, recording && pathOf(recording, dataPath)), files: recorded };
}

/** A recording may lie somewhere else by now. */
function pathOf({ role, path }: ManifestFile, dataPath: string | undefined): string {
  return role === "recording" && dataPath !== undefined ? resolve(dataPath) : path;
}

function loadRecording(scenario: Scenario, dataPath: string | undefined): WorldOptions["recording"] {
  const { recorded } = scenario;
  if (recorded === undefined && dataPath === undefined) return undefined;
  if (recorded === undefined)
    throw new UserError(`${scenario.name} has no section "recorded", so --data has nothing to drive`);
  if (dataPath === undefined)
    throw new UserError(`${scenario.name} is driven by recorded order flow: name an imported file with --data`);
  if (!isFile(dataPath)) throw new UserError(`there is no file ${dataPath}`);
  const rows = readDataset(dataPath);
  const { tick, lot, bookTick } = rows.header.instrument;
  const venues = scenario.venues.filter(({ name }) => recorded.venue === undefined || name === recorded.venue);
  const spec = venues.flatMap(({ instruments }) => instruments).find(({ symbol }) => symbol === recorded.symbol);
  const ticks = gridRatio(decimalGrid(tick), decimalGrid(spec?.tick ?? "1"));
  const bookTicks = gridRatio(decimalGrid(bookTick), decimalGrid(spec?.tick ?? "1"));
  const lots = gridRatio(decimalGrid(lot), decimalGrid(spec?.lot ?? "1"));
  const problems: Problem[] = [];
  if (ticks === undefined || bookTicks?.over !== 1) {
    const message = `the recording's orders stand ${bookTick} apart, which is no multiple of the scenario's ${spec?.tick}`;
    problems.push({ path: `${recorded.symbol}.tick`, message });
  }
  if (lots === undefined || lots.over > LOT_PARTS_MAX) {
    const message = `the recording's lot is ${lot}, which is no multiple of the scenario's ${spec?.lot}, nor up to 1/${LOT_PARTS_MAX} of it`;
    problems.push({ path: `${recorded.symbol}.lot`, message });
  }
  if (problems.length > 0) throw new UserError(`${dataPath} does not fit the scenario`, { problems });
  return { rows, tick, lot };
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}
