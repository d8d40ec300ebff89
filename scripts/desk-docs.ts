import { DENIED_REASONS } from "../src/desk/risk/denied-reason.ts";
import { LIMITS } from "../src/desk/risk/limits.ts";

/** Every limit that may be set at a scope of the desk. */
export function renderLimits(): string {
  const rows = LIMITS.map(({ name, unit, meaning }) => `| \`${name}\` | ${unit} | ${meaning} |`);
  return ["| limit | unit | meaning |", "| --- | --- | --- |", ...rows].join("\n");
}

/** Why the desk does not let an intent become an order. */
export function renderDeniedReasons(): string {
  const rows = DENIED_REASONS.map(({ code, name, meaning }) => `| ${code} | \`${name}\` | ${meaning} |`);
  return ["| code | reason | meaning |", "| --- | --- | --- |", ...rows].join("\n");
}
