import { assert } from "../core/assert.ts";

/** Accounts that belong to the same party: what is forbidden between an owner's own orders is so between theirs. */
export class OwnerGroups {
  private groups = new Int32Array(64);
  /** Groups that have members are numbered from 1 to this. */
  count = 0;

  /** The group of an owner; 0 where it belongs to none. */
  of(owner: number): number {
    return owner < this.groups.length ? this.groups[owner] : 0;
  }

  /** @param group from 1 */
  join(owner: number, group: number): void {
    assert(owner >= 0 && group >= 1, "owners and groups have numbers");
    if (owner >= this.groups.length) {
      const larger = new Int32Array(Math.max(owner + 1, this.groups.length * 2));
      larger.set(this.groups);
      this.groups = larger;
    }
    this.groups[owner] = group;
    this.count = Math.max(this.count, group);
  }

  /** Whether both are the same party. */
  areOne(owner: number, other: number): boolean {
    if (owner === other) return true;
    const group = this.of(owner);
    return group !== 0 && group === this.of(other);
  }
}
