import type { World } from "../../world/world.ts";
import { agentNameOf } from "../../world/scenario/groups.ts";
import { EXTERNAL_ACCOUNT, FEE_ACCOUNT } from "../../market/ledger.ts";

/** Who stands behind each account of a world. */
export function accountNames(world: World): ReadonlyMap<number, string> {
  const names = new Map<number, string>([
    [EXTERNAL_ACCOUNT, "external"],
    [FEE_ACCOUNT, "fees"],
  ]);
  for (const group of world.groups) {
    for (const [index, account] of group.accounts.entries()) names.set(account, agentNameOf(group.name, index + 1));
  }
  const flow = world.recordedFlow;
  if (flow !== undefined) {
    names.set(flow.accounts.maker, "recorded-maker");
    names.set(flow.accounts.taker, "recorded-taker");
  }
  return names;
}
