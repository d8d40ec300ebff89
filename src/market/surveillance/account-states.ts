/** Something of each account in each instrument, made when it is first asked for. */
export class AccountStates<State> {
  readonly #create: () => State;
  readonly #states: (State | undefined)[][] = [];

  constructor(create: () => State) {
    this.#create = create;
  }

  /** @param account at least 0 */
  of(instrument: number, account: number): State {
    let states = this.#states[instrument];
    if (states === undefined) {
      states = [];
      this.#states[instrument] = states;
    }
    let state = states[account];
    if (state === undefined) {
      state = this.#create();
      states[account] = state;
    }
    return state;
  }
}
