import { RULE_KINDS } from "../src/market/rules/registry.ts";

/** Every rule of a venue, in the order in which they are asked, with its reasons. */
export function renderRules(): string {
  const rows = RULE_KINDS.map(({ name, does, scope, reasons }) => {
    const codes = reasons.map((reason) => `\`${reason}\``).join(", ");
    return `| \`${name}\` | ${does} | ${scope} | ${codes} |`;
  });
  return ["| rule | | counts by | reasons |", "| --- | --- | --- | --- |", ...rows].join("\n");
}
