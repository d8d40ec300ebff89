import { describe, expect, test } from "vitest";

import { replay, RunsFolder } from "../testing/recorded-run.ts";
import { parseScenario } from "../world/scenario/parse.ts";
import { FEW, scenarioText } from "../testing/scenario-text.ts";
import { summarizeAlerts } from "./alerts.ts";

/** A small market with somebody who trades with itself. */
function scenarioWith(surveillance: string) {
  const population = [...FEW, "{ kind: washTrader, name: washer, parameters: { interval: 2s } }"];
  const text = `${scenarioText({ duration: "3m", population })}${surveillance}`;
  return parseScenario(text, "small.yaml");
}

describe("surveillance of a run", () => {
  test("stands in the summary, and changes nothing else", async () => {
    using runs = new RunsFolder();
    const watched = await runs.record(scenarioWith("surveillance: true\n"));
    const alone = await runs.record(scenarioWith("surveillance: false\n"));
    const { surveillance, ...rest } = watched.summary;
    expect(alone.summary).toEqual({ ...rest, surveillance: undefined });
    const alert = surveillance?.alerts.find(({ detector }) => detector === "selfTrading");
    expect(alert).toMatchObject({ nature: "offence", venue: "XSIM", symbol: "ACME", agents: ["washer-1"] });
    expect(alert?.evidence[0]).toMatchObject({ event: "trade", agent: "washer-1", against: "washer-1", qty: "137" });
    expect(alert?.evidence[0].time).toMatch(/^09:3\d:\d\d\.\d{6}$/);
  });

  test("finds the same in a run that was recorded without it", async () => {
    using runs = new RunsFolder();
    const live = await runs.record(scenarioWith("surveillance: true\n"));
    const recorded = await runs.record(scenarioWith(""));
    const { world } = await replay(recorded.directory.journal, { surveillance: "all" });
    expect(summarizeAlerts(world)).toEqual(live.summary.surveillance);
  });

  test("may be of some detectors only", async () => {
    using runs = new RunsFolder();
    const { summary } = await runs.record(scenarioWith("surveillance: { detectors: [fatFinger] }\n"));
    expect(summary.surveillance?.alerts.filter(({ detector }) => detector !== "fatFinger")).toEqual([]);
  });
});
