import type { AgentFactory } from "../agents/port.ts";
import { ExitCode, UserError } from "../core/errors.ts";
import type { Nanos } from "../core/units.ts";
import { ActorFailure } from "../kernel/actor-failure.ts";
import type { RunEnd } from "../kernel/driver.ts";
import type { ExternalInput } from "../kernel/external-input.ts";
import { EntryKind } from "../store/journal/entry-kind.ts";
import type { JournalReport } from "../store/journal/recovery.ts";
import { openJournal } from "../store/journal/recovery.ts";
import type { Change } from "../world/change.ts";
import type { WorldOptions } from "../world/world.ts";
import { World } from "../world/world.ts";
import type { FlightOptions } from "./flight.ts";
import { fly } from "./flight.ts";
import type { EndEntry, InputEntry } from "./journal-recorder.ts";
import { Divergence, JournalVerifier } from "./journal-verifier.ts";
import type { Manifest } from "./manifest.ts";
import { isManifest } from "./manifest.ts";

/** What a journal holds besides commands and checkpoints. */
export interface JournalOutline {
  readonly manifest: Manifest;
  readonly changes: readonly Change[];
  /** Messages from outside and faults, in order of time. */
  readonly inputs: readonly ExternalInput[];
  /** Undefined where the run was cut off, or the journal is torn. */
  readonly end: EndEntry | undefined;
  /** Time of the last entry: as far as a journal without an end can prove anything. */
  readonly lastTimeNs: Nanos;
  readonly report: JournalReport;
}

/** @throws {UserError} when the journal is damaged, or begins with no manifest of ours */
export function readOutline(path: string): JournalOutline {
  const { report, reader } = openJournal(path);
  let manifest: unknown;
  let end: EndEntry | undefined;
  let lastTimeNs = 0;
  const changes: Change[] = [];
  const inputs: ExternalInput[] = [];
  try {
    while (reader.advance()) {
      // The journal's checksums vouch for what its writer wrote.
      if (reader.entryKind === EntryKind.manifest) manifest = reader.json;
      else if (reader.entryKind === EntryKind.input) {
        const entry = reader.json as InputEntry;
        if ("change" in entry) changes.push(entry.change);
        else if ("directive" in entry) inputs.push({ timeNs: reader.timeNs, directive: entry.directive });
        else
          inputs.push({ timeNs: reader.timeNs, to: entry.message.to, records: Int32Array.from(entry.message.words) });
      } else if (reader.entryKind === EntryKind.end) end = reader.json as EndEntry;
      lastTimeNs = reader.timeNs;
    }
  } finally {
    reader.close();
  }
  if (manifest === undefined) throw refuse(report);
  if (!isManifest(manifest)) {
    throw new UserError(`${path} was not made by this version of tradeswarm: its manifest is another`, {
      exitCode: ExitCode.failed,
    });
  }
  return { manifest, changes, inputs, end, lastTimeNs, report };
}

function refuse({ path, tail, entries }: JournalReport): UserError {
  const where =
    tail.kind === "torn"
      ? `torn at byte ${tail.byteOffset}, after entry ${tail.lastSequence}`
      : `${entries} entries long`;
  return new UserError(`${path} is ${where}, and holds no manifest: nothing can be replayed`, {
    exitCode: ExitCode.inconclusive,
  });
}

export interface ReplayOptions extends Omit<FlightOptions, "changes" | "inputs" | "createDriver" | "onChange"> {
  readonly factories: ReadonlyMap<string, AgentFactory>;
  readonly recording?: WorldOptions["recording"];
  readonly surveillance?: WorldOptions["surveillance"];
  /** Called when the world stands and nothing has happened in it. */
  readonly onWorld?: ((world: World) => void) | undefined;
}

export interface Replayed {
  readonly world: World;
  /** Entries of the journal that the replay made again, word for word. */
  readonly compared: number;
  readonly checkpoints: number;
  /** `equal` when the whole run was made again; `partial` when the replay stopped early, or the journal has no end. */
  readonly proof: "equal" | "partial";
  /** The failure that ended the run, made again. */
  readonly failure: ActorFailure | undefined;
}

/**
 * Makes a run again of its journal and compares each command, each checkpoint and the end.
 * @throws {Divergence} at the first difference
 */
export async function replayRun(path: string, outline: JournalOutline, options: ReplayOptions): Promise<Replayed> {
  const { manifest, end, changes, inputs, lastTimeNs } = outline;
  const { reader } = openJournal(path);
  try {
    const verifier = new JournalVerifier(reader);
    const { factories, recording, surveillance } = options;
    const watched = surveillance === undefined ? {} : { surveillance };
    const world = new World(manifest.scenario, { journal: verifier, factories, recording, ...watched });
    const { kernel } = world;
    options.onWorld?.(world);
    const { ended, failure } = await flyAgain(world, outline, {
      ...options,
      changes,
      inputs,
      untilNs: Math.min(options.untilNs ?? Infinity, end === undefined ? lastTimeNs : Infinity),
      eventsMax: Math.min(options.eventsMax ?? Infinity, eventsToReach(outline)),
    });
    const isWhole =
      end !== undefined && kernel.events === end.events && (end.reason !== "failed" || failure !== undefined);
    const diverges = (message: string): Divergence => new Divergence(reader.sequence, kernel.nowNs, message);
    if (isWhole) {
      // The journal's last checkpoint, which a recorded run writes at its end.
      verifier.checkpoint(kernel.nowNs, kernel.events, kernel.tape);
      if (end.failure !== failure?.message) {
        throw diverges(`it ${outcome(failure?.message)}, the run ${outcome(end.failure)}`);
      }
      if (goesOn(world, end)) throw diverges(`it goes on after ${kernel.events} events, where the run ended`);
    } else if (end !== undefined && (kernel.events > end.events || isOver(world, ended))) {
      throw diverges(`it came to ${kernel.events} events, the run to ${end.events} (${end.failure ?? end.reason})`);
    }
    return {
      world,
      compared: verifier.compared,
      checkpoints: verifier.checkpoints,
      proof: isWhole ? "equal" : "partial",
      failure,
    };
  } finally {
    reader.close();
  }
}

function eventsToReach({ end, report }: JournalOutline): number {
  // A manifest alone proves no event, and the first one may be what the run never came back from.
  if (end === undefined) return report.entries > 1 ? Infinity : 0;
  // An actor whose mailbox is full fails between two events, so what must fail is given one more.
  return end.reason === "failed" ? end.events + 1 : end.events;
}

/** Flies, and takes it as an end when an actor fails where it failed before. */
async function flyAgain(
  world: World,
  { end }: JournalOutline,
  options: FlightOptions,
): Promise<{ ended: RunEnd; failure: ActorFailure | undefined }> {
  try {
    return { ended: await fly(world, options), failure: undefined };
  } catch (error) {
    if (!(error instanceof ActorFailure)) throw error;
    // The commands are compared inside of the venue's handler.
    if (error.cause instanceof Divergence) throw error.cause;
    if (end?.events !== world.kernel.events) throw error;
    return { ended: "events", failure: error };
  }
}

/**
 * Whether an actor would see one more event before the run's end. What lies ahead may be steps of the network alone, or
 * messages for actors that are busy, so the kernel is let on to find out.
 */
function goesOn({ kernel, endNs }: World, end: EndEntry): boolean {
  if (end.reason !== "time" && end.reason !== "idle") return false;
  try {
    kernel.run(endNs, end.events + 1);
  } catch (error) {
    // It may well be one that the actor cannot bear.
    if (!(error instanceof ActorFailure)) throw error;
  }
  return kernel.events > end.events;
}

/** Whether nothing can come any more, whatever the replay was asked for. */
function isOver(world: World, ended: RunEnd): boolean {
  return ended === "idle" || (ended === "time" && world.kernel.nextTimeNs > world.endNs);
}

function outcome(failure: string | undefined): string {
  return failure === undefined ? "did not fail" : `failed (${failure})`;
}
