import type { BookCase } from "./book-case.ts";

/** What each kind of order and each command means while a call is going on. */
export const ORDERS_IN_CALLS_CASES: readonly BookCase[] = [
  {
    title: "A market order takes part at the worst price at which one may trade, and is over when the call is",
    rules: { bandMillionths: 10000, referencePriceTicks: 5000 },
    script: `
      phase auction
        phase auction was continuous, auctions 0
      buy 1:1 5@market
        accepted 1:1 #0 buy 5@5050 ioc left 5 marketPriced
      sell 2:1 3@market day
        accepted 2:1 #1 sell 3@4950 ioc left 3 marketPriced
      sell 3:1 1@5040
        accepted 3:1 #2 sell 1@5040 left 1
      buy 4:1 9@4990 ioc
        accepted 4:1 #3 buy 9@4990 ioc left 9
      sell 5:1 9@5051
        rejected 5:1 sell 9@5051 priceBand
      phase auction
        phase auction was auction, traded 4@5040 surplus 1, auctions 1
        trade 0 3@5040 auction buy 1:1 ioc limit 5050 left 2, sell 2:1 limit 4950 left 0
        trade 1 1@5040 auction buy 1:1 ioc limit 5050 left 1, sell 3:1 limit 5040 left 0
        canceled 1:1 #0 buy 1@5050 ioc left 0 filled 4 auctionRemainder
        canceled 4:1 #3 buy 9@4990 ioc left 0 auctionRemainder
      book
    `,
  },
  {
    title: "Without a band a market order has the price limit, and its notional counts",
    rules: { qtyLotsMax: 2000000000, tickLotUnits: 100, notionalUnitsMin: 500 },
    script: `
      phase auction
        phase auction was continuous, auctions 0
      buy 1:1 5@market
        accepted 1:1 #0 buy 5@100000 ioc left 5 marketPriced
      buy 1:2 2000000000@market
        rejected 1:2 buy 2000000000@market notionalTooLarge
      sell 1:3 1@market
        rejected 1:3 sell 1@market minNotional
      sell 1:4 5@market
        accepted 1:4 #1 sell 5@1 ioc left 5 marketPriced
      sell 1:5 1000000000@market fok
        rejected 1:5 sell 1000000000@market fok notInAuction
      buy 1:6 1000000000@market fok
        rejected 1:6 buy 1000000000@market fok notionalTooLarge
    `,
  },
  {
    title: "Fill-or-kill and reduce-only orders are refused in a call, and those that rest when it begins are canceled",
    script: `
      position 1 10
      given buy 9:9 1@4000
      given sell 1:1 5@5000 reduce
      given sell 1:2 5@5001 reduce hidden
      given sell 1:3 5@5002
      phase auction
        phase auction was continuous, auctions 0
        canceled 1:1 #1 sell 5@5000 reduce left 0 notInAuction
        canceled 1:2 #2 sell 5@5001 reduce hidden left 0 notInAuction
      sell 1:4 5@5000 reduce
        rejected 1:4 sell 5@5000 reduce notInAuction
      buy 2:1 5@5002 fok
        rejected 2:1 buy 5@5002 fok notInAuction
      buy 2:2 5@market fok
        rejected 2:2 buy 5@market fok notInAuction
      sell 1:5 5@stop trigger 4000 reduce
        accepted 1:5 #4 sell 5@stop reduce left 5
      book
        bid 4000: 9:9 1
        ask 5002: 1:3 5
        sell stop 4000: 1:5 5@stop
    `,
  },
  {
    title: "Post-only and self-trade prevention have no meaning in a call: nobody takes",
    script: `
      phase auction
        phase auction was continuous, auctions 0
      buy 1:1 5@5001 post
        accepted 1:1 #0 buy 5@5001 post left 5
      sell 1:2 5@5000 post slide stp-both
        accepted 1:2 #1 sell 5@5000 post slide stp-both left 5
      phase continuous
        phase continuous was auction, traded 5@5000, auctions 1
        trade 0 5@5000 auction buy 1:1 post limit 5001 left 0, sell 1:2 limit 5000 left 0
    `,
  },
  {
    title: "A replace in a call keeps its place for less at the same price; otherwise it joins the call",
    showDeltas: true,
    script: `
      given buy 1:1 5@5000
      given buy 1:2 5@4999
      phase auction
        phase auction was continuous, auctions 0
        ~3 phase auction
      replace 1:1 3@5000
        replaced 1:1 #0 buy 3@5000 left 3 was 5@5000 keptPriority
        ~4 reduced buy #0 2@5000 shows 3, level 1/3
      replace 1:2 5@5001
        replaced 1:2 #1 buy 5@5001 left 5 was 5@4999 lostPriority
        ~5 removed buy #1 5@4999, level 0/0
      buy 2:1 5@5001
        accepted 2:1 #2 buy 5@5001 left 5
      replace 2:1 4@5001
        replaced 2:1 #2 buy 4@5001 left 4 was 5@5001 keptPriority
      replace 2:1 6@5001
        replaced 2:1 #2 buy 6@5001 left 6 was 4@5001 lostPriority
      replace 1:1 0@5000
        refused replace 1:1 invalidQty
      replace 1:1 5@5001
        replaced 1:1 #0 buy 5@5001 left 5 was 3@5000 lostPriority
        ~6 removed buy #0 3@5000, level 0/0
      replace 1:1 6@5001
        replaced 1:1 #0 buy 6@5001 left 6 was 5@5001 lostPriority
      cancel 1:1
        canceled 1:1 #0 buy 6@5001 left 0 canceledByOwner
      sell 3:1 7@4999
        accepted 3:1 #3 sell 7@4999 left 7
      phase continuous
        phase continuous was auction, traded 7@5000 surplus 4, auctions 1
        trade 0 5@5000 auction buy 1:2 limit 5001 left 0, sell 3:1 limit 4999 left 2
        trade 1 2@5000 auction buy 2:1 limit 5001 left 4, sell 3:1 limit 4999 left 0
        ~7 auctioned buy 5@5000, level 0/0, trade 0
        ~8 auctioned buy 2@5000, level 0/0, trade 1
        ~9 added buy #2 4@5001, level 1/4
        ~10 phase continuous
      book
        bid 5001: 2:1 4
    `,
  },
  {
    title: "Replaces meet the price band in a call, and post-only orders may cross",
    rules: { bandMillionths: 10000, referencePriceTicks: 5000 },
    script: `
      phase auction
        phase auction was continuous, auctions 0
      given buy 1:1 5@4999 post
      given sell 2:1 5@5000
      replace 1:1 5@5051
        refused replace 1:1 priceBand
      replace 1:1 5@5001
        replaced 1:1 #0 buy 5@5001 post left 5 was 5@4999 lostPriority
    `,
  },
  {
    title: "Stops wait for the end of a call; what its price sets off trades at once, or takes part in the next",
    script: `
      given buy 1:1 1@5000
      given sell 2:1 1@5000
      phase auction
        phase auction was continuous, auctions 0
      buy 3:1 5@stop trigger 5000
        accepted 3:1 #2 buy 5@stop left 5
      buy 3:2 5@5003 trigger 5001
        accepted 3:2 #3 buy 5@5003 stop-limit left 5
      buy 3:3 5@5002 trigger 5001 fok
        accepted 3:3 #4 buy 5@5002 stop-limit fok left 5
      given sell 4:1 3@5003
      phase auction
        phase auction was auction, auctions 1
        triggered 3:1 #2 buy 5@100000 ioc left 5
      given buy 1:1 1@5003
      phase auction
        phase auction was auction, traded 3@5004 surplus 2, auctions 2
        trade 1 3@5004 auction buy 3:1 ioc limit 100000 left 2, sell 4:1 limit 5003 left 0
        canceled 3:1 #2 buy 2@100000 ioc left 0 filled 3 auctionRemainder
        triggered 3:2 #3 buy 5@5003 left 5
        triggered 3:3 #4 buy 5@5002 fok left 5
        canceled 3:3 #4 buy 5@5002 fok left 0 notInAuction
      book
        bid 5003: 1:1 1, 3:2 (5)
      phase continuous
        phase continuous was auction, auctions 3
    `,
  },
  {
    title: "A triggered stop without funds, or above the notional, leaves the next call",
    rules: { bandMillionths: 10000, referencePriceTicks: 5000, notionalUnitsMin: 5000, qtyLotsMin: 1 },
    script: `
      phase auction
        phase auction was continuous, auctions 0
      given sell 3:1 1@stop trigger 5000
      given sell 3:2 2@stop trigger 5000
      given sell 3:3 2@stop trigger 5000 reduce
      given buy 1:1 1@5000
      given sell 2:1 1@5000
      admit insufficientFunds
      phase auction
        phase auction was auction, traded 1@5000, auctions 1
        trade 0 1@5000 auction buy 1:1 limit 5000 left 0, sell 2:1 limit 5000 left 0
        triggered 3:1 #0 sell 1@4950 ioc left 1
        canceled 3:1 #0 sell 1@4950 ioc left 0 minNotional
        triggered 3:2 #1 sell 2@4950 ioc left 2
        canceled 3:2 #1 sell 2@4950 ioc left 0 insufficientFunds
        triggered 3:3 #2 sell 2@market reduce left 2
        canceled 3:3 #2 sell 2@market reduce left 0 notInAuction
    `,
  },
  {
    title: "What was canceled or expired in a call takes no part in it",
    script: `
      phase auction
        phase auction was continuous, auctions 0
      given buy 1:1 5@5000 gtd 50
      given buy 2:1 5@5000
      given sell 3:1 5@5000
      cancel 2:1
        canceled 2:1 #1 buy 5@5000 left 0 canceledByOwner
      clock 50
      phase continuous
        expired 1:1 #0 buy 5@5000 gtd
        phase continuous was auction, auctions 1
      book
        ask 5000: 3:1 5
    `,
  },
];
