import { expect, test } from "vitest";

import { textTable } from "../../testing/text-table.ts";
import { Progress } from "./progress.ts";

/** What happens to a follower's progress, step by step; a window of two messages. */
const STEPS = textTable(
  ["step", "told", "state", "match", "next", "paused", "inflight"],
  `step             | told | state     | match | next | paused | inflight
   sent 1           |      | probe     | 0     | 10   | yes    | 0
   rejected 8 at 3  | no   | probe     | 0     | 10   | yes    | 0
   rejected 9 at 3  | yes  | probe     | 0     | 4    | no     | 0
   sent 0           |      | probe     | 0     | 4    | no     | 0
   sent 2           |      | probe     | 0     | 4    | yes    | 0
   accepted 5       | yes  | probe     | 5     | 6    | no     | 0
   accepted 5       | no   | probe     | 5     | 6    | no     | 0
   replicate        |      | replicate | 5     | 6    | no     | 0
   sent 2           |      | replicate | 5     | 8    | no     | 1
   sent 1           |      | replicate | 5     | 9    | yes    | 2
   accepted 7       | yes  | replicate | 7     | 9    | no     | 1
   sent 0           |      | replicate | 7     | 9    | no     | 1
   sent 3           |      | replicate | 7     | 12   | yes    | 2
   rejected 7 at 2  | no   | replicate | 7     | 12   | yes    | 2
   rejected 11 at 9 | yes  | replicate | 7     | 8    | yes    | 2
   probe            |      | probe     | 7     | 8    | no     | 0
   snapshot 20      |      | snapshot  | 7     | 21   | yes    | 0
   probe            |      | probe     | 7     | 21   | no     | 0
   rejected 20 at 5 | yes  | probe     | 7     | 8    | no     | 0`,
);

test("a follower's progress goes from probing to streaming and back", () => {
  const progress = new Progress({ match: 0, next: 10, inflightMax: 2, active: true });
  for (const row of STEPS) {
    const told = play(progress, row.step);
    const { state, match, next, isPaused, inflight } = progress;
    expect({
      step: row.step,
      told: told === undefined ? "" : yesNo(told),
      state,
      match: String(match),
      next: String(next),
      paused: yesNo(isPaused),
      inflight: String(inflight),
    }).toEqual(row);
  }
});

test("the commit index is worth a message only if it covers more of what was sent", () => {
  const progress = new Progress({ match: 5, next: 6, inflightMax: 2, active: true });
  progress.becomeReplicate();
  progress.sent(2, 5);
  expect([progress.lacksCommit(5), progress.lacksCommit(6)]).toEqual([false, true]);
  progress.sent(0, 7);
  expect(progress.lacksCommit(9)).toBe(false);
});

function play(progress: Progress, step: string): boolean | undefined {
  const [verb, first, , second] = step.split(" ");
  const index = Number(first);
  switch (verb) {
    case "sent":
      progress.sent(index, 0);
      return undefined;
    case "accepted": {
      const told = progress.accepted(index);
      progress.arrived(index);
      return told;
    }
    case "rejected":
      return progress.rejected(index, Number(second));
    case "replicate":
      progress.becomeReplicate();
      return undefined;
    case "probe":
      progress.becomeProbe();
      return undefined;
    default:
      progress.becomeSnapshot(index, new Int32Array(4));
      return undefined;
  }
}

function yesNo(value: boolean): string {
  return value ? "yes" : "no";
}
