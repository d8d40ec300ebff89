import type { BookCase } from "./book-case.ts";

/** Replacing price and quantity: priority, and the trades that follow. */
export const REPLACE_CASES: readonly BookCase[] = [
  {
    title: "A smaller quantity at the same price keeps the place",
    showDeltas: true,
    script: `
      given buy 1:1 10@5000
      given buy 2:1 10@5000
      replace 1:1 6@5000
        replaced 1:1 #0 buy 6@5000 left 6 was 10@5000 keptPriority
        ~3 reduced buy #0 4@5000 shows 6, level 2/16
      replace 1:1 6@5000
        replaced 1:1 #0 buy 6@5000 left 6 was 6@5000 keptPriority
      sell 3:1 8@5000
        accepted 3:1 #2 sell 8@5000 left 8
        trade 0 6@5000 sell 3:1 left 2, maker 1:1 left 0
        trade 1 2@5000 sell 3:1 left 0, maker 2:1 left 8
        ~4 executed buy #0 6@5000, level 1/10, trade 0
        ~5 executed buy #1 2@5000 shows 8, level 1/8, trade 1
      book
        bid 5000: 2:1 8
    `,
  },
  {
    title: "A larger quantity or another price loses the place",
    showDeltas: true,
    script: `
      given buy 1:1 10@5000
      given buy 2:1 10@5000
      replace 1:1 11@5000
        replaced 1:1 #0 buy 11@5000 left 11 was 10@5000 lostPriority
        ~3 removed buy #0 10@5000, level 1/10
        ~4 added buy #0 11@5000, level 2/21
      book
        bid 5000: 2:1 10, 1:1 11
      replace 2:1 5@4999
        replaced 2:1 #1 buy 5@4999 left 5 was 10@5000 lostPriority
        ~5 removed buy #1 10@5000, level 1/11
        ~6 added buy #1 5@4999, level 1/5
      book
        bid 5000: 1:1 11
        bid 4999: 2:1 5
      replace 2:1 5@5000
        replaced 2:1 #1 buy 5@5000 left 5 was 5@4999 lostPriority
        ~7 removed buy #1 5@4999, level 0/0
        ~8 added buy #1 5@5000, level 2/16
      book
        bid 5000: 1:1 11, 2:1 5
    `,
  },
  {
    title: "The quantity is the new total, fills included",
    script: `
      given buy 1:1 10@5000
      given sell 2:1 4@5000
      replace 1:1 7@5000
        replaced 1:1 #0 buy 7@5000 left 3 filled 4 was 6@5000 keptPriority
      replace 1:1 10@5000
        replaced 1:1 #0 buy 10@5000 left 6 filled 4 was 3@5000 lostPriority
      replace 1:1 4@5000
        canceled 1:1 #0 buy 6@5000 left 0 filled 4 replacedAway
      replace 1:1 4@5000
        refused replace 1:1 unknownOrder
      book
    `,
  },
  {
    title: "What a decrement took out does not come back by itself",
    script: `
      given buy 1:1 10@5000
      given sell 1:2 4@5000 stp-decrement
      replace 1:1 10@5000
        replaced 1:1 #0 buy 10@5000 left 10 was 6@5000 lostPriority
      book
        bid 5000: 1:1 10
    `,
  },
  {
    title: "A replace that crosses trades like a new order, and its remainder rests again",
    script: `
      given sell 2:1 4@5001
      given sell 2:2 4@5002
      given buy 1:1 10@5000
      replace 1:1 10@5001
        replaced 1:1 #2 buy 10@5001 left 10 was 10@5000 lostPriority
        trade 0 4@5001 buy 1:1 left 6, maker 2:1 left 0
      book
        bid 5001: 1:1 6
        ask 5002: 2:2 4
      replace 1:1 10@5002
        replaced 1:1 #2 buy 10@5002 left 6 filled 4 was 6@5001 lostPriority
        trade 1 4@5002 buy 1:1 left 2, maker 2:2 left 0
      book
        bid 5002: 1:1 2
    `,
  },
  {
    title: "A replace that is filled whole is done",
    script: `
      given sell 2:1 10@5001
      given buy 1:1 10@5000
      replace 1:1 10@5001
        replaced 1:1 #1 buy 10@5001 left 10 was 10@5000 lostPriority
        trade 0 10@5001 buy 1:1 left 0, maker 2:1 left 0
      book
    `,
  },
  {
    title: "An iceberg keeps its display quantity; in place it shows no more than is left",
    showDeltas: true,
    script: `
      given sell 1:1 10@5000 show 4
      given sell 2:1 5@5000
      replace 1:1 6@5000
        replaced 1:1 #0 sell 6@5000 left 6 was 10@5000 keptPriority
      replace 1:1 3@5000
        replaced 1:1 #0 sell 3@5000 left 3 was 6@5000 keptPriority
        ~3 reduced sell #0 1@5000 shows 3, level 2/8
      book
        ask 5000: 1:1 3, 2:1 5
      replace 1:1 9@5000
        replaced 1:1 #0 sell 9@5000 left 9 was 3@5000 lostPriority
        ~4 removed sell #0 3@5000, level 1/5
        ~5 added sell #0 4@5000, level 2/9
      book
        ask 5000: 2:1 5, 1:1 4/9
      replace 1:1 9@5001
        replaced 1:1 #0 sell 9@5001 left 9 was 9@5000 lostPriority
        ~6 removed sell #0 4@5000, level 1/5
        ~7 added sell #0 4@5001, level 1/4
      book
        ask 5000: 2:1 5
        ask 5001: 1:1 4/9
    `,
  },
  {
    title: "A hidden order is replaced without a trace",
    showDeltas: true,
    script: `
      given sell 1:1 10@5000 hidden
      given sell 2:1 10@5000 hidden
      replace 1:1 6@5000
        replaced 1:1 #0 sell 6@5000 hidden left 6 was 10@5000 keptPriority
      book
        ask 5000: 1:1 (6), 2:1 (10)
      replace 1:1 8@5000
        replaced 1:1 #0 sell 8@5000 hidden left 8 was 6@5000 lostPriority
      book
        ask 5000: 2:1 (10), 1:1 (8)
      replace 1:1 8@4999
        replaced 1:1 #0 sell 8@4999 hidden left 8 was 8@5000 lostPriority
      book
        ask 4999: 1:1 (8)
        ask 5000: 2:1 (10)
      buy 3:1 1@4999
        accepted 3:1 #2 buy 1@4999 left 1
        trade 0 1@4999 buy 3:1 left 0, maker 1:1 left 7
        ~1 hidden sell 1@4999, level 0/0, trade 0
    `,
  },
  {
    title: "A waiting stop keeps its place whatever changes",
    showDeltas: true,
    script: `
      given buy 1:1 5@stop trigger 5000
      given buy 1:2 5@5010 trigger 5000
      given buy 1:3 5@5010 trigger 5000
      replace 1:1 50@7777
        replaced 1:1 #0 buy 50@stop left 50 was 5@0 keptPriority
      replace 1:2 50@5020
        replaced 1:2 #1 buy 50@5020 stop-limit left 50 was 5@5010 keptPriority
      book
        buy stop 5000: 1:1 50@stop, 1:2 50@5020 stop-limit, 1:3 5@5010 stop-limit
      given sell 2:1 1@5000
      buy 3:1 1@5000
        accepted 3:1 #4 buy 1@5000 left 1
        trade 0 1@5000 buy 3:1 left 0, maker 2:1 left 0
        triggered 1:1 #0 buy 50@market left 50
        canceled 1:1 #0 buy 50@market left 0 noLiquidity
        triggered 1:2 #1 buy 50@5020 left 50
        triggered 1:3 #2 buy 5@5010 left 5
        ~2 executed sell #3 1@5000, level 0/0, trade 0
        ~3 added buy #1 50@5020, level 1/50
        ~4 added buy #2 5@5010, level 1/5
    `,
  },
  {
    title: "An order that a stop became is replaced as a limit order",
    script: `
      given sell 2:1 1@5000
      given buy 1:1 5@4990 trigger 5000
      given buy 3:1 1@5000
      replace 1:1 5@4991
        replaced 1:1 #1 buy 5@4991 left 5 was 5@4990 lostPriority
      replace 1:1 3@4991
        replaced 1:1 #1 buy 3@4991 left 3 was 5@4991 keptPriority
      book
        bid 4991: 1:1 3
    `,
  },
  {
    title: "Self-trade prevention holds for replaces",
    script: `
      given sell 1:1 5@5000
      given buy 1:2 5@4990 stp-maker
      replace 1:2 5@5000
        replaced 1:2 #1 buy 5@5000 stp-maker left 5 was 5@4990 lostPriority
        canceled 1:1 #0 sell 5@5000 left 0 selfTradeMaker
      book
        bid 5000: 1:2 5
    `,
  },
  {
    title: "An order that was replaced still expires",
    script: `
      given buy 1:1 5@5000 gtd 100
      replace 1:1 6@4999
        replaced 1:1 #0 buy 6@4999 gtd left 6 was 5@5000 lostPriority
      clock 100
      expire
        expired 1:1 #0 buy 6@4999 gtd
    `,
  },
];
