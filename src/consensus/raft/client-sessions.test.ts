import { expect, test } from "vitest";

import { textTable } from "../../testing/text-table.ts";
import { ClientSessions, SESSIONS_MAX } from "./client-sessions.ts";
import { WordReader, WordWriter } from "./word-stream.ts";

const STEPS = textTable(
  ["entry", "answer", "executed"],
  `entry  | answer            | executed
   open 7 |                   | 0
   7/1    | done 1            | 1
   7/1    | done 1            | 1
   7/2    | done 2            | 2
   7/1    | superseded 0      | 2
   8/1    | session-expired 0 | 2
   open 8 |                   | 2
   8/1    | done 3            | 3
   7/2    | done 2            | 3
   7/3    | done 4            | 4
   open 9 |                   | 4
   8/2    | session-expired 0 | 4
   7/4    | done 5            | 5
   9/1    | done 6            | 6`,
);

test.each(["as it is", "written and read before each entry"])(
  "a transaction takes effect once, the table %s",
  (how) => {
    let sessions = new ClientSessions(2);
    let executed = 0;
    for (const row of STEPS) {
      if (how !== "as it is") sessions = copied(sessions);
      const [session, sequence] = row.entry.split("/").map(Number);
      let answer = "";
      if (row.entry.startsWith("open")) {
        sessions.open(Number(row.entry.slice(5)));
      } else {
        const { outcome, value } = sessions.execute(session, sequence, () => ++executed);
        answer = `${outcome} ${value}`;
      }
      expect({ ...row, answer, executed: String(executed) }).toEqual(row);
    }
  },
);

test("one session more than there may be closes the oldest", () => {
  const sessions = new ClientSessions();
  for (let session = 1; session <= SESSIONS_MAX; session++) sessions.open(session);
  expect([1, 2].map((session) => sessions.answerOf(session, 1)?.outcome)).toEqual([undefined, undefined]);
  sessions.open(SESSIONS_MAX + 1);
  expect([1, 2].map((session) => sessions.answerOf(session, 1)?.outcome)).toEqual(["session-expired", undefined]);
});

test("what is known can be asked for without executing anything", () => {
  const sessions = new ClientSessions();
  sessions.open(3);
  expect(sessions.answerOf(3, 1)).toBeUndefined();
  sessions.execute(3, 1, () => 42);
  expect(sessions.answerOf(3, 1)).toEqual({ outcome: "done", value: 42 });
  expect(sessions.answerOf(4, 1)).toEqual({ outcome: "session-expired", value: 0 });
});

function copied(sessions: ClientSessions): ClientSessions {
  const writer = new WordWriter(new Int32Array(sessions.words), 0);
  sessions.write(writer);
  expect(writer.length).toBe(sessions.words);
  const copy = new ClientSessions(2);
  copy.restore(new WordReader(writer.words, 0, writer.length));
  return copy;
}
