import { CommandWord, KillScope } from "../../model/command.ts";
import { Reason } from "../../model/reason.ts";
import type { OwnerGroups } from "../owner-groups.ts";
import { OwnerValues } from "./owner-values.ts";
import type { RuleSite, VenueRule } from "./rule.ts";

const { owner: OWNER } = CommandWord;
const { none: NONE, killSwitch: KILLED } = Reason;

/** Who is stopped is said by commands. */
export interface KillSwitchOptions {
  readonly isOffered: true;
}

/**
 * Stops new orders and replaces of an owner, a group of owners, or everybody, from the command that engages it to the
 * one that releases it. The venue cancels what they have in its books. An owner may be stopped in several ways at once:
 * each must be released. Cancels pass.
 */
export class KillSwitch implements VenueRule {
  declare private readonly groups: OwnerGroups;
  private isAllStopped = false;
  /** How many owners and groups are stopped, so that a venue where nobody is does not look them up. */
  private stopped = 0;
  private readonly owners = new OwnerValues(1);
  private readonly ownerGroups = new OwnerValues(1);

  constructor(_options: KillSwitchOptions, { groups }: Pick<RuleSite, "groups">) {
    this.groups = groups;
  }

  admit(words: Int32Array, _doubles: Float64Array, at: number): number {
    if (this.stopped === 0) return NONE;
    return this.isStopped(words[at | OWNER]) ? KILLED : NONE;
  }

  isStopped(owner: number): boolean {
    if (this.isAllStopped) return true;
    const row = this.owners.rowOf(owner);
    if (this.owners.numbers[row] === 1) return true;
    const group = this.groups.of(owner);
    if (group === 0) return false;
    const groupRow = this.ownerGroups.rowOf(group);
    return this.ownerGroups.numbers[groupRow] === 1;
  }

  /** @param target an account or a group, by the scope; of no meaning for all */
  engage(scope: number, target: number): void {
    this.set(scope, target, 1);
  }

  release(scope: number, target: number): void {
    this.set(scope, target, 0);
  }

  private set(scope: number, target: number, value: 0 | 1): void {
    if (scope === KillScope.all) {
      this.stopped += value - Number(this.isAllStopped);
      this.isAllStopped = value === 1;
      return;
    }
    const values = scope === KillScope.owner ? this.owners : this.ownerGroups;
    const row = values.rowOf(target);
    this.stopped += value - values.numbers[row];
    values.numbers[row] = value;
  }
}
