import type { BookCase } from "./book-case.ts";

/** What each phase lets pass, how they follow one another, and what shows of a call. */
export const PHASE_CASES: readonly BookCase[] = [
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
