import type { BookCase } from "./book-case.ts";

/** What the fields of a new order may hold. */
export const ORDER_FIELD_CASES: readonly BookCase[] = [
  {
    title: "An accepted order is reported whole, and rests",
    script: `
      buy 1:100 50@5000
        accepted 1:100 #0 buy 50@5000 left 50
      buy 1:-7 50@4999 day
        accepted 1:-7 #1 buy 50@4999 day left 50
      sell 2:2147483647 1000@5001 gtd 600
        accepted 2:2147483647 #2 sell 1000@5001 gtd left 1000
      book
        bid 5000: 1:100 50
        bid 4999: 1:-7 50
        ask 5001: 2:2147483647 1000
      counts
        orders 3, trades 0, last 0, next expiry 600
    `,
  },
  {
    title: "invalidFlags: bits, times in force and self-trade modes that do not exist",
    script: `
      buy 1:1 10@5000 extra 8192
        rejected 1:1 buy 10@5000 extra 8192 invalidFlags
      buy 1:1 10@5000 extra -2147483648
        rejected 1:1 buy 10@5000 extra -2147483648 invalidFlags
      buy 1:1 10@5000 tif 5
        rejected 1:1 buy 10@5000 tif 5 invalidFlags
      sell 1:1 10@5000 tif 7
        rejected 1:1 sell 10@5000 tif 7 invalidFlags
      buy 1:1 10@5000 stp 5
        rejected 1:1 buy 10@5000 stp 5 invalidFlags
      sell 1:1 10@5000 stp 7
        rejected 1:1 sell 10@5000 stp 7 invalidFlags
      book
    `,
  },
  {
    title: "invalidFlags: post-only is for limit orders that may rest, slide is for post-only ones",
    script: `
      buy 1:1 10@market post
        rejected 1:1 buy 10@market post invalidFlags
      buy 1:1 10@stop post trigger 5000
        rejected 1:1 buy 10@stop post invalidFlags
      buy 1:1 10@5000 post trigger 5000
        rejected 1:1 buy 10@5000 stop-limit post invalidFlags
      buy 1:1 10@5000 post ioc
        rejected 1:1 buy 10@5000 ioc post invalidFlags
      buy 1:1 10@5000 post fok
        rejected 1:1 buy 10@5000 fok post invalidFlags
      buy 1:1 10@5000 slide
        rejected 1:1 buy 10@5000 slide invalidFlags
      buy 1:1 10@market slide
        rejected 1:1 buy 10@market slide invalidFlags
      buy 1:2 10@5000 post
        accepted 1:2 #0 buy 10@5000 post left 10
      buy 1:3 10@5000 post slide day
        accepted 1:3 #1 buy 10@5000 day post slide left 10
    `,
  },
  {
    title: "All other choices go together",
    script: `
      sell 9:1 100@5000 hidden reduce
        rejected 9:1 sell 100@5000 reduce hidden reduceOnlyWouldIncrease
      position 9 500
      sell 9:1 100@5000 hidden reduce day
        accepted 9:1 #0 sell 100@5000 day reduce hidden left 100
      sell 9:2 1@stop trigger 400 gtd 900
        accepted 9:2 #1 sell 1@stop gtd left 1
      sell 9:3 1@stop trigger 400 fok hidden
        accepted 9:3 #2 sell 1@stop fok hidden left 1
      sell 9:4 1@600 trigger 400 ioc reduce show 1
        accepted 9:4 #3 sell 1@600 stop-limit ioc reduce left 1
      buy 1:1 1@market gtd 1 stp-decrement
        accepted 1:1 #4 buy 1@market gtd stp-decrement left 1
        trade 0 1@5000 buy 1:1 market gtd stp-decrement left 0, maker 9:1 left 99
      buy 1:2 1@market day hidden
        accepted 1:2 #5 buy 1@market day hidden left 1
        trade 1 1@5000 buy 1:2 market day hidden left 0, maker 9:1 left 98
      buy 1:3 1@market fok
        accepted 1:3 #6 buy 1@market fok left 1
        canceled 1:3 #6 buy 1@market fok left 0 fokNotFillable
      buy 1:4 1@market ioc
        accepted 1:4 #7 buy 1@market ioc left 1
        trade 2 1@5000 buy 1:4 market ioc left 0, maker 9:1 left 97
    `,
  },
  {
    title: "invalidQty: below the least or above the most",
    rules: { qtyLotsMin: 5, qtyLotsMax: 100 },
    script: `
      buy 1:1 4@5000
        rejected 1:1 buy 4@5000 invalidQty
      buy 1:1 101@5000
        rejected 1:1 buy 101@5000 invalidQty
      buy 1:1 0@market
        rejected 1:1 buy 0@market invalidQty
      buy 1:1 -5@stop trigger 5000
        rejected 1:1 buy -5@stop invalidQty
      buy 1:1 5@5000
        accepted 1:1 #0 buy 5@5000 left 5
      buy 1:2 100@5000
        accepted 1:2 #1 buy 100@5000 left 100
    `,
  },
  {
    title: "invalidPrice: limits and stop-limits outside the price limits; market and stop orders have no price",
    rules: { priceTicksMin: 10, priceTicksMax: 90 },
    script: `
      buy 1:1 5@9
        rejected 1:1 buy 5@9 invalidPrice
      buy 1:1 5@91
        rejected 1:1 buy 5@91 invalidPrice
      buy 1:1 5@0
        rejected 1:1 buy 5@0 invalidPrice
      buy 1:1 5@-50
        rejected 1:1 buy 5@-50 invalidPrice
      sell 1:1 5@9 trigger 50
        rejected 1:1 sell 5@9 stop-limit invalidPrice
      sell 1:1 5@91 trigger 50
        rejected 1:1 sell 5@91 stop-limit invalidPrice
      buy 1:1 5@10
        accepted 1:1 #0 buy 5@10 left 5
      sell 1:2 5@90
        accepted 1:2 #1 sell 5@90 left 5
      buy 1:3 5@stop price 7 trigger 80
        accepted 1:3 #2 buy 5@stop left 5
      buy 1:4 4@market price -1
        accepted 1:4 #3 buy 4@market left 4
        trade 0 4@90 buy 1:4 market left 0, maker 1:2 left 1
        triggered 1:3 #2 buy 5@market left 5
        trade 1 1@90 buy 1:3 market left 4, maker 1:2 left 0
        canceled 1:3 #2 buy 4@market left 0 filled 1 marketRemainder
    `,
  },
  {
    title: "invalidDisplayQty: an iceberg shows itself in 10,000 parts at the most, also after a replace",
    rules: { qtyLotsMax: 20_000 },
    script: `
      buy 1:1 10001@5000 show 1
        rejected 1:1 buy 10001@5000 invalidDisplayQty
      buy 1:1 10000@5000 show 1
        accepted 1:1 #0 buy 10000@5000 left 10000
      replace 1:1 10001@5000
        refused replace 1:1 invalidDisplayQty
    `,
  },
  {
    title: "invalidDisplayQty: negative, above the quantity, on a hidden order, or on one without a price",
    script: `
      buy 1:1 5@5000 show -1
        rejected 1:1 buy 5@5000 invalidDisplayQty
      buy 1:1 5@5000 show 6
        rejected 1:1 buy 5@5000 invalidDisplayQty
      buy 1:1 5@5000 hidden show 5
        rejected 1:1 buy 5@5000 hidden invalidDisplayQty
      buy 1:1 5@market show 5
        rejected 1:1 buy 5@market invalidDisplayQty
      buy 1:1 5@stop trigger 5000 show 1
        rejected 1:1 buy 5@stop invalidDisplayQty
      buy 1:1 5@5000 show 5
        accepted 1:1 #0 buy 5@5000 left 5
      buy 1:2 5@5000 trigger 5000 show 1
        accepted 1:2 #1 buy 5@5000 stop-limit left 5
    `,
  },
  {
    title: "invalidTrigger: stops whose trigger is outside the price limits; other types have none",
    rules: { priceTicksMin: 10, priceTicksMax: 90 },
    script: `
      buy 1:1 5@stop
        rejected 1:1 buy 5@stop invalidTrigger
      buy 1:1 5@stop trigger 9
        rejected 1:1 buy 5@stop invalidTrigger
      buy 1:1 5@stop trigger 91
        rejected 1:1 buy 5@stop invalidTrigger
      sell 1:1 5@50 stop-limit
        rejected 1:1 sell 5@50 stop-limit invalidTrigger
      sell 1:1 5@50 trigger 91
        rejected 1:1 sell 5@50 stop-limit invalidTrigger
      sell 1:1 5@stop trigger 10
        accepted 1:1 #0 sell 5@stop left 5
      buy 1:2 5@stop trigger 90
        accepted 1:2 #1 buy 5@stop left 5
      buy 1:3 5@50 limit trigger -4
        accepted 1:3 #2 buy 5@50 left 5
      buy 1:4 5@market trigger 99
        accepted 1:4 #3 buy 5@market left 5
        canceled 1:4 #3 buy 5@market left 0 noLiquidity
      book
        bid 50: 1:3 5
        buy stop 90: 1:2 5@stop
        sell stop 10: 1:1 5@stop
    `,
  },
];
