import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { checkLinearizability } from "../../src/testing/linearizability/check-linearizability.ts";
import type { Verdict } from "../../src/testing/linearizability/check-linearizability.ts";
import type { History } from "../../src/testing/linearizability/history.ts";
import { KEY_VALUE_MODEL } from "../../src/testing/linearizability/key-value-model.ts";
import type { Model } from "../../src/testing/linearizability/model.ts";
import { orderFault } from "../../src/testing/linearizability/order-fault.ts";
import { parseEtcdLog } from "../../src/testing/linearizability/parse-etcd-log.ts";
import { parseKeyValueLog } from "../../src/testing/linearizability/parse-key-value-log.ts";
import { REGISTER_MODEL } from "../../src/testing/linearizability/register-model.ts";
import { describeWithRecording } from "../recordings.ts";

const DOC = readFileSync(new URL("../../docs/checkers.md", import.meta.url), "utf8");

describeWithRecording("linearizability", "the linearizability checker on recorded histories", (folder) => {
  test("agrees with the verdicts on all 102 histories of etcd", () => {
    const recorded = JSON.parse(readFileSync(join(folder, "etcd-verdicts.json"), "utf8")) as Record<string, boolean>;
    const found: Record<string, boolean> = {};
    const counts = new VerdictCounts();
    for (const file of Object.keys(recorded)) {
      const history = parseEtcdLog(readFileSync(join(folder, "jepsen", file), "utf8"), { file });
      found[file] = counts.add(REGISTER_MODEL, history) === "linearizable";
    }
    expect(found).toEqual(recorded);
    expect(counts.row("etcd, one register")).toEqual(rowOf("etcd, one register"));
    expect(Object.values(recorded).filter(Boolean)).toHaveLength(23);
    expect(Object.values(recorded)).toHaveLength(102);
  });

  test("agrees with the names of the histories of a key-value store", () => {
    const files = readdirSync(join(folder, "kv"));
    expect(files).toHaveLength(6);
    const clients = new Map([
      ["c01", "key-value store, 1 client"],
      ["c10", "key-value store, 10 clients"],
      ["c50", "key-value store, 50 clients"],
    ]);
    for (const [prefix, name] of clients) {
      const counts = new VerdictCounts();
      for (const suffix of ["ok", "bad"]) {
        const file = `${prefix}-${suffix}.txt`;
        const history = parseKeyValueLog(readFileSync(join(folder, "kv", file), "utf8"), { file });
        expect(counts.add(KEY_VALUE_MODEL, history)).toBe(suffix === "ok" ? "linearizable" : "not-linearizable");
      }
      expect(counts.row(name)).toEqual(rowOf(name));
    }
  });
});

/** What the table of the docs tells of one set of histories. */
class VerdictCounts {
  readonly #verdicts = { linearizable: 0, "not-linearizable": 0, unknown: 0 };
  #calls = 0;
  #unknownOutcomes = 0;
  #steps = 0;
  #stepsMax = 0;

  /** Checks a history, and the verdict's witness without a search. */
  add<State, Input, Output>(
    model: Model<State, Input, Output>,
    history: History<Input, Output>,
  ): Verdict<State, Input, Output>["kind"] {
    const verdict = checkLinearizability(model, history);
    if (verdict.kind === "linearizable") {
      expect(orderFault(model, { calls: history, order: verdict.order, until: Infinity })).toBeUndefined();
    } else if (verdict.kind === "not-linearizable") {
      const { calls, order, blocked } = verdict.longest;
      expect(orderFault(model, { calls, order, until: blocked.returnedAt })).toBeUndefined();
    }
    this.#verdicts[verdict.kind]++;
    this.#calls += history.length;
    this.#unknownOutcomes += history.filter(({ returnedAt }) => returnedAt === Infinity).length;
    this.#steps += verdict.steps;
    this.#stepsMax = Math.max(this.#stepsMax, verdict.steps);
    return verdict.kind;
  }

  row(name: string): string[] {
    const { linearizable, "not-linearizable": not, unknown } = this.#verdicts;
    const histories = linearizable + not + unknown;
    const verdicts = [histories, linearizable, not, unknown];
    const work = [this.#calls, this.#unknownOutcomes, this.#steps, this.#stepsMax];
    return [name, ...[...verdicts, ...work].map((number) => number.toLocaleString("en"))];
  }
}

/** The cells of the row of this name in the page's tables. */
function rowOf(name: string): string[] {
  const rows = DOC.split("\n").map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  return rows.find(([first]) => first === name) ?? [];
}
