import type { OrderView } from "../order-book.ts";
import type { BookMemory } from "./book-memory.ts";
import { ExtraWord, LevelWord, OrderWord, visibleLotsOf } from "./book-memory.ts";
import type { PriceLadder } from "./price-ladder.ts";
import { NO_KEY } from "./price-ladder.ts";

type MutableView = { -readonly [Field in keyof OrderView]: OrderView[Field] };

/** A view of no order, to be filled. */
export function emptyView(): MutableView {
  return {
    owner: 0,
    orderId: 0,
    venueOrderId: 0,
    flags: 0,
    priceTicks: 0,
    triggerTicks: 0,
    leavesLots: 0,
    visibleLots: 0,
    displayLots: 0,
    filledLots: 0,
    expireTimeNs: 0,
  };
}

/** Copies an order out of the memory into a view that is there already. */
export function fillView(memory: BookMemory, order: number, view: MutableView): OrderView {
  const words = memory.words;
  const extra = words[order | OrderWord.extra];
  view.owner = words[order | OrderWord.owner];
  view.orderId = words[order | OrderWord.orderId];
  view.venueOrderId = words[order | OrderWord.venueOrderId];
  view.flags = words[order | OrderWord.flags];
  view.priceTicks = words[order | OrderWord.priceTicks];
  view.triggerTicks = extra === 0 ? 0 : words[extra | ExtraWord.triggerTicks];
  view.leavesLots = words[order | OrderWord.leavesLots];
  view.visibleLots = view.triggerTicks === 0 ? visibleLotsOf(words, order) : 0;
  view.displayLots = extra === 0 ? 0 : words[extra | ExtraWord.displayLots];
  view.filledLots = words[order | OrderWord.filledLots];
  view.expireTimeNs = extra === 0 ? 0 : memory.doubles[(extra | ExtraWord.expireTimeNs) >> 1];
  return view;
}

/** Copies an order out of the memory. */
export function viewOrder(memory: BookMemory, order: number): OrderView {
  return fillView(memory, order, emptyView());
}

/** Copies the orders of each ladder, best level first, visible before hidden. */
export function listOrders(memory: BookMemory, ladders: readonly PriceLadder[]): OrderView[] {
  const views: OrderView[] = [];
  for (const ladder of ladders) {
    for (let key = ladder.bestKey; key !== NO_KEY; key = ladder.nextKey(key)) {
      const level = ladder.find(key);
      listQueue(memory, level, views);
      const hidden = memory.words[level | LevelWord.hidden];
      if (hidden !== 0) listQueue(memory, hidden, views);
    }
  }
  return views;
}

function listQueue(memory: BookMemory, queue: number, views: OrderView[]): void {
  for (let order = memory.words[queue]; order !== queue; order = memory.words[order])
    views.push(viewOrder(memory, order));
}
