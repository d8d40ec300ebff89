import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tradeswarm-commands-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test("commands that one example writes to a file, the other streams through a book", () => {
  const path = join(folder, "commands.bin");
  run("write-commands.ts", path);
  expect(run("stream-commands.ts", path).trim().split("\n")).toEqual([
    "orderAccepted 1:1 10@5000 none",
    "orderAccepted 2:1 4@5001 none",
    "trade 2:1 4@5000 trade 0",
    "orderReplaced 1:1 20@5002 lostPriority",
    "orderCanceled 1:1 16@5002 canceledByOwner",
    "requestRejected 1:1 0@0 unknownOrder",
  ]);
});

function run(example: string, path: string): string {
  return execFileSync(process.execPath, [join(import.meta.dirname, example), path], { encoding: "utf8" });
}
