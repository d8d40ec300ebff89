import type { BookCase } from "./book-case.ts";

/** What else a new order must be to be accepted, and the order of the checks. */
export const ORDER_ADMISSION_CASES: readonly BookCase[] = [
  {
    title: "invalidExpiry: a good-till-date order must expire later than now",
    rules: { sessionEndNs: 800 },
    script: `
      clock 500
      buy 1:1 5@5000 gtd 0
        rejected 1:1 buy 5@5000 gtd invalidExpiry
      buy 1:1 5@5000 gtd 499
        rejected 1:1 buy 5@5000 gtd invalidExpiry
      buy 1:1 5@5000 gtd 500
        rejected 1:1 buy 5@5000 gtd invalidExpiry
      buy 1:1 5@5000 gtd NaN
        rejected 1:1 buy 5@5000 gtd invalidExpiry
      buy 1:1 5@5000 gtd 501
        accepted 1:1 #0 buy 5@5000 gtd left 5
      buy 1:2 5@5000 expires 3
        accepted 1:2 #1 buy 5@5000 left 5
      buy 1:3 5@5000 day expires 3
        accepted 1:3 #2 buy 5@5000 day left 5
      counts
        orders 3, trades 0, last 0, next expiry 501
    `,
  },
  {
    title: "invalidExpiry: no DAY order after the session",
    rules: { sessionEndNs: 800 },
    script: `
      clock 799
      buy 1:1 5@5000 day
        accepted 1:1 #0 buy 5@5000 day left 5
      buy 1:2 5@5001 trigger 5001 day
        accepted 1:2 #1 buy 5@5001 stop-limit day left 5
      clock 800
      buy 1:3 5@5000 day
        expired 1:1 #0 buy 5@5000 day
        expired 1:2 #1 buy 5@5001 stop-limit day
        rejected 1:3 buy 5@5000 day invalidExpiry
      buy 1:3 5@market day
        rejected 1:3 buy 5@market day invalidExpiry
      buy 1:3 5@5000
        accepted 1:3 #2 buy 5@5000 left 5
    `,
  },
  {
    title: "A DAY order without a session end stays",
    script: `
      buy 1:1 5@5000 day
        accepted 1:1 #0 buy 5@5000 day left 5
      clock 9000000000000000
      expire
      counts
        orders 1, trades 0, last 0, next expiry Infinity
    `,
  },
  {
    title: "An owner that is none has no orders, whatever the book remembers of others",
    script: `
      position 0 5
      cancel -1:3
        refused cancel -1:3 unknownOrder
      replace -1:3 5@5000
        refused replace -1:3 unknownOrder
      buy 1:3 5@5000
        accepted 1:3 #0 buy 5@5000 left 5
      cancel 1:3
        canceled 1:3 #0 buy 5@5000 left 0 canceledByOwner
      cancel -1:3
        refused cancel -1:3 unknownOrder
      replace -1:3 5@5000
        refused replace -1:3 unknownOrder
    `,
  },
  {
    title: "unknownOwner: owners are numbers from 0 to 2^22 - 1",
    script: `
      buy -1:1 5@5000
        rejected -1:1 buy 5@5000 unknownOwner
      buy 4194304:1 5@5000
        rejected 4194304:1 buy 5@5000 unknownOwner
      buy -2147483648:1 5@market
        rejected -2147483648:1 buy 5@market unknownOwner
      sell 2147483647:1 5@stop trigger 5000
        rejected 2147483647:1 sell 5@stop unknownOwner
      cancel -1:1
        refused cancel -1:1 unknownOrder
      replace 4194304:1 5@5000
        refused replace 4194304:1 unknownOrder
      cancel-all -1
      mass-cancel 4194304
      buy 0:1 5@5000
        accepted 0:1 #0 buy 5@5000 left 5
      buy 70000:1 5@5000
        accepted 70000:1 #1 buy 5@5000 left 5
      position 70001 12
      positions -1 70000 70001 4194304
        -1 has 0, 70000 has 0, 70001 has 12, 4194304 has 0
      cancel-all 70000
        canceled 70000:1 #1 buy 5@5000 left 0 canceledByOwner
    `,
  },
  {
    title: "duplicateOrderId: while the order lives, whatever its kind; ids are free again when it is done",
    script: `
      buy 1:1 5@5000
        accepted 1:1 #0 buy 5@5000 left 5
      sell 1:1 5@6000
        rejected 1:1 sell 5@6000 duplicateOrderId
      buy 1:2 5@stop trigger 5500
        accepted 1:2 #1 buy 5@stop left 5
      buy 1:2 5@5000
        rejected 1:2 buy 5@5000 duplicateOrderId
      buy 2:1 5@5000
        accepted 2:1 #2 buy 5@5000 left 5
      cancel 1:1
        canceled 1:1 #0 buy 5@5000 left 0 canceledByOwner
      sell 1:1 5@6000
        accepted 1:1 #3 sell 5@6000 left 5
      sell 3:1 10@5000 ioc
        accepted 3:1 #4 sell 10@5000 ioc left 10
        trade 0 5@5000 sell 3:1 ioc left 5, maker 2:1 left 0
        canceled 3:1 #4 sell 5@5000 ioc left 0 filled 5 iocRemainder
      sell 3:1 10@5000 ioc
        accepted 3:1 #5 sell 10@5000 ioc left 10
        canceled 3:1 #5 sell 10@5000 ioc left 0 iocRemainder
      buy 2:1 5@5000
        accepted 2:1 #6 buy 5@5000 left 5
    `,
  },
  {
    title: "tooManyOrders: stops count, and so does an order that would not rest",
    rules: { ordersMax: 2 },
    script: `
      buy 1:1 5@5000
        accepted 1:1 #0 buy 5@5000 left 5
      buy 1:2 5@stop trigger 5500
        accepted 1:2 #1 buy 5@stop left 5
      buy 1:3 5@5000
        rejected 1:3 buy 5@5000 tooManyOrders
      sell 1:3 5@market
        rejected 1:3 sell 5@market tooManyOrders
      cancel 1:2
        canceled 1:2 #1 buy 5@stop left 0 canceledByOwner
      sell 1:3 5@market
        accepted 1:3 #2 sell 5@market left 5
        trade 0 5@5000 sell 1:3 market left 0, maker 1:1 left 0
      buy 1:4 5@5000
        accepted 1:4 #3 buy 5@5000 left 5
    `,
  },
  {
    title: "notionalTooLarge and minNotional: of what has a price",
    rules: { qtyLotsMax: 2147483647, priceTicksMax: 2147483646, tickLotUnits: 3, notionalUnitsMin: 60 },
    script: `
      buy 1:1 2147483647@2147483646
        rejected 1:1 buy 2147483647@2147483646 notionalTooLarge
      buy 1:1 2097153@1431655766
        rejected 1:1 buy 2097153@1431655766 notionalTooLarge
      buy 1:1 2097152@1431655765
        accepted 1:1 #0 buy 2097152@1431655765 left 2097152
      buy 1:2 2147483647@stop trigger 2147483646
        accepted 1:2 #1 buy 2147483647@stop left 2147483647
      buy 1:3 2147483647@2147483646 trigger 1
        rejected 1:3 buy 2147483647@2147483646 stop-limit notionalTooLarge
      buy 1:4 1@19
        rejected 1:4 buy 1@19 minNotional
      buy 1:4 1@19 trigger 19
        rejected 1:4 buy 1@19 stop-limit minNotional
      buy 1:4 1@20
        accepted 1:4 #2 buy 1@20 left 1
      sell 2:1 1@market
        accepted 2:1 #3 sell 1@market left 1
        trade 0 1@1431655765 sell 2:1 market left 0, maker 1:1 left 2097151
    `,
  },
  {
    title: "The checks have an order: each order below has the next problem left",
    rules: {
      sessionEndNs: 500,
      bandMillionths: 100000,
      referencePriceTicks: 1000,
      ordersMax: 3,
      notionalUnitsMin: 100,
    },
    script: `
      clock 500
      buy 9:1 20@1000
        accepted 9:1 #0 buy 20@1000 left 20
      sell 9:2 20@1001
        accepted 9:2 #1 sell 20@1001 left 20
      buy 1:1 0@0 trigger 0 show -1 day extra 8192
        rejected 1:1 buy 0@0 stop-limit day extra 8192 invalidFlags
      buy 1:1 0@0 stop-limit show -1 day
        rejected 1:1 buy 0@0 stop-limit day invalidQty
      buy 1:1 2@0 stop-limit show -1 day
        rejected 1:1 buy 2@0 stop-limit day invalidPrice
      buy 1:1 2@1 stop-limit show -1 day
        rejected 1:1 buy 2@1 stop-limit day invalidDisplayQty
      buy 1:1 2@1 stop-limit day
        rejected 1:1 buy 2@1 stop-limit day invalidTrigger
      buy 1:1 2@1 trigger 1 day
        rejected 1:1 buy 2@1 stop-limit day invalidExpiry
      buy -1:1 2@1 trigger 1
        rejected -1:1 buy 2@1 stop-limit unknownOwner
      buy 9:3 20@999
        accepted 9:3 #2 buy 20@999 left 20
      buy 9:1 2@1 reduce
        rejected 9:1 buy 2@1 reduce duplicateOrderId
      buy 1:1 2@1 reduce
        rejected 1:1 buy 2@1 reduce tooManyOrders
      cancel 9:3
        canceled 9:3 #2 buy 20@999 left 0 canceledByOwner
      buy 1:1 2@1 reduce post
        rejected 1:1 buy 2@1 post reduce minNotional
      buy 1:1 2@1102 reduce post
        rejected 1:1 buy 2@1102 post reduce priceBand
      buy 1:1 2@1100 reduce post
        rejected 1:1 buy 2@1100 post reduce reduceOnlyWouldIncrease
      buy 1:1 2@1100 post
        rejected 1:1 buy 2@1100 post postOnlyWouldTrade
      buy 1:1 2@1100
        accepted 1:1 #3 buy 2@1100 left 2
        trade 0 2@1001 buy 1:1 left 0, maker 9:2 left 18
    `,
  },
];
