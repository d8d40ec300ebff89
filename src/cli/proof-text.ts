import { ExitCode, UserError } from "../core/errors.ts";
import { grouped } from "../lab/grouped.ts";
import type { Divergence } from "../lab/journal-verifier.ts";
import { currentCommit, currentVersions } from "../lab/manifest.ts";
import type { Manifest } from "../lab/manifest.ts";
import type { JournalOutline, Replayed } from "../lab/replay-run.ts";
import { seconds, styled } from "./terminal.ts";

/** What a replay has proven, for programs. */
export function proofOf(outline: JournalOutline, replayed: Replayed): Record<string, unknown> {
  const { kernel } = replayed.world;
  const { report, end } = outline;
  return {
    proof: replayed.proof,
    events: kernel.events,
    timeNs: kernel.nowNs,
    entriesCompared: replayed.compared,
    checkpoints: replayed.checkpoints,
    tape: kernel.tape.digest(),
    recordedTape: end?.tape,
    ended: end?.reason,
    failure: replayed.failure?.message,
    journal: { entries: report.entries, complete: report.complete, tail: report.tail },
  };
}

/** What a replay has proven, for people. */
export function proofText(outline: JournalOutline, replayed: Replayed, wallMs: number): string {
  const { kernel } = replayed.world;
  const isEqual = replayed.proof === "equal";
  const verdict = isEqual ? styled("green", "equal") : styled("yellow", "equal as far as it goes");
  const compared = `${grouped(String(replayed.compared))} journal entries compared`;
  const failure =
    replayed.failure === undefined ? [] : [`${styled("yellow", "it fails as recorded")}: ${replayed.failure.message}`];
  return [
    ...journalNotes(outline),
    `${verdict}: ${grouped(String(kernel.events))} events, ${compared}, ${seconds(wallMs)}`,
    ...failure,
    `${isEqual ? "journal hash" : "hash up to there"}  ${kernel.tape.digest()}`,
  ].join("\n");
}

function journalNotes({ report, end }: JournalOutline): string[] {
  const { tail, entries } = report;
  if (tail.kind === "torn") {
    const lost = `${grouped(String(tail.droppedBytes))} bytes from byte ${tail.byteOffset} on are lost`;
    return [
      `${styled("yellow", "the journal is torn")}: ${lost}, everything up to entry ${tail.lastSequence} is there`,
    ];
  }
  if (end !== undefined) return [];
  return [`${styled("yellow", "the journal has no end")}: the run was cut off after entry ${entries - 1}`];
}

/** A difference, with what may have caused it. */
export function diverged(run: string, error: Divergence, manifest: Manifest): UserError {
  const made = { ...manifest.versions, commit: manifest.commit };
  const here = { ...currentVersions(), commit: currentCommit() };
  const others = (Object.keys(here) as (keyof typeof here)[])
    .filter((key) => made[key] !== here[key])
    .map((key) => `\n  the run was made with ${key} ${made[key] || "unknown"}, this is ${here[key] || "unknown"}`);
  return new UserError(`${run}: ${error.message}${others.join("")}`, { exitCode: ExitCode.failed });
}
