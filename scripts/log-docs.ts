import { RECORD_FIELDS } from "../src/model/record-fields.ts";

/** What a kind of record says, in the columns of the compliance log. */
export function renderLogKinds(): string {
  const rows = Object.entries(RECORD_FIELDS).map(([kind, fields]) => {
    const columns = fields
      .filter(({ name }) => name !== "instrument")
      .flatMap(({ name }) => COLUMNS_OF[name] ?? [name]);
    return `| \`${kind}\` | ${columns.join(", ")} |`;
  });
  return ["| kind | says, besides when, where and of which instrument |", "| --- | --- |", ...rows].join("\n");
}

/** Fields that fill other columns than the one of their name. */
const COLUMNS_OF: Readonly<Record<string, readonly string[]>> = {
  owner: ["agent", "account"],
  counterOwner: ["counterAgent", "counterAccount"],
  flags: ["side", "orderType", "timeInForce", "instructions", "selfTradePrevention"],
  fee: ["fee", "feeAsset"],
};
