import type { BookCase } from "./book-case.ts";

/** What a replace must be, and when it ends the order. */
export const REPLACE_CHECK_CASES: readonly BookCase[] = [
  {
    title: "Refused requests leave the order as it was",
    rules: {
      qtyLotsMin: 2,
      priceTicksMin: 10,
      priceTicksMax: 99,
      notionalUnitsMin: 100,
      bandMillionths: 500000,
      referencePriceTicks: 50,
    },
    script: `
      given sell 1:1 10@50
      given sell 1:2 10@50 trigger 40
      given sell 1:3 10@stop trigger 40
      replace 1:9 10@50
        refused replace 1:9 unknownOrder
      replace 9:1 10@50
        refused replace 9:1 unknownOrder
      replace 1:1 1@50
        refused replace 1:1 invalidQty
      replace 1:1 1001@50
        refused replace 1:1 invalidQty
      replace 1:1 10@9
        refused replace 1:1 invalidPrice
      replace 1:1 10@100
        refused replace 1:1 invalidPrice
      replace 1:1 2@24
        refused replace 1:1 minNotional
      replace 1:1 2@76
        refused replace 1:1 priceBand
      replace 1:2 10@100
        refused replace 1:2 invalidPrice
      replace 1:2 2@20
        refused replace 1:2 minNotional
      replace 1:3 1@50
        refused replace 1:3 invalidQty
      book
        ask 50: 1:1 10
        sell stop 40: 1:2 10@50 stop-limit, 1:3 10@stop
    `,
  },
  {
    title: "notionalTooLarge, also for stop-limits",
    rules: { qtyLotsMax: 2147483647, priceTicksMax: 2147483646 },
    script: `
      given sell 1:1 10@50
      given sell 1:2 10@50 trigger 40
      given sell 1:3 10@stop trigger 40
      replace 1:1 2147483647@2147483646
        refused replace 1:1 notionalTooLarge
      replace 1:2 2147483647@2147483646
        refused replace 1:2 notionalTooLarge
      replace 1:3 2147483647@2147483646
        replaced 1:3 #2 sell 2147483647@stop left 2147483647 was 10@0 keptPriority
      book
        ask 50: 1:1 10
        sell stop 40: 1:2 10@50 stop-limit, 1:3 2147483647@stop
    `,
  },
  {
    title: "The checks of a replace have an order",
    rules: { qtyLotsMin: 2, notionalUnitsMin: 500, bandMillionths: 500000, referencePriceTicks: 50 },
    script: `
      given sell 1:1 20@50 post
      given buy 2:1 10@50
      given buy 2:2 12@45
      replace 1:1 1@0
        refused replace 1:1 invalidQty
      replace 1:1 2@0
        refused replace 1:1 invalidPrice
      replace 1:1 2@40
        refused replace 1:1 minNotional
      replace 1:1 40@20
        refused replace 1:1 priceBand
      replace 1:1 40@45
        refused replace 1:1 postOnlyWouldTrade
      replace 1:1 40@46
        replaced 1:1 #0 sell 40@46 post left 30 filled 10 was 10@50 lostPriority
      replace 1:1 10@76
        canceled 1:1 #0 sell 30@46 post left 0 filled 10 replacedAway
    `,
  },
  {
    title: "The band is looked at only when the price changes, and not for waiting stops",
    rules: { bandMillionths: 100000, referencePriceTicks: 1000 },
    script: `
      given buy 1:1 10@900
      given buy 1:2 10@1100 trigger 1099
      given sell 2:1 10@1090
      given buy 3:1 1@1090
      replace 1:1 11@900
        replaced 1:1 #0 buy 11@900 left 11 was 10@900 lostPriority
      replace 1:1 10@901
        refused replace 1:1 priceBand
      replace 1:1 10@981
        replaced 1:1 #0 buy 10@981 left 10 was 11@900 lostPriority
      replace 1:2 10@5000
        replaced 1:2 #1 buy 10@5000 stop-limit left 10 was 10@1100 keptPriority
      book
        bid 981: 1:1 10
        ask 1090: 2:1 9
        buy stop 1099: 1:2 10@5000 stop-limit
    `,
  },
  {
    title: "Post-only is looked at only when the price changes; with slide the price moves",
    showDeltas: true,
    script: `
      given sell 2:1 5@5000
      given buy 1:1 5@4990 post
      given buy 1:2 5@4990 post slide
      replace 1:1 5@5000
        refused replace 1:1 postOnlyWouldTrade
      replace 1:1 4@4991
        replaced 1:1 #1 buy 4@4991 post left 4 was 5@4990 lostPriority
        ~4 removed buy #1 5@4990, level 1/5
        ~5 added buy #1 4@4991, level 1/4
      replace 1:2 5@5003
        replaced 1:2 #2 buy 5@4999 post slide left 5 was 5@4990 lostPriority
        ~6 removed buy #2 5@4990, level 0/0
        ~7 added buy #2 5@4999, level 1/5
      replace 1:2 4@5003
        replaced 1:2 #2 buy 4@4999 post slide left 4 was 5@4999 keptPriority
        ~8 reduced buy #2 1@4999 shows 4, level 1/4
      replace 1:2 4@5000
        replaced 1:2 #2 buy 4@4999 post slide left 4 was 4@4999 keptPriority
      replace 1:2 6@5000
        replaced 1:2 #2 buy 6@4999 post slide left 6 was 4@4999 lostPriority
        ~9 removed buy #2 4@4999, level 0/0
        ~10 added buy #2 6@4999, level 1/6
      book
        bid 4999: 1:2 6
        bid 4991: 1:1 4
        ask 5000: 2:1 5
    `,
  },
  {
    title: "replacedAway: nothing is left above what was filled",
    showDeltas: true,
    script: `
      given buy 1:1 10@5000
      given sell 2:1 6@5000
      replace 1:1 5@5000
        canceled 1:1 #0 buy 4@5000 left 0 filled 6 replacedAway
        ~3 removed buy #0 4@5000, level 0/0
      replace 1:1 5@5000
        refused replace 1:1 unknownOrder
      given buy 1:2 10@5000
      given sell 2:2 6@5000
      replace 1:2 6@4000
        canceled 1:2 #2 buy 4@5000 left 0 filled 6 replacedAway
        ~6 removed buy #2 4@5000, level 0/0
      counts
        orders 0, trades 2, last 5000, next expiry Infinity
    `,
  },
  {
    title: "A replace that goes to the market is capped to the position again",
    script: `
      given position 1 5
      given sell 1:1 5@5000 reduce
      given buy 2:1 9@4990
      given position 1 3
      replace 1:1 5@4990
        replaced 1:1 #0 sell 5@4990 reduce left 5 was 5@5000 lostPriority
        canceled 1:1 #0 sell 2@4990 reduce left 3 reduceOnlyWouldIncrease
        trade 0 3@4990 sell 1:1 reduce left 0, maker 2:1 left 6
      positions 1 2
        1 has 0, 2 has 3
      given position 1 5
      given sell 1:2 5@5000 reduce
      given position 1 0
      replace 1:2 4@5000
        replaced 1:2 #2 sell 4@5000 reduce left 4 was 5@5000 keptPriority
      replace 1:2 4@4990
        replaced 1:2 #2 sell 4@4990 reduce left 4 was 4@5000 lostPriority
        canceled 1:2 #2 sell 4@4990 reduce left 0 reduceOnlyWouldIncrease
      positions 1 2
        1 has 0, 2 has 3
      book
        bid 4990: 2:1 6
    `,
  },
];
