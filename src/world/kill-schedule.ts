import { KillScope, writeKillSwitch } from "../model/command.ts";
import { RECORD_WORDS, RecordKind } from "../model/record.ts";
import type { VenueActor } from "../venues/simulated/venue-actor.ts";
import { agentNameOf } from "./scenario/groups.ts";
import type { Scenario } from "./scenario/schema.ts";

/** Whom a name may stand for. */
export interface KillTargets {
  readonly groups: readonly { readonly name: string; readonly accounts: readonly number[] }[];
  /** Names of owners of accounts: the first one is group 1 of the venue's owners. */
  readonly owners: readonly string[];
}

/** Has the operator of a venue send what the scenario says of its kill switch. */
export function scheduleKillSwitch(actor: VenueActor, { rules }: Scenario["venues"][number], known: KillTargets): void {
  if (rules.killSwitch === undefined || !rules.killSwitch.enabled) return;
  for (const { at, action, who } of rules.killSwitch.schedule) {
    const kind = action === "engage" ? RecordKind.engageKillSwitch : RecordKind.releaseKillSwitch;
    for (const target of targetsOf(known, who)) {
      const command = new Int32Array(RECORD_WORDS);
      writeKillSwitch(command, 0, { kind, ...target });
      actor.schedule(at, command);
    }
  }
}

/** An owner of accounts is one target, a group of agents one for each agent. */
function targetsOf(
  { groups, owners }: KillTargets,
  who: string | undefined,
): { readonly scope: KillScope; readonly target?: number }[] {
  if (who === undefined) return [{ scope: KillScope.all }];
  if (owners.includes(who)) return [{ scope: KillScope.group, target: owners.indexOf(who) + 1 }];
  return groups.flatMap(({ name, accounts }) =>
    accounts
      .filter((_, place) => who === name || who === agentNameOf(name, place + 1))
      .map((target) => ({ scope: KillScope.owner, target })),
  );
}
