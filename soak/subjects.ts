import type { Subject } from "./life.ts";
import { raftSubject } from "./raft/raft-life.ts";

/** Everything that the soak can test, by name. */
export const SUBJECTS: readonly Subject[] = [raftSubject];

export function subjectOf(name: string): Subject {
  const subject = SUBJECTS.find((candidate) => candidate.name === name);
  if (subject === undefined) throw new Error(`the soak knows no protocol "${name}"`);
  return subject;
}
