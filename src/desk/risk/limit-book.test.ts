import { expect, test } from "vitest";

import { UserError } from "../../core/errors.ts";
import { intentOf, riskStage } from "../../testing/desk/risk-stage.ts";
import { DENIED_REASONS } from "./denied-reason.ts";
import { RISK_CHECKS } from "./checks.ts";

test("a change is on record, with who made it and what held before", () => {
  const { limits } = riskStage([["agent", "ann", "orderLotsMax", 5]]);
  const setting = { scope: "agent", name: "ann", limit: "orderLotsMax" };
  const change = limits.change([{ ...setting, value: 8 }], { by: "eve", atNs: 3 });
  expect(change).toEqual({ version: 2, by: "eve", atNs: 3, settings: [{ ...setting, value: 8, before: 5 }] });
  expect(limits.changes.map(({ version }) => version)).toEqual([1, 2]);
});

test("a limit can be taken away", () => {
  const { limits, engine } = riskStage([["agent", "ann", "orderLotsMax", 5]]);
  limits.change([{ scope: "agent", name: "ann", limit: "orderLotsMax", value: undefined }], { by: "eve", atNs: 0 });
  expect(engine.decide(intentOf(), 0)).toMatchObject({ kind: "allowed", lots: 10 });
});

test("every problem is told at once, and nothing is changed", () => {
  const { limits, engine } = riskStage();
  const settings = [
    { scope: "agent", name: "ann", limit: "orderLotsMax", value: 1 },
    { scope: "desk", name: "ann", limit: "orderLotsMax", value: 1 },
    { scope: "agent", name: "zoe", limit: "orderLotsMax", value: 1 },
    { scope: "agent", name: "ann", limit: "orderLots", value: 1 },
    { scope: "agent", name: "ann", limit: "orderLotsMax", value: -1 },
    { scope: "agent", name: "ann", limit: "stopRequired", value: 2 },
  ];
  let message = "";
  try {
    limits.change(settings, { by: "eve", atNs: 0 });
  } catch (error) {
    message = error instanceof UserError ? error.describe() : String(error);
  }
  expect(message).toBe(
    [
      "the limits are left as they were",
      '  limits[1]: expected a scope of agent, strategy, venue, instrument, portfolio, found "desk"',
      '  limits[2]: there is no agent "zoe"; there is house, ann, ben, cem',
      '  limits[3]: there is no limit "orderLots"',
      "  limits[4]: orderLotsMax: expected a whole number of lots from 0 on, found -1",
      "  limits[5]: stopRequired: expected 1 for yes or 0 for no, found 2",
    ].join("\n"),
  );
  expect(limits.version).toBe(0);
  expect(engine.decide(intentOf(), 0)).toMatchObject({ lots: 10 });
});

test("every reason but the last belongs to one check, in any order", () => {
  const ofChecks = RISK_CHECKS.map(({ reason }) => reason).toSorted();
  const known = DENIED_REASONS.map(({ name }) => name).filter((name) => name !== "tooManyWorking");
  expect(ofChecks).toEqual(known.toSorted());
});
