import type { Subject } from "./life.ts";
import { journalSubject } from "./journal/journal-life.ts";
import { networkSubject } from "./network/network-life.ts";
import { miningSubject } from "./proof-of-work/mining-life.ts";
import { raftSubject } from "./raft/raft-life.ts";
import { streamletSubject } from "./streamlet/streamlet-life.ts";

/** Everything that the soak can test, by name. */
export const SUBJECTS: readonly Subject[] = [
  raftSubject,
  streamletSubject,
  miningSubject,
  journalSubject,
  networkSubject,
];

export function subjectOf(name: string): Subject {
  const subject = SUBJECTS.find((candidate) => candidate.name === name);
  if (subject === undefined) throw new Error(`the soak knows no protocol "${name}"`);
  return subject;
}
