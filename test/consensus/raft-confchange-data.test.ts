import { readdirSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { enterJoint, leaveJoint, simpleChange } from "../../src/consensus/raft/conf-change.ts";
import { configurationOf, membersOf } from "../../src/consensus/raft/configuration.ts";
import { describeWithRecording } from "../recordings.ts";
import { argOf, readScript } from "./data-script.ts";
import { configurationText, readChanges, replicaId } from "./raft-script-text.ts";

describeWithRecording("raft-testdata/confchange", "etcd's membership cases", (folder) => {
  const files = readdirSync(folder).sort((a, b) => (a < b ? -1 : 1));

  test("there are files", () => {
    expect(files).toHaveLength(9);
  });

  test.each(files)("%s", (file) => {
    let configuration = configurationOf([]);
    // The files show with `next` in which step a member was added.
    let next = new Map<number, number>();
    for (const [steps, step] of readScript(join(folder, file)).entries()) {
      const leave = argOf(step, "autoleave")?.[0] === "true" ? "automatic" : "explicit";
      const changes = readChanges(step.input.join(" "));
      const changed =
        step.command === "simple"
          ? simpleChange(configuration, changes)
          : step.command === "enter-joint"
            ? enterJoint(configuration, changes, leave)
            : leaveJoint(configuration);
      if (typeof changed !== "string") {
        configuration = changed;
        next = new Map(membersOf(changed).map((member) => [member, next.get(member) ?? Math.max(steps, 1)]));
      }
      const members = [...next].map(
        ([member, index]) =>
          `${replicaId(member)}: StateProbe match=0 next=${index}${configuration.learners.includes(member) ? " learner" : ""}`,
      );
      const output = typeof changed === "string" ? changed : [configurationText(changed), ...members].join("\n");
      expect({ line: step.line, output }).toEqual({ line: step.line, output: step.expected });
    }
  });
});
