import type { BookCase } from "./book-case.ts";

/** Hidden orders and icebergs: their priority, and what of them shows. */
export const HIDDEN_AND_ICEBERG_CASES: readonly BookCase[] = [
  {
    title: "Fill-or-kill counts hidden orders and the reserve of icebergs",
    script: `
      given sell 1:1 10@5000 show 2
      given sell 1:2 5@5000 hidden
      buy 2:1 16@5000 fok
        accepted 2:1 #2 buy 16@5000 fok left 16
        canceled 2:1 #2 buy 16@5000 fok left 0 fokNotFillable
      buy 2:2 15@5000 fok
        accepted 2:2 #3 buy 15@5000 fok left 15
        trade 0 2@5000 buy 2:2 fok left 13, maker 1:1 left 8
        trade 1 2@5000 buy 2:2 fok left 11, maker 1:1 left 6
        trade 2 2@5000 buy 2:2 fok left 9, maker 1:1 left 4
        trade 3 2@5000 buy 2:2 fok left 7, maker 1:1 left 2
        trade 4 2@5000 buy 2:2 fok left 5, maker 1:1 left 0
        trade 5 5@5000 buy 2:2 fok left 0, maker 1:2 left 0
      book
    `,
  },
  {
    title: "Hidden orders come after the visible ones at their price, and before worse prices",
    showDeltas: true,
    script: `
      sell 1:1 5@5000 hidden
        accepted 1:1 #0 sell 5@5000 hidden left 5
      sell 1:2 5@5000
        accepted 1:2 #1 sell 5@5000 left 5
        ~1 added sell #1 5@5000, level 1/5
      sell 1:3 5@5001
        accepted 1:3 #2 sell 5@5001 left 5
        ~2 added sell #2 5@5001, level 1/5
      sell 1:4 5@5000 hidden
        accepted 1:4 #3 sell 5@5000 hidden left 5
      buy 2:1 7@5001
        accepted 2:1 #4 buy 7@5001 left 7
        trade 0 5@5000 buy 2:1 left 2, maker 1:2 left 0
        trade 1 2@5000 buy 2:1 left 0, maker 1:1 left 3
        ~3 executed sell #1 5@5000, level 0/0, trade 0
        ~4 hidden sell 2@5000, level 0/0, trade 1
      book
        ask 5000: 1:1 (3), 1:4 (5)
        ask 5001: 1:3 5
      buy 2:2 9@5001
        accepted 2:2 #5 buy 9@5001 left 9
        trade 2 3@5000 buy 2:2 left 6, maker 1:1 left 0
        trade 3 5@5000 buy 2:2 left 1, maker 1:4 left 0
        trade 4 1@5001 buy 2:2 left 0, maker 1:3 left 4
        ~5 hidden sell 3@5000, level 0/0, trade 2
        ~6 hidden sell 5@5000, level 0/0, trade 3
        ~7 executed sell #2 1@5001 shows 4, level 1/4, trade 4
      book
        ask 5001: 1:3 4
    `,
  },
  {
    title: "A hidden order at the best price is met first, and shows in the deltas by its trades only",
    showDeltas: true,
    script: `
      sell 1:1 5@5001
        accepted 1:1 #0 sell 5@5001 left 5
        ~1 added sell #0 5@5001, level 1/5
      sell 1:2 5@5000 hidden
        accepted 1:2 #1 sell 5@5000 hidden left 5
      buy 2:1 3@5000
        accepted 2:1 #2 buy 3@5000 left 3
        trade 0 3@5000 buy 2:1 left 0, maker 1:2 left 2
        ~2 hidden sell 3@5000, level 0/0, trade 0
      cancel 1:2
        canceled 1:2 #1 sell 2@5000 hidden left 0 filled 3 canceledByOwner
      buy 2:2 3@5000 hidden
        accepted 2:2 #3 buy 3@5000 hidden left 3
      cancel 2:2
        canceled 2:2 #3 buy 3@5000 hidden left 0 canceledByOwner
      buy 2:3 3@5000
        accepted 2:3 #4 buy 3@5000 left 3
        ~3 added buy #4 3@5000, level 1/3
    `,
  },
  {
    title: "Visible orders of the other side do not show where hidden ones are: best price, levels",
    script: `
      given buy 1:1 5@5000 hidden
      given buy 1:2 5@4999
      book
        bid 5000: 1:1 (5)
        bid 4999: 1:2 5
      buy 1:3 5@5000
        accepted 1:3 #2 buy 5@5000 left 5
      book
        bid 5000: 1:3 5, 1:1 (5)
        bid 4999: 1:2 5
    `,
  },
  {
    title: "When the visible orders of a price are gone, its hidden ones stay",
    script: `
      given sell 1:1 5@5000 hidden
      given sell 1:2 5@5000
      given sell 1:3 5@5000
      cancel 1:2
        canceled 1:2 #1 sell 5@5000 left 0 canceledByOwner
      cancel 1:3
        canceled 1:3 #2 sell 5@5000 left 0 canceledByOwner
      book
        ask 5000: 1:1 (5)
      given buy 2:1 2@4000
      buy 2:2 7@5000
        accepted 2:2 #4 buy 7@5000 left 7
        trade 0 5@5000 buy 2:2 left 2, maker 1:1 left 0
      book
        bid 5000: 2:2 2
        bid 4000: 2:1 2
    `,
  },
  {
    title: "An iceberg shows its display quantity; its refresh goes to the end of the queue",
    showDeltas: true,
    script: `
      sell 1:1 10@5000 show 3
        accepted 1:1 #0 sell 10@5000 left 10
        ~1 added sell #0 3@5000, level 1/3
      sell 2:1 5@5000
        accepted 2:1 #1 sell 5@5000 left 5
        ~2 added sell #1 5@5000, level 2/8
      buy 3:1 4@5000
        accepted 3:1 #2 buy 4@5000 left 4
        trade 0 3@5000 buy 3:1 left 1, maker 1:1 left 7
        trade 1 1@5000 buy 3:1 left 0, maker 2:1 left 4
        ~3 executed sell #0 3@5000, level 1/5, trade 0
        ~4 added sell #0 3@5000, level 2/8
        ~5 executed sell #1 1@5000 shows 4, level 2/7, trade 1
      book
        ask 5000: 2:1 4, 1:1 3/7
      buy 3:2 4@5000
        accepted 3:2 #3 buy 4@5000 left 4
        trade 2 4@5000 buy 3:2 left 0, maker 2:1 left 0
        ~6 executed sell #1 4@5000, level 1/3, trade 2
      buy 3:3 2@5000
        accepted 3:3 #4 buy 2@5000 left 2
        trade 3 2@5000 buy 3:3 left 0, maker 1:1 left 5
        ~7 executed sell #0 2@5000 shows 1, level 1/1, trade 3
      book
        ask 5000: 1:1 1/5
    `,
  },
  {
    title: "One taker eats an iceberg through many refreshes, the last one smaller",
    showDeltas: true,
    script: `
      sell 1:1 7@5000 show 3
        accepted 1:1 #0 sell 7@5000 left 7
        ~1 added sell #0 3@5000, level 1/3
      buy 2:1 9@5000
        accepted 2:1 #1 buy 9@5000 left 9
        trade 0 3@5000 buy 2:1 left 6, maker 1:1 left 4
        trade 1 3@5000 buy 2:1 left 3, maker 1:1 left 1
        trade 2 1@5000 buy 2:1 left 2, maker 1:1 left 0
        ~2 executed sell #0 3@5000, level 0/0, trade 0
        ~3 added sell #0 3@5000, level 1/3
        ~4 executed sell #0 3@5000, level 0/0, trade 1
        ~5 added sell #0 1@5000, level 1/1
        ~6 executed sell #0 1@5000, level 0/0, trade 2
        ~7 added buy #1 2@5000, level 1/2
      book
        bid 5000: 2:1 2
    `,
  },
  {
    title: "Two icebergs take turns",
    script: `
      given sell 1:1 6@5000 show 2
      given sell 2:1 6@5000 show 2
      buy 3:1 9@5000
        accepted 3:1 #2 buy 9@5000 left 9
        trade 0 2@5000 buy 3:1 left 7, maker 1:1 left 4
        trade 1 2@5000 buy 3:1 left 5, maker 2:1 left 4
        trade 2 2@5000 buy 3:1 left 3, maker 1:1 left 2
        trade 3 2@5000 buy 3:1 left 1, maker 2:1 left 2
        trade 4 1@5000 buy 3:1 left 0, maker 1:1 left 1
      book
        ask 5000: 1:1 1, 2:1 2
    `,
  },
  {
    title: "A refreshed iceberg still comes before hidden orders",
    script: `
      given sell 2:1 5@5000 hidden
      given sell 1:1 6@5000 show 2
      buy 3:1 7@5000
        accepted 3:1 #2 buy 7@5000 left 7
        trade 0 2@5000 buy 3:1 left 5, maker 1:1 left 4
        trade 1 2@5000 buy 3:1 left 3, maker 1:1 left 2
        trade 2 2@5000 buy 3:1 left 1, maker 1:1 left 0
        trade 3 1@5000 buy 3:1 left 0, maker 2:1 left 4
      book
        ask 5000: 2:1 (4)
    `,
  },
  {
    title: "What is left of an iceberg that came in as a taker shows its display quantity",
    script: `
      given sell 1:1 4@5000
      buy 2:1 10@5000 show 3
        accepted 2:1 #1 buy 10@5000 left 10
        trade 0 4@5000 buy 2:1 left 6, maker 1:1 left 0
      book
        bid 5000: 2:1 3/6
    `,
  },
  {
    title: "An iceberg whose display is its quantity shows all",
    script: `
      sell 1:1 4@5000 show 4
        accepted 1:1 #0 sell 4@5000 left 4
      sell 1:2 4@5000 show 3
        accepted 1:2 #1 sell 4@5000 left 4
      book
        ask 5000: 1:1 4, 1:2 3/4
    `,
  },
  {
    title: "A partly shown iceberg keeps its place until its shown part is used up",
    script: `
      given sell 1:1 10@5000 show 4
      given sell 2:1 5@5000
      buy 3:1 1@5000
        accepted 3:1 #2 buy 1@5000 left 1
        trade 0 1@5000 buy 3:1 left 0, maker 1:1 left 9
      book
        ask 5000: 1:1 3/9, 2:1 5
      buy 3:2 3@5000
        accepted 3:2 #3 buy 3@5000 left 3
        trade 1 3@5000 buy 3:2 left 0, maker 1:1 left 6
      book
        ask 5000: 2:1 5, 1:1 4/6
    `,
  },
];
