import type { Problem } from "../core/errors.ts";
import { UserError } from "../core/errors.ts";
import { grouped } from "../lab/grouped.ts";
import type { LoadedFiles } from "../lab/load-files.ts";
import type { Manifest } from "../lab/manifest.ts";
import { currentCommit, currentVersions } from "../lab/manifest.ts";
import type { JournalOutline, Replayed } from "../lab/replay-run.ts";
import type { Change } from "../world/change.ts";
import { applyChange } from "../world/change.ts";
import type { World } from "../world/world.ts";
import { flyRecorded, shellWord } from "./recorded-flight.ts";
import type { ReplayCommandOptions } from "./replay-command.ts";
import { summaryText } from "./summary-text.ts";
import type { Terminal } from "./terminal.ts";

/** Lives the old run up to the point once more, and goes on from there with the changes, as a run of its own. */
export async function forkRun(parts: {
  /** The old run's folder. */
  readonly run: string;
  readonly outline: JournalOutline;
  readonly loaded: LoadedFiles;
  /** The old run at the point. */
  readonly replayed: Replayed;
  readonly options: ReplayCommandOptions;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}): Promise<number> {
  const { run, outline, loaded, options, terminal, signal, replayed } = parts;
  const { events } = replayed.world.kernel;
  const changes = readChanges(options.set, replayed.world);
  const earlier = outline.changes.filter((change) => change.events <= events);
  const set = options.set.map((text) => ` --set ${shellWord(text)}`).join("");
  const manifest: Manifest = {
    ...outline.manifest,
    startedAt: new Date().toISOString(),
    versions: currentVersions(),
    commit: currentCommit(),
    command: `tradeswarm replay ${shellWord(run)} --until ${events} --fork${set}`,
    forkedFrom: { run, events },
  };
  const flight = await flyRecorded({
    manifest,
    loaded,
    terminal,
    signal,
    runs: options.runs,
    name: forkName(outline.manifest),
    changes: [...earlier, ...changes],
    inputs: outline.inputs,
  });
  const { summary, wallMs } = flight;
  if (options.json === true)
    terminal.outJson({ ...summary, wallMs, run: flight.run, forkedFrom: manifest.forkedFrom, changes });
  else {
    const what = changes.map(({ path, value }) => `${path} = ${JSON.stringify(value)}`).join(", ") || "nothing changed";
    const origin = `forked from   ${run} after ${grouped(String(events))} events: ${what}`;
    terminal.out(`${summaryText(summary, wallMs)}\n${origin}\nrun           ${flight.run}`);
  }
  return flight.exitCode;
}

function forkName({ scenario }: Manifest): string {
  return `${scenario.name}-fork`;
}

/**
 * Reads what is to be changed, and tries it on the world at the point, which nobody needs any more.
 * @throws {UserError} with everything that cannot be changed so
 */
function readChanges(texts: readonly string[], world: World): Change[] {
  const problems: Problem[] = [];
  const changes = texts.flatMap((text) => {
    const change = parseChange(text, world.kernel.events);
    if (change === undefined) problems.push({ path: "", message: `expected group.parameter=value, found ${text}` });
    return change ?? [];
  });
  for (const change of changes) {
    try {
      applyChange(world, change);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new UserError("--set: the change cannot be made", { problems });
  return changes;
}

function parseChange(text: string, events: number): Change | undefined {
  const match = /^([^=]+)=(.*)$/s.exec(text);
  if (match === null) return undefined;
  const [, path, valueText] = match;
  return { events, path, value: parseValue(valueText) };
}

/** What is no JSON is meant as text, such as 10s. */
function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
