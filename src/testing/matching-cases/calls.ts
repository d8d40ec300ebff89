import type { BookCase } from "./book-case.ts";

/** Phases, and how a call ends: at which price, who trades how much, and what shows. */
export const CALL_CASES: readonly BookCase[] = [
  {
    title: "In a call orders gather and do not trade; all that can does so at one price when it ends",
    script: `
      phase auction
        phase auction was continuous, auctions 0
      buy 1:1 10@5002
        accepted 1:1 #0 buy 10@5002 left 10
      buy 2:1 5@5001
        accepted 2:1 #1 buy 5@5001 left 5
      sell 3:1 8@4999
        accepted 3:1 #2 sell 8@4999 left 8
      sell 4:1 4@5000
        accepted 4:1 #3 sell 4@5000 left 4
      book
        bid 5002: 1:1 (10)
        bid 5001: 2:1 (5)
        ask 4999: 3:1 (8)
        ask 5000: 4:1 (4)
      counts
        orders 4, trades 0, last 0, next expiry Infinity
      phase continuous
        phase continuous was auction, traded 12@5000 surplus 3, auctions 1
        trade 0 8@5000 auction buy 1:1 limit 5002 left 2, sell 3:1 limit 4999 left 0
        trade 1 2@5000 auction buy 1:1 limit 5002 left 0, sell 4:1 limit 5000 left 2
        trade 2 2@5000 auction buy 2:1 limit 5001 left 3, sell 4:1 limit 5000 left 0
      book
        bid 5001: 2:1 3
      counts
        orders 1, trades 3, last 5000, next expiry Infinity
      positions 1 2 3 4
        1 has 10, 2 has 2, 3 has -8, 4 has -4
    `,
  },
  {
    title: "The price is where the most can trade",
    script: `
      phase auction
        phase auction was continuous, auctions 0
      given buy 1:1 10@5010
      given buy 1:2 30@5005
      given buy 1:3 10@5000
      given sell 2:1 20@5000
      given sell 2:2 20@5005
      given sell 2:3 20@5010
      phase continuous
        phase continuous was auction, traded 40@5005, auctions 1
        trade 0 10@5005 auction buy 1:1 limit 5010 left 0, sell 2:1 limit 5000 left 10
        trade 1 10@5005 auction buy 1:2 limit 5005 left 20, sell 2:1 limit 5000 left 0
        trade 2 20@5005 auction buy 1:2 limit 5005 left 0, sell 2:2 limit 5005 left 0
    `,
  },
  {
    title: "Of several such prices it is where the least is left over",
    script: `
      phase auction
        phase auction was continuous, auctions 0
      given buy 1:1 10@5010
      given buy 1:2 7@5006
      given sell 2:1 10@5000
      given sell 2:2 4@5007
      phase continuous
        phase continuous was auction, traded 10@5008 surplus -4, auctions 1
        trade 0 10@5008 auction buy 1:1 limit 5010 left 0, sell 2:1 limit 5000 left 0
    `,
  },
  {
    title: "Where both sides are left over alike, and for what is left, the reference price decides",
    rules: { referencePriceTicks: 5003 },
    script: `
      phase auction
        phase auction was continuous, auctions 0
      given buy 1:1 10@5010
      given sell 2:1 10@5000
      phase auction
        phase auction was auction, traded 10@5003, auctions 1
        trade 0 10@5003 auction buy 1:1 limit 5010 left 0, sell 2:1 limit 5000 left 0
      given buy 1:1 10@5002
      given sell 2:1 10@5000
      phase auction
        phase auction was auction, traded 10@5002, auctions 2
        trade 1 10@5002 auction buy 1:1 limit 5002 left 0, sell 2:1 limit 5000 left 0
      # The reference is the last price now.
      given buy 1:1 10@5030
      given sell 2:1 10@5020
      phase continuous
        phase continuous was auction, traded 10@5020, auctions 3
        trade 2 10@5020 auction buy 1:1 limit 5030 left 0, sell 2:1 limit 5020 left 0
    `,
  },
  {
    title: "Without a reference it is the middle of the best prices, rounded down",
    script: `
      phase auction
        phase auction was continuous, auctions 0
      given buy 1:1 10@5011
      given sell 2:1 10@5000
      phase continuous
        phase continuous was auction, traded 10@5005, auctions 1
        trade 0 10@5005 auction buy 1:1 limit 5011 left 0, sell 2:1 limit 5000 left 0
      counts
        orders 0, trades 1, last 5005, next expiry Infinity
    `,
  },
  {
    title: "Orders that stood before the call go first at their price, then the call's in order of arrival",
    script: `
      given buy 1:1 5@5000
      phase auction
        phase auction was continuous, auctions 0
      given buy 2:1 5@5000
      given buy 3:1 5@5000
      given sell 4:1 12@5000
      phase continuous
        phase continuous was auction, traded 12@5000 surplus 3, auctions 1
        trade 0 5@5000 auction buy 1:1 limit 5000 left 0, sell 4:1 limit 5000 left 7
        trade 1 5@5000 auction buy 2:1 limit 5000 left 0, sell 4:1 limit 5000 left 2
        trade 2 2@5000 auction buy 3:1 limit 5000 left 3, sell 4:1 limit 5000 left 0
      book
        bid 5000: 3:1 3
    `,
  },
  {
    title: "Pro rata the orders of the margin share in proportion; the largest remainders get one lot more",
    rules: { allocation: "proRata" },
    script: `
      phase auction
        phase auction was continuous, auctions 0
      given buy 1:1 10@5000
      given buy 2:1 20@5000
      given buy 3:1 3@5000
      given buy 4:1 7@5001
      given sell 5:1 17@5000
      phase continuous
        phase continuous was auction, traded 17@5000 surplus 23, auctions 1
        trade 0 7@5000 auction buy 4:1 limit 5001 left 0, sell 5:1 limit 5000 left 10
        trade 1 3@5000 auction buy 1:1 limit 5000 left 7, sell 5:1 limit 5000 left 7
        trade 2 6@5000 auction buy 2:1 limit 5000 left 14, sell 5:1 limit 5000 left 1
        trade 3 1@5000 auction buy 3:1 limit 5000 left 2, sell 5:1 limit 5000 left 0
      book
        bid 5000: 1:1 7, 2:1 14, 3:1 2
    `,
  },
  {
    title: "The public book stands still in a call, but for cancels; what happened shows when it ends",
    showDeltas: true,
    script: `
      buy 1:1 5@5000
        accepted 1:1 #0 buy 5@5000 left 5
        ~1 added buy #0 5@5000, level 1/5
      sell 1:2 5@5004
        accepted 1:2 #1 sell 5@5004 left 5
        ~2 added sell #1 5@5004, level 1/5
      phase auction
        phase auction was continuous, auctions 0
        ~3 phase auction
      buy 2:1 3@5002
        accepted 2:1 #2 buy 3@5002 left 3
      buy 3:1 4@5000 hidden
        accepted 3:1 #3 buy 4@5000 hidden left 4
      sell 2:2 9@5000
        accepted 2:2 #4 sell 9@5000 left 9
      cancel 1:2
        canceled 1:2 #1 sell 5@5004 left 0 canceledByOwner
        ~4 removed sell #1 5@5004, level 0/0
      book
        bid 5002: 2:1 (3)
        bid 5000: 1:1 5, 3:1 (4)
        ask 5000: 2:2 (9)
      counts
        orders 4, trades 0, last 0, next expiry Infinity
      phase continuous
        phase continuous was auction, traded 9@5000 surplus 3, auctions 1
        trade 0 3@5000 auction buy 2:1 limit 5002 left 0, sell 2:2 limit 5000 left 6
        trade 1 5@5000 auction buy 1:1 limit 5000 left 0, sell 2:2 limit 5000 left 1
        trade 2 1@5000 auction buy 3:1 hidden limit 5000 left 3, sell 2:2 limit 5000 left 0
        ~5 auctioned buy 3@5000, level 0/0, trade 0
        ~6 auctioned buy 5@5000, level 0/0, trade 1
        ~7 removed buy #0 5@5000, level 0/0
        ~8 auctioned buy 1@5000, level 0/0, trade 2
        ~9 phase continuous
      book
        bid 5000: 3:1 (3)
    `,
  },
  {
    title: "A partly filled iceberg keeps its place and shows what it has left",
    showDeltas: true,
    script: `
      given buy 1:1 10@5000 show 4
      phase auction
        phase auction was continuous, auctions 0
        ~2 phase auction
      given sell 2:1 8@5000
      phase auction
        phase auction was auction, traded 8@5000 surplus 2, auctions 1
        trade 0 8@5000 auction buy 1:1 limit 5000 left 2, sell 2:1 limit 5000 left 0
        ~3 auctioned buy 8@5000, level 0/0, trade 0
        ~4 reduced buy #0 2@5000 shows 2, level 1/2
        ~5 phase auction
      given sell 2:1 1@5000
      given buy 3:1 10@4999 show 3
      phase continuous
        phase continuous was auction, traded 1@5000 surplus 1, auctions 2
        trade 1 1@5000 auction buy 1:1 limit 5000 left 1, sell 2:1 limit 5000 left 0
        ~6 auctioned buy 1@5000, level 0/0, trade 1
        ~7 reduced buy #0 1@5000 shows 1, level 1/1
        ~8 added buy #3 3@4999, level 1/3
        ~9 phase continuous
      book
        bid 5000: 1:1 1
        bid 4999: 3:1 3/10
    `,
  },
  {
    title: "Halted: new orders and replaces are refused, cancels and expiry pass",
    script: `
      given buy 1:1 5@5000
      given buy 1:2 5@5000 gtd 100
      given buy 1:3 5@stop trigger 5100
      phase halted tooManyOrders until 500
        phase halted was continuous tooManyOrders until 500, auctions 0
      sell 2:1 5@5000
        rejected 2:1 sell 5@5000 halted
      buy 1:1 0@0
        rejected 1:1 buy 0@0 halted
      replace 1:1 4@5000
        refused replace 1:1 halted
      replace 1:9 4@5000
        refused replace 1:9 unknownOrder
      cancel 1:1
        canceled 1:1 #0 buy 5@5000 left 0 canceledByOwner
      cancel 1:1
        refused cancel 1:1 unknownOrder
      clock 100
      expire
        expired 1:2 #1 buy 5@5000 gtd
      cancel-all 1
        canceled 1:3 #2 buy 5@stop left 0 canceledByOwner
      phase continuous
        phase continuous was halted, auctions 0
      sell 2:1 5@5000
        accepted 2:1 #3 sell 5@5000 left 5
    `,
  },
  {
    title: "A call that is halted goes on when it is opened again",
    script: `
      phase auction
        phase auction was continuous, auctions 0
      given buy 1:1 5@5000
      given sell 2:1 5@5000
      phase halted
        phase halted was auction, auctions 0
      cancel 2:1
        canceled 2:1 #1 sell 5@5000 left 0 canceledByOwner
      phase auction
        phase auction was halted, auctions 0
      given sell 3:1 2@4998
      phase halted
        phase halted was auction, auctions 0
      phase continuous
        phase continuous was halted, traded 2@4999 surplus 3, auctions 1
        trade 0 2@4999 auction buy 1:1 limit 5000 left 3, sell 3:1 limit 4998 left 0
    `,
  },
  {
    title: "Closed: the call ends, and nothing comes after it",
    script: `
      phase auction
        phase auction was continuous, auctions 0
      given buy 1:1 5@5000
      given sell 2:1 5@5000
      given buy 1:3 5@stop trigger 5000
      phase closed
        phase closed was auction, traded 5@5000, auctions 1
        trade 0 5@5000 auction buy 1:1 limit 5000 left 0, sell 2:1 limit 5000 left 0
      buy 3:1 5@5000
        rejected 3:1 buy 5@5000 marketClosed
      replace 1:3 4@0
        refused replace 1:3 marketClosed
      mass-cancel 1
        canceled 1:3 #2 buy 5@stop left 0 canceledByVenue
    `,
  },
  {
    title: "A call in which nothing can trade ends without a price",
    script: `
      given buy 1:1 5@4990
      phase auction
        phase auction was continuous, auctions 0
      given buy 2:1 5@5000
      given sell 3:1 5@5001
      phase continuous
        phase continuous was auction, auctions 1
      book
        bid 5000: 2:1 5
        bid 4990: 1:1 5
        ask 5001: 3:1 5
    `,
  },
  {
    title: "Orders without choices go the short way again after a call",
    showDeltas: true,
    script: `
      phase auction
        phase auction was continuous, auctions 0
        ~1 phase auction
      given buy 1:1 5@5000
      phase continuous
        phase continuous was auction, auctions 1
        ~2 added buy #0 5@5000, level 1/5
        ~3 phase continuous
      cancel 1:1
        canceled 1:1 #0 buy 5@5000 left 0 canceledByOwner
        ~4 removed buy #0 5@5000, level 0/0
      buy 1:1 5@5000
        accepted 1:1 #1 buy 5@5000 left 5
        ~5 added buy #1 5@5000, level 1/5
      sell 2:1 5@5000
        accepted 2:1 #2 sell 5@5000 left 5
        trade 0 5@5000 sell 2:1 left 0, maker 1:1 left 0
        ~6 executed buy #1 5@5000, level 0/0, trade 0
    `,
  },
];
