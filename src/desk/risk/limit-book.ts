import type { Problem } from "../../core/errors.ts";
import { UserError } from "../../core/errors.ts";
import type { Nanos } from "../../core/units.ts";
import type { Limits, LimitSetting } from "./limits.ts";
import { problemsOfSetting } from "./limits.ts";
import type { Scope, Scopes } from "./scope.ts";
import type { ScopeKind } from "./scope-kind.ts";

/** A change of limits, for the audit: who wanted what, and what held before. */
export interface LimitChange {
  /** Counts up from 1; the version that holds from this change on. */
  readonly version: number;
  readonly atNs: Nanos;
  readonly by: string;
  readonly settings: readonly (LimitSetting & { readonly before: number | undefined })[];
}

/** The limits of a desk. They change as a whole or not at all, and each change is on record. */
export class LimitBook {
  readonly #scopes: Scopes;
  readonly #changes: LimitChange[] = [];

  constructor(scopes: Scopes) {
    this.#scopes = scopes;
  }

  /** 0 before the first change. */
  get version(): number {
    return this.#changes.length;
  }

  /** Every change so far, oldest first. */
  get changes(): readonly LimitChange[] {
    return this.#changes;
  }

  /**
   * Sets limits, all of them or none.
   * @returns the change, which the caller writes to the journal
   * @throws {UserError} with every problem at once: unknown scopes, names and limits, impossible values
   */
  change(settings: readonly LimitSetting[], { by, atNs }: { readonly by: string; readonly atNs: Nanos }): LimitChange {
    const problems = settings.flatMap((setting, place) => this.#problemsOf(setting, `limits[${place}]`));
    if (problems.length > 0) throw new UserError("the limits are left as they were", { problems });
    const applied = settings.map((setting) => ({ ...setting, before: this.#set(setting) }));
    const change = { version: this.version + 1, atNs, by, settings: applied };
    this.#changes.push(change);
    return change;
  }

  #problemsOf(setting: LimitSetting, path: string): readonly Problem[] {
    const problems = problemsOfSetting(setting, path);
    if (problems.length > 0 || this.#find(setting) !== undefined) return problems;
    const names = this.#scopes.all.filter(({ kind }) => kind === setting.scope).map(({ name }) => name);
    const message = `there is no ${setting.scope} ${JSON.stringify(setting.name)}; there is ${names.join(", ")}`;
    return [{ path, message }];
  }

  #find({ scope, name }: LimitSetting): Scope | undefined {
    return this.#scopes.find(scope as ScopeKind, name);
  }

  /** @returns what held before */
  #set(setting: LimitSetting): number | undefined {
    const scope = this.#find(setting) as Scope;
    const limit = setting.limit as keyof Limits;
    const { [limit]: before, ...others } = scope.limits;
    scope.limits = setting.value === undefined ? others : { ...others, [limit]: setting.value };
    return before;
  }
}
