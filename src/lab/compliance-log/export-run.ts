import type { Nanos } from "../../core/units.ts";
import { EntryKind } from "../../store/journal/entry-kind.ts";
import { openJournal } from "../../store/journal/recovery.ts";
import type { World } from "../../world/world.ts";
import type { JournalOutline, ReplayOptions, Replayed } from "../replay-run.ts";
import { replayRun } from "../replay-run.ts";
import { checkpointEventsOf } from "../tape-record.ts";
import { EventLog } from "./event-log.ts";
import type { LogQuery } from "./log-filter.ts";
import { LogFilter } from "./log-filter.ts";
import type { LogWriter } from "./log-row.ts";

export interface ExportOptions extends Omit<ReplayOptions, "untilNs" | "eventsMax" | "onWorld"> {
  readonly query: LogQuery;
  readonly createWriter: (world: World) => LogWriter;
}

/** What an export wrote, and what it proved on the way. */
export interface Exported {
  readonly replayed: Replayed;
  /** Rows of the whole log as far as the run was made again, and those of them that were asked for and written. */
  readonly rowsInAll: number;
  readonly rows: number;
  /** Whether every row is vouched for by a hash of the run's journal. */
  readonly isProven: boolean;
}

/**
 * Makes a run again and writes down what happened in it. The journal holds what entered the run; everything else follows
 * from that, and the journal's hashes say whether it is what happened then. Nothing is committed unless they agree.
 * @throws {Divergence} where the run cannot be made again as it is written; then the writer has discarded everything
 */
export async function exportRun(path: string, outline: JournalOutline, options: ExportOptions): Promise<Exported> {
  const { query, createWriter } = options;
  const end = query.toNs === undefined ? undefined : checkpointBehind(path, query.toNs);
  const made: { log?: EventLog; writer?: LogWriter } = {};
  let isCommitted = false;
  try {
    const replayed = await replayRun(path, outline, {
      ...options,
      // The rows that are asked for end before this checkpoint, which vouches for them.
      ...(end === undefined ? {} : { eventsMax: end }),
      onWorld: (world) => {
        made.writer = createWriter(world);
        made.log = new EventLog(world, new LogFilter(query), made.writer);
      },
    });
    const { rowsInAll = 0, rows = 0 } = made.log ?? {};
    const isReached = end !== undefined && replayed.world.kernel.events === end;
    const isInterrupted = options.signal?.aborted === true;
    if (!isInterrupted) {
      made.writer?.commit();
      isCommitted = true;
    }
    return { replayed, rowsInAll, rows, isProven: replayed.proof === "equal" || isReached };
  } catch (error) {
    throw made.log?.failure ?? error;
  } finally {
    if (!isCommitted) made.writer?.discard();
  }
}

/** Events up to the first checkpoint that is at that time or later: it vouches for everything before. */
function checkpointBehind(path: string, timeNs: Nanos): number | undefined {
  const { reader } = openJournal(path);
  try {
    while (reader.advance()) {
      if (reader.entryKind === EntryKind.checkpoint && reader.timeNs >= timeNs)
        return checkpointEventsOf(reader.words, reader.at);
    }
  } finally {
    reader.close();
  }
  return undefined;
}
