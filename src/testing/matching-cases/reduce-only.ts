import type { BookCase } from "./book-case.ts";

/** Reduce-only orders, incoming and resting. */
export const REDUCE_ONLY_CASES: readonly BookCase[] = [
  {
    title: "Reduce-only needs a position to reduce",
    script: `
      buy 1:1 5@5000 reduce
        rejected 1:1 buy 5@5000 reduce reduceOnlyWouldIncrease
      sell 1:1 5@5000 reduce
        rejected 1:1 sell 5@5000 reduce reduceOnlyWouldIncrease
      position 1 3
      buy 1:1 5@5000 reduce
        rejected 1:1 buy 5@5000 reduce reduceOnlyWouldIncrease
      sell 1:1 3@5000 reduce
        accepted 1:1 #0 sell 3@5000 reduce left 3
      position 2 -3
      sell 2:1 5@5000 reduce
        rejected 2:1 sell 5@5000 reduce reduceOnlyWouldIncrease
      buy 2:1 3@4999 reduce
        accepted 2:1 #1 buy 3@4999 reduce left 3
      buy 2:2 3@market reduce
        accepted 2:2 #2 buy 3@market reduce left 3
        trade 0 3@5000 buy 2:2 market reduce left 0, maker 1:1 left 0
      book
        bid 4999: 2:1 3
    `,
  },
  {
    title: "What is above the position is canceled at once, the rest goes on",
    script: `
      given position 1 7
      sell 1:1 10@5000 reduce
        accepted 1:1 #0 sell 10@5000 reduce left 10
        canceled 1:1 #0 sell 3@5000 reduce left 7 reduceOnlyWouldIncrease
      sell 1:2 10@5001 reduce show 2
        accepted 1:2 #1 sell 10@5001 reduce left 10
        canceled 1:2 #1 sell 3@5001 reduce left 7 reduceOnlyWouldIncrease
      given position 2 -4
      given sell 3:1 10@4990
      buy 2:1 6@market reduce
        accepted 2:1 #3 buy 6@market reduce left 6
        canceled 2:1 #3 buy 2@market reduce left 4 reduceOnlyWouldIncrease
        trade 0 4@4990 buy 2:1 market reduce left 0, maker 3:1 left 6
      positions 2 3
        2 has 0, 3 has -4
      book
        ask 4990: 3:1 6
        ask 5000: 1:1 7
        ask 5001: 1:2 2/7
    `,
  },
  {
    title: "Market, IOC and FOK are capped before they trade",
    script: `
      given position 1 5
      given buy 9:1 4@5000
      given buy 9:2 4@4999
      sell 1:1 9@4999 reduce fok
        accepted 1:1 #2 sell 9@4999 fok reduce left 9
        canceled 1:1 #2 sell 4@4999 fok reduce left 5 reduceOnlyWouldIncrease
        trade 0 4@5000 sell 1:1 fok reduce left 1, maker 9:1 left 0
        trade 1 1@4999 sell 1:1 fok reduce left 0, maker 9:2 left 3
      positions 1 9
        1 has 0, 9 has 5
      position 1 2
      sell 1:2 9@5000 reduce ioc
        accepted 1:2 #3 sell 9@5000 ioc reduce left 9
        canceled 1:2 #3 sell 7@5000 ioc reduce left 2 reduceOnlyWouldIncrease
        canceled 1:2 #3 sell 2@5000 ioc reduce left 0 iocRemainder
      position 1 2
      sell 1:3 9@market reduce
        accepted 1:3 #4 sell 9@market reduce left 9
        canceled 1:3 #4 sell 7@market reduce left 2 reduceOnlyWouldIncrease
        trade 2 2@4999 sell 1:3 market reduce left 0, maker 9:2 left 1
      positions 1 9
        1 has 0, 9 has 7
    `,
  },
  {
    title: "A resting reduce-only order gives no more than the position that is left",
    showDeltas: true,
    script: `
      given position 1 8
      given sell 1:1 5@5000 reduce
      given sell 1:2 5@5000 reduce
      buy 2:1 20@5000
        accepted 2:1 #2 buy 20@5000 left 20
        trade 0 5@5000 buy 2:1 left 15, maker 1:1 left 0
        trade 1 3@5000 buy 2:1 left 12, maker 1:2 left 2
        canceled 1:2 #1 sell 2@5000 reduce left 0 filled 3 reduceOnlyWouldIncrease
        ~3 executed sell #0 5@5000, level 1/5, trade 0
        ~4 executed sell #1 3@5000 shows 2, level 1/2, trade 1
        ~5 removed sell #1 2@5000, level 0/0
        ~6 added buy #2 12@5000, level 1/12
      positions 1 2
        1 has 0, 2 has 8
      book
        bid 5000: 2:1 12
    `,
  },
  {
    title: "A resting reduce-only order whose position is gone is canceled when it is met",
    showDeltas: true,
    script: `
      given position 1 -5
      given buy 1:1 5@5000 reduce
      given buy 1:2 5@5000
      position 1 0
      sell 2:1 7@4990
        accepted 2:1 #2 sell 7@4990 left 7
        canceled 1:1 #0 buy 5@5000 reduce left 0 reduceOnlyWouldIncrease
        trade 0 5@5000 sell 2:1 left 2, maker 1:2 left 0
        ~3 removed buy #0 5@5000, level 1/5
        ~4 executed buy #1 5@5000, level 0/0, trade 0
        ~5 added sell #2 2@4990, level 1/2
      book
        ask 4990: 2:1 2
    `,
  },
  {
    title: "A hidden and an iceberg reduce-only order are capped alike",
    showDeltas: true,
    script: `
      given position 1 5
      given sell 1:1 5@5000 reduce show 3
      given sell 1:2 5@5000 reduce hidden
      buy 2:1 4@5000
        accepted 2:1 #2 buy 4@5000 left 4
        trade 0 3@5000 buy 2:1 left 1, maker 1:1 left 2
        trade 1 1@5000 buy 2:1 left 0, maker 1:1 left 1
        ~2 executed sell #0 3@5000, level 0/0, trade 0
        ~3 added sell #0 2@5000, level 1/2
        ~4 executed sell #0 1@5000 shows 1, level 1/1, trade 1
      buy 2:2 4@5000
        accepted 2:2 #3 buy 4@5000 left 4
        trade 2 1@5000 buy 2:2 left 3, maker 1:1 left 0
        canceled 1:2 #1 sell 5@5000 reduce hidden left 0 reduceOnlyWouldIncrease
        ~5 executed sell #0 1@5000, level 0/0, trade 2
        ~6 added buy #3 3@5000, level 1/3
      position 1 0
      buy 2:3 4@5000
        accepted 2:3 #4 buy 4@5000 left 4
        ~7 added buy #4 4@5000, level 2/7
    `,
  },
  {
    title: "Fill-or-kill does not count reduce-only orders",
    script: `
      given position 1 5
      given sell 1:1 5@5000 reduce
      given sell 2:1 5@5000
      buy 3:1 6@5000 fok
        accepted 3:1 #2 buy 6@5000 fok left 6
        canceled 3:1 #2 buy 6@5000 fok left 0 fokNotFillable
      buy 3:2 5@5000 fok
        accepted 3:2 #3 buy 5@5000 fok left 5
        trade 0 5@5000 buy 3:2 fok left 0, maker 1:1 left 0
      book
        ask 5000: 2:1 5
    `,
  },
  {
    title: "A fill-or-kill order that was counted right may still end otherwise: what is left is canceled",
    script: `
      given position 1 5
      given sell 1:1 5@5000 show 2
      given sell 2:1 5@5000
      buy 2:2 8@5000 fok stp-taker
        accepted 2:2 #2 buy 8@5000 fok stp-taker left 8
        canceled 2:2 #2 buy 8@5000 fok stp-taker left 0 fokNotFillable
      buy 2:2 5@5000 fok stp-taker
        accepted 2:2 #3 buy 5@5000 fok stp-taker left 5
        trade 0 2@5000 buy 2:2 fok stp-taker left 3, maker 1:1 left 3
        canceled 2:2 #3 buy 3@5000 fok stp-taker left 0 filled 2 selfTradeTaker
      book
        ask 5000: 2:1 5, 1:1 2/3
    `,
  },
  {
    title: "A reduce-only order trades with its owner without moving the position",
    script: `
      given position 1 5
      given sell 1:1 5@5000 reduce
      buy 1:2 5@5000
        accepted 1:2 #1 buy 5@5000 left 5
        trade 0 5@5000 buy 1:2 left 0, maker 1:1 left 0
      positions 1
        1 has 5
    `,
  },
];
