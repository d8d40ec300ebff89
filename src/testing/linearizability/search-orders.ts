import { assert } from "../../core/assert.ts";
import { CallSet } from "./call-set.ts";
import { ConfigurationCache } from "./configuration-cache.ts";
import { END, EntryList } from "./entry-list.ts";
import type { History } from "./history.ts";
import { ILLEGAL } from "./model.ts";
import type { Model } from "./model.ts";
import { OrderStack } from "./order-stack.ts";
import { StateTable } from "./state-table.ts";

/** How much work a check may be. */
export interface SearchLimits {
  /** Steps of the model. */
  readonly stepsMax: number;
  /** Words of 4 bytes for the configurations that are remembered. */
  readonly cacheWordsMax: number;
}

export interface SearchBounds extends SearchLimits {
  /** Only calls that returned before this position must be in the order: Infinity for all that returned. */
  readonly until: number;
}

/** Indices of calls, in an order in which they could have taken effect, and the state behind them. */
export interface FoundOrder<State> {
  readonly order: readonly number[];
  readonly state: State;
}

/** How far a search came. */
export interface FurthestOrder<State> extends FoundOrder<State> {
  /** The call whose return no order passed; all calls that returned before it are in the order. */
  readonly blocked: number;
}

export type SearchResult<State> = { readonly steps: number } & (
  | { readonly kind: "found"; readonly found: FoundOrder<State> }
  | { readonly kind: "none"; readonly furthest: FurthestOrder<State> }
  /** `furthest` is undefined where the limit was hit before any return held up the search. */
  | {
      readonly kind: "gave-up";
      readonly limit: keyof SearchLimits;
      readonly furthest: FurthestOrder<State> | undefined;
    }
);

/**
 * Searches for an order in which the calls could have taken effect one by one: the depth-first search of Wing and Gong
 * (1993), just in time and with a cache as Lowe (2017) improved it.
 *
 * @throws {InvariantError} when the model breaks its contract
 */
export function searchOrders<State, Input, Output>(
  model: Model<State, Input, Output>,
  calls: History<Input, Output>,
  bounds: SearchBounds,
): SearchResult<State> {
  return new OrderSearch(model, calls, bounds).run();
}

class OrderSearch<State, Input, Output> {
  readonly #model: Model<State, Input, Output>;
  readonly #calls: History<Input, Output>;
  readonly #limits: SearchLimits;
  readonly #until: number;
  readonly #list: EntryList;
  readonly #states: StateTable<State>;
  readonly #cache: ConfigurationCache;
  readonly #lifted: CallSet;
  readonly #stack: OrderStack;
  #returnsLeft: number;
  #steps = 0;
  /** The call whose return held up the search latest in the history so far, or -1. */
  #blocked = -1;

  constructor(model: Model<State, Input, Output>, calls: History<Input, Output>, { until, ...limits }: SearchBounds) {
    this.#model = model;
    this.#calls = calls;
    this.#limits = limits;
    this.#list = new EntryList(calls);
    this.#states = new StateTable(model);
    this.#cache = new ConfigurationCache(limits.cacheWordsMax);
    this.#lifted = new CallSet(calls);
    this.#stack = new OrderStack(calls.length, this.#states.idOf(model.initial));
    this.#until = until;
    this.#returnsLeft = calls.filter(({ returnedAt }) => returnedAt < until).length;
  }

  /**
   * A call may be next if it was made before the first return among the calls not yet in order, and if the model lets
   * it have the answer that it had. Where none may be, the last choice is taken back.
   */
  run(): SearchResult<State> {
    let entry = this.#returnsLeft === 0 ? END : this.#list.firstCandidate();
    while (this.#returnsLeft > 0) {
      if (entry === END) {
        this.#noteBlocked(this.#list.callOf(this.#list.firstReturn()));
        if (this.#stack.length === 0) return { kind: "none", furthest: this.#furthest(), steps: this.#steps };
        entry = this.#takeBack();
        continue;
      }
      const tried = this.#try(this.#list.callOf(entry));
      if (tried === "stepsMax" || tried === "cacheWordsMax") return this.#giveUp(tried);
      if (tried === "refused") entry = this.#list.candidateAfter(entry);
      else if (this.#returnsLeft > 0) entry = this.#list.firstCandidate();
    }
    return { kind: "found", found: this.#stack.current(this.#states), steps: this.#steps };
  }

  #try(call: number): "taken" | "refused" | keyof SearchLimits {
    if (this.#steps === this.#limits.stepsMax) return "stepsMax";
    this.#steps++;
    const { input, output } = this.#calls[call];
    const before = this.#stack.state;
    const next = this.#model.step(this.#states.state(before), input, output);
    if (next === ILLEGAL) return "refused";
    const state = this.#states.idOf(next);
    assert(
      state === before || !this.#model.readsOnly(input, output),
      "a call that only reads leaves the state as it is",
    );
    this.#lifted.add(call);
    const cached = this.#cache.add(this.#lifted, state);
    if (cached !== "new") {
      this.#lifted.remove(call);
      return cached === "known" ? "refused" : "cacheWordsMax";
    }
    this.#stack.push(call, state);
    this.#list.lift(call);
    if (this.#mustReturn(call)) this.#returnsLeft--;
    return "taken";
  }

  /** Takes back the last choice. @returns what may be tried instead, or `END`. */
  #takeBack(): number {
    const call = this.#stack.pop();
    this.#list.unlift(call);
    this.#lifted.remove(call);
    if (this.#mustReturn(call)) this.#returnsLeft++;
    // Any order in which a call that only reads comes later is as good with that call moved to here. So going on without
    // it finds nothing.
    const { input, output } = this.#calls[call];
    return this.#model.readsOnly(input, output) ? END : this.#list.candidateAfter(this.#list.entryOf(call));
  }

  #mustReturn(call: number): boolean {
    return this.#calls[call].returnedAt < this.#until;
  }

  #noteBlocked(call: number): void {
    if (this.#blocked >= 0 && this.#calls[call].returnedAt <= this.#calls[this.#blocked].returnedAt) return;
    this.#blocked = call;
    this.#stack.keepAsFurthest();
  }

  #furthest(): FurthestOrder<State> {
    return { ...this.#stack.furthest(this.#states), blocked: this.#blocked };
  }

  #giveUp(limit: keyof SearchLimits): SearchResult<State> {
    const furthest = this.#blocked < 0 ? undefined : this.#furthest();
    return { kind: "gave-up", limit, furthest, steps: this.#steps };
  }
}
