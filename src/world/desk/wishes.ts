/** Which of an agent's wishes an order of the desk comes from, and the other way round, while it is not done. */
export class Wishes {
  readonly #orders = new Map<string, number>();
  readonly #wishes = new Map<number, { readonly agent: number; readonly wish: number }>();

  add(order: number, agent: number, wish: number): void {
    this.#orders.set(keyOf(agent, wish), order);
    this.#wishes.set(order, { agent, wish });
  }

  orderOf(agent: number, wish: number): number | undefined {
    return this.#orders.get(keyOf(agent, wish));
  }

  wishOf(order: number): { readonly agent: number; readonly wish: number } | undefined {
    return this.#wishes.get(order);
  }

  delete(order: number): void {
    const wish = this.#wishes.get(order);
    this.#wishes.delete(order);
    if (wish !== undefined) this.#orders.delete(keyOf(wish.agent, wish.wish));
  }

  /** Orders of an agent. */
  *of(agent: number): IterableIterator<number> {
    for (const [order, wish] of this.#wishes) if (wish.agent === agent) yield order;
  }
}

function keyOf(agent: number, wish: number): string {
  return `${agent} ${wish}`;
}
