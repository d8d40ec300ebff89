import type { BookCase } from "./book-case.ts";

/** Stop and stop-limit orders, and the cascades that they make. */
export const STOP_CASES: readonly BookCase[] = [
  {
    title: "A stop waits without being seen, and triggers when the last price reaches it",
    showDeltas: true,
    script: `
      buy 1:1 5@stop trigger 5001
        accepted 1:1 #0 buy 5@stop left 5
      buy 1:2 5@5005 trigger 5002 show 2
        accepted 1:2 #1 buy 5@5005 stop-limit left 5
      sell 1:3 5@stop trigger 4999
        accepted 1:3 #2 sell 5@stop left 5
      book
        buy stop 5001: 1:1 5@stop
        buy stop 5002: 1:2 5@5005 stop-limit
        sell stop 4999: 1:3 5@stop
      sell 2:1 1@5001
        accepted 2:1 #3 sell 1@5001 left 1
        ~1 added sell #3 1@5001, level 1/1
      sell 2:2 20@5003
        accepted 2:2 #4 sell 20@5003 left 20
        ~2 added sell #4 20@5003, level 1/20
      buy 3:1 1@5001
        accepted 3:1 #5 buy 1@5001 left 1
        trade 0 1@5001 buy 3:1 left 0, maker 2:1 left 0
        triggered 1:1 #0 buy 5@market left 5
        trade 1 5@5003 buy 1:1 market left 0, maker 2:2 left 15
        triggered 1:2 #1 buy 5@5005 left 5
        trade 2 5@5003 buy 1:2 left 0, maker 2:2 left 10
        ~3 executed sell #3 1@5001, level 0/0, trade 0
        ~4 executed sell #4 5@5003 shows 15, level 1/15, trade 1
        ~5 executed sell #4 5@5003 shows 10, level 1/10, trade 2
      book
        ask 5003: 2:2 10
        sell stop 4999: 1:3 5@stop
      buy 3:2 1@5003
        accepted 3:2 #6 buy 1@5003 left 1
        trade 3 1@5003 buy 3:2 left 0, maker 2:2 left 9
        ~6 executed sell #4 1@5003 shows 9, level 1/9, trade 3
      book
        ask 5003: 2:2 9
        sell stop 4999: 1:3 5@stop
      counts
        orders 2, trades 4, last 5003, next expiry Infinity
    `,
  },
  {
    title: "A stop that the last price has already reached runs at once",
    script: `
      given sell 2:1 1@5000
      given sell 2:2 9@5001
      given buy 3:1 1@5000
      given buy 3:2 9@4990
      buy 1:1 2@stop trigger 4999
        accepted 1:1 #4 buy 2@stop left 2
        triggered 1:1 #4 buy 2@market left 2
        trade 1 2@5001 buy 1:1 market left 0, maker 2:2 left 7
      buy 1:2 2@stop trigger 5000
        accepted 1:2 #5 buy 2@stop left 2
        triggered 1:2 #5 buy 2@market left 2
        trade 2 2@5001 buy 1:2 market left 0, maker 2:2 left 5
      buy 1:3 1@5001 trigger 5000
        accepted 1:3 #6 buy 1@5001 stop-limit left 1
        triggered 1:3 #6 buy 1@5001 left 1
        trade 3 1@5001 buy 1:3 left 0, maker 2:2 left 4
      sell 1:4 2@stop trigger 5001
        accepted 1:4 #7 sell 2@stop left 2
        triggered 1:4 #7 sell 2@market left 2
        trade 4 2@4990 sell 1:4 market left 0, maker 3:2 left 7
      book
        bid 4990: 3:2 7
        ask 5001: 2:2 4
    `,
  },
  {
    title: "Before the first trade no stop runs",
    script: `
      buy 1:1 2@stop trigger 1
        accepted 1:1 #0 buy 2@stop left 2
      sell 1:2 2@stop trigger 100000
        accepted 1:2 #1 sell 2@stop left 2
      book
        buy stop 1: 1:1 2@stop
        sell stop 100000: 1:2 2@stop
      counts
        orders 2, trades 0, last 0, next expiry Infinity
    `,
  },
  {
    title:
      "Buy stops run before sell stops; the lowest buy trigger and the highest sell trigger first, then first come",
    script: `
      given buy 1:1 1@stop trigger 5000
      given buy 1:2 1@stop trigger 4999
      given buy 1:3 1@stop trigger 4999
      given sell 1:4 1@stop trigger 5001
      given sell 1:5 1@stop trigger 5002
      given sell 1:6 1@stop trigger 5002
      book
        buy stop 4999: 1:2 1@stop, 1:3 1@stop
        buy stop 5000: 1:1 1@stop
        sell stop 5002: 1:5 1@stop, 1:6 1@stop
        sell stop 5001: 1:4 1@stop
      given sell 2:1 1@5000
      buy 3:1 1@5000
        accepted 3:1 #7 buy 1@5000 left 1
        trade 0 1@5000 buy 3:1 left 0, maker 2:1 left 0
        triggered 1:2 #1 buy 1@market left 1
        canceled 1:2 #1 buy 1@market left 0 noLiquidity
        triggered 1:3 #2 buy 1@market left 1
        canceled 1:3 #2 buy 1@market left 0 noLiquidity
        triggered 1:1 #0 buy 1@market left 1
        canceled 1:1 #0 buy 1@market left 0 noLiquidity
        triggered 1:5 #4 sell 1@market left 1
        canceled 1:5 #4 sell 1@market left 0 noLiquidity
        triggered 1:6 #5 sell 1@market left 1
        canceled 1:6 #5 sell 1@market left 0 noLiquidity
        triggered 1:4 #3 sell 1@market left 1
        canceled 1:4 #3 sell 1@market left 0 noLiquidity
      book
    `,
  },
  {
    title: "Each stop runs to its end before the next; the price that it makes decides which is next",
    script: `
      given sell 2:1 1@5000
      given sell 2:2 1@5001
      given sell 2:3 1@5002
      given sell 2:4 1@5003
      given buy 1:1 1@stop trigger 5000
      given buy 1:3 1@stop trigger 5002
      given buy 1:2 1@stop trigger 5001
      given sell 1:4 1@stop trigger 5000
      given sell 1:5 1@stop trigger 4999
      buy 3:1 1@5000
        accepted 3:1 #9 buy 1@5000 left 1
        trade 0 1@5000 buy 3:1 left 0, maker 2:1 left 0
        triggered 1:1 #4 buy 1@market left 1
        trade 1 1@5001 buy 1:1 market left 0, maker 2:2 left 0
        triggered 1:2 #6 buy 1@market left 1
        trade 2 1@5002 buy 1:2 market left 0, maker 2:3 left 0
        triggered 1:3 #5 buy 1@market left 1
        trade 3 1@5003 buy 1:3 market left 0, maker 2:4 left 0
      book
        sell stop 5000: 1:4 1@stop
        sell stop 4999: 1:5 1@stop
      counts
        orders 2, trades 4, last 5003, next expiry Infinity
    `,
  },
  {
    title: "A cascade turns round: sell stops that the rise left behind do not run, those that the fall reaches do",
    script: `
      given sell 2:1 2@5000
      given buy 3:1 5@4990
      given buy 3:2 5@4980
      given buy 1:1 1@stop trigger 5000
      given sell 1:2 5@stop trigger 5000
      given sell 1:3 3@4980 trigger 4990
      buy 4:1 1@5000
        accepted 4:1 #6 buy 1@5000 left 1
        trade 0 1@5000 buy 4:1 left 0, maker 2:1 left 1
        triggered 1:1 #3 buy 1@market left 1
        trade 1 1@5000 buy 1:1 market left 0, maker 2:1 left 0
        triggered 1:2 #4 sell 5@market left 5
        trade 2 5@4990 sell 1:2 market left 0, maker 3:1 left 0
        triggered 1:3 #5 sell 3@4980 left 3
        trade 3 3@4980 sell 1:3 left 0, maker 3:2 left 2
      book
        bid 4980: 3:2 2
    `,
  },
  {
    title: "A triggered order keeps its id, its time in force and its choices; what it cannot trade goes or rests",
    script: `
      given sell 2:1 1@5000
      given buy 1:1 4@5000 trigger 5000
      given buy 1:2 4@4999 trigger 5000 ioc
      given buy 1:3 4@4999 trigger 5000 fok
      given buy 1:4 4@4998 trigger 5000 hidden
      given buy 1:5 4@4997 trigger 5000 show 1 gtd 900
      given buy 1:6 4@stop trigger 5000 fok
      buy 3:1 1@5000
        accepted 3:1 #7 buy 1@5000 left 1
        trade 0 1@5000 buy 3:1 left 0, maker 2:1 left 0
        triggered 1:1 #1 buy 4@5000 left 4
        triggered 1:2 #2 buy 4@4999 ioc left 4
        canceled 1:2 #2 buy 4@4999 ioc left 0 iocRemainder
        triggered 1:3 #3 buy 4@4999 fok left 4
        canceled 1:3 #3 buy 4@4999 fok left 0 fokNotFillable
        triggered 1:4 #4 buy 4@4998 hidden left 4
        triggered 1:5 #5 buy 4@4997 gtd left 4
        triggered 1:6 #6 buy 4@market fok left 4
        canceled 1:6 #6 buy 4@market fok left 0 fokNotFillable
      book
        bid 5000: 1:1 4
        bid 4998: 1:4 (4)
        bid 4997: 1:5 1/4
      counts
        orders 3, trades 1, last 5000, next expiry 900
    `,
  },
  {
    title: "A triggered stop-limit is checked against the band of that moment",
    rules: { bandMillionths: 100000, referencePriceTicks: 1000 },
    script: `
      buy 1:1 5@1300 trigger 1050
        accepted 1:1 #0 buy 5@1300 stop-limit left 5
      buy 1:2 5@1155 trigger 1050
        accepted 1:2 #1 buy 5@1155 stop-limit left 5
      given sell 2:1 1@1050
      buy 3:1 1@1050
        accepted 3:1 #3 buy 1@1050 left 1
        trade 0 1@1050 buy 3:1 left 0, maker 2:1 left 0
        triggered 1:1 #0 buy 5@1300 left 5
        canceled 1:1 #0 buy 5@1300 left 0 priceBand
        triggered 1:2 #1 buy 5@1155 left 5
      book
        bid 1155: 1:2 5
    `,
  },
  {
    title: "A triggered reduce-only stop needs a position at that moment",
    script: `
      given buy 2:1 9@5000
      sell 1:1 5@stop trigger 5000 reduce
        accepted 1:1 #1 sell 5@stop reduce left 5
      sell 1:2 5@4000 trigger 5000 reduce
        accepted 1:2 #2 sell 5@4000 stop-limit reduce left 5
      sell 1:3 5@stop trigger 5000 reduce
        accepted 1:3 #3 sell 5@stop reduce left 5
      position 1 7
      sell 3:1 1@5000
        accepted 3:1 #4 sell 1@5000 left 1
        trade 0 1@5000 sell 3:1 left 0, maker 2:1 left 8
        triggered 1:1 #1 sell 5@market reduce left 5
        trade 1 5@5000 sell 1:1 market reduce left 0, maker 2:1 left 3
        triggered 1:2 #2 sell 5@4000 reduce left 5
        canceled 1:2 #2 sell 3@4000 reduce left 2 reduceOnlyWouldIncrease
        trade 2 2@5000 sell 1:2 reduce left 0, maker 2:1 left 1
        triggered 1:3 #3 sell 5@market reduce left 5
        canceled 1:3 #3 sell 5@market reduce left 0 reduceOnlyWouldIncrease
      positions 1 2
        1 has 0, 2 has 8
      book
        bid 5000: 2:1 1
    `,
  },
  {
    title: "The venue may refuse a triggered order",
    script: `
      admit insufficientFunds
      given sell 2:1 9@5000
      buy 1:1 5@stop trigger 5000
        accepted 1:1 #1 buy 5@stop left 5
      buy 1:2 5@5000 trigger 5000
        accepted 1:2 #2 buy 5@5000 stop-limit left 5
      buy 3:1 1@5000
        accepted 3:1 #3 buy 1@5000 left 1
        trade 0 1@5000 buy 3:1 left 0, maker 2:1 left 8
        triggered 1:1 #1 buy 5@market left 5
        canceled 1:1 #1 buy 5@market left 0 insufficientFunds
        triggered 1:2 #2 buy 5@5000 left 5
        canceled 1:2 #2 buy 5@5000 left 0 insufficientFunds
      admit none
      buy 1:3 5@5000 trigger 5000
        accepted 1:3 #4 buy 5@5000 stop-limit left 5
        triggered 1:3 #4 buy 5@5000 left 5
        trade 1 5@5000 buy 1:3 left 0, maker 2:1 left 3
      book
        ask 5000: 2:1 3
    `,
  },
  {
    title: "Band and position are looked at before the venue is asked",
    rules: { bandMillionths: 100000, referencePriceTicks: 1000 },
    script: `
      admit insufficientFunds
      given buy 1:1 5@1300 trigger 1000
      given buy 1:2 5@1000 trigger 1000 reduce
      given buy 1:3 5@1000 trigger 1000
      given sell 2:1 9@1000
      buy 3:1 1@1000
        accepted 3:1 #4 buy 1@1000 left 1
        trade 0 1@1000 buy 3:1 left 0, maker 2:1 left 8
        triggered 1:1 #0 buy 5@1300 left 5
        canceled 1:1 #0 buy 5@1300 left 0 priceBand
        triggered 1:2 #1 buy 5@1000 reduce left 5
        canceled 1:2 #1 buy 5@1000 reduce left 0 reduceOnlyWouldIncrease
        triggered 1:3 #2 buy 5@1000 left 5
        canceled 1:3 #2 buy 5@1000 left 0 insufficientFunds
    `,
  },
  {
    title: "A stop can be canceled and expires like any order",
    script: `
      buy 1:1 5@stop trigger 5000 gtd 300
        accepted 1:1 #0 buy 5@stop gtd left 5
      sell 1:2 5@stop trigger 5000
        accepted 1:2 #1 sell 5@stop left 5
      sell 1:3 5@4999 trigger 5000
        accepted 1:3 #2 sell 5@4999 stop-limit left 5
      cancel 1:2
        canceled 1:2 #1 sell 5@stop left 0 canceledByOwner
      clock 300
      expire
        expired 1:1 #0 buy 5@stop gtd
      cancel 1:1
        refused cancel 1:1 unknownOrder
      counts
        orders 1, trades 0, last 0, next expiry Infinity
    `,
  },
  {
    title: "A replace that trades runs the stops too",
    script: `
      given sell 2:1 9@5000
      given buy 1:1 2@stop trigger 5000
      given buy 3:1 1@4990
      replace 3:1 1@5000
        replaced 3:1 #2 buy 1@5000 left 1 was 1@4990 lostPriority
        trade 0 1@5000 buy 3:1 left 0, maker 2:1 left 8
        triggered 1:1 #1 buy 2@market left 2
        trade 1 2@5000 buy 1:1 market left 0, maker 2:1 left 6
      book
        ask 5000: 2:1 6
    `,
  },
  {
    title: "Self-trade prevention and stops",
    script: `
      given sell 1:1 5@5001
      given sell 2:1 1@5000
      given buy 1:2 3@stop trigger 5000 stp-decrement
      given buy 1:3 3@5001 trigger 5000 stp-taker
      buy 3:1 1@5000
        accepted 3:1 #4 buy 1@5000 left 1
        trade 0 1@5000 buy 3:1 left 0, maker 2:1 left 0
        triggered 1:2 #2 buy 3@market stp-decrement left 3
        canceled 1:1 #0 sell 3@5001 left 2 selfTradeDecrement
        canceled 1:2 #2 buy 3@market stp-decrement left 0 selfTradeDecrement
        triggered 1:3 #3 buy 3@5001 stp-taker left 3
        canceled 1:3 #3 buy 3@5001 stp-taker left 0 selfTradeTaker
      book
        ask 5001: 1:1 2
    `,
  },
];
