import { expect, test } from "vitest";

import { describeWithRecording, recordingPath } from "./recordings.ts";

test("a recording that is not there has no path", () => {
  expect(recordingPath("no-such-recording")).toBeUndefined();
});

describeWithRecording("market", "a recording that is there", (path) => {
  test("has the path which the tests get", () => {
    expect(path).toBe(recordingPath("market"));
  });
});
