import type { BookCase } from "./book-case.ts";

/** Cancels of one order and of all, and expiry. */
export const CANCEL_AND_EXPIRY_CASES: readonly BookCase[] = [
  {
    title: "A canceled order leaves the book; canceling again finds nothing",
    showDeltas: true,
    script: `
      given buy 1:1 5@5000
      given buy 2:1 5@5000
      cancel 1:1
        canceled 1:1 #0 buy 5@5000 left 0 canceledByOwner
        ~3 removed buy #0 5@5000, level 1/5
      cancel 1:1
        refused cancel 1:1 unknownOrder
      cancel 2:7
        refused cancel 2:7 unknownOrder
      cancel 7:1
        refused cancel 7:1 unknownOrder
      book
        bid 5000: 2:1 5
    `,
  },
  {
    title: "A cancel tells what was filled",
    script: `
      given buy 1:1 5@5000
      given sell 2:1 2@5000
      cancel 1:1
        canceled 1:1 #0 buy 3@5000 left 0 filled 2 canceledByOwner
    `,
  },
  {
    title: "Icebergs and hidden orders are canceled whole",
    showDeltas: true,
    script: `
      given buy 1:1 5@5000 show 2
      given buy 1:2 5@5000 hidden
      cancel 1:1
        canceled 1:1 #0 buy 5@5000 left 0 canceledByOwner
        ~2 removed buy #0 2@5000, level 0/0
      cancel 1:2
        canceled 1:2 #1 buy 5@5000 hidden left 0 canceledByOwner
    `,
  },
  {
    title: "cancel-all, mass-cancel and disconnect: the owner's orders, stops too, by acceptance",
    showDeltas: true,
    script: `
      given buy 1:9 5@4990
      given buy 1:3 5@stop trigger 6000
      given sell 1:5 5@5010
      given buy 2:1 5@4990
      given buy 1:2 5@5000 hidden
      given replace 1:9 6@4991
      cancel-all 1
        canceled 1:9 #0 buy 6@4991 left 0 canceledByOwner
        canceled 1:3 #1 buy 5@stop left 0 canceledByOwner
        canceled 1:5 #2 sell 5@5010 left 0 canceledByOwner
        canceled 1:2 #4 buy 5@5000 hidden left 0 canceledByOwner
        ~6 removed buy #0 6@4991, level 0/0
        ~7 removed sell #2 5@5010, level 0/0
      cancel-all 1
      book
        bid 4990: 2:1 5
      given sell 2:2 5@5005
      given buy 2:3 5@4980
      mass-cancel 2
        canceled 2:1 #3 buy 5@4990 left 0 canceledByVenue
        canceled 2:2 #5 sell 5@5005 left 0 canceledByVenue
        canceled 2:3 #6 buy 5@4980 left 0 canceledByVenue
        ~10 removed buy #3 5@4990, level 0/0
        ~11 removed sell #5 5@5005, level 0/0
        ~12 removed buy #6 5@4980, level 0/0
      mass-cancel 99
      given buy 3:1 5@5000
      given sell 3:2 5@5001 trigger 4000
      disconnect 3
        canceled 3:1 #7 buy 5@5000 left 0 canceledOnDisconnect
        canceled 3:2 #8 sell 5@5001 stop-limit left 0 canceledOnDisconnect
        ~14 removed buy #7 5@5000, level 0/0
      counts
        orders 0, trades 0, last 0, next expiry Infinity
    `,
  },
  {
    title: "Orders expire by time, then by acceptance, before the command that finds them due",
    rules: { sessionEndNs: 300 },
    showDeltas: true,
    script: `
      buy 1:1 5@5000 gtd 200
        accepted 1:1 #0 buy 5@5000 gtd left 5
        ~1 added buy #0 5@5000, level 1/5
      buy 1:2 5@5000 gtd 100
        accepted 1:2 #1 buy 5@5000 gtd left 5
        ~2 added buy #1 5@5000, level 2/10
      sell 1:3 5@5001 gtd 100
        accepted 1:3 #2 sell 5@5001 gtd left 5
        ~3 added sell #2 5@5001, level 1/5
      sell 1:4 5@5002 day
        accepted 1:4 #3 sell 5@5002 day left 5
        ~4 added sell #3 5@5002, level 1/5
      buy 1:5 5@stop trigger 6000 gtd 250
        accepted 1:5 #4 buy 5@stop gtd left 5
      sell 1:6 5@5003 hidden day
        accepted 1:6 #5 sell 5@5003 day hidden left 5
      counts
        orders 6, trades 0, last 0, next expiry 100
      clock 99
      expire
      clock 100
      expire
        expired 1:2 #1 buy 5@5000 gtd
        expired 1:3 #2 sell 5@5001 gtd
        ~5 removed buy #1 5@5000, level 1/5
        ~6 removed sell #2 5@5001, level 0/0
      counts
        orders 4, trades 0, last 0, next expiry 200
      clock 250
      sell 2:1 5@5000
        expired 1:1 #0 buy 5@5000 gtd
        expired 1:5 #4 buy 5@stop gtd
        accepted 2:1 #6 sell 5@5000 left 5
        ~7 removed buy #0 5@5000, level 0/0
        ~8 added sell #6 5@5000, level 1/5
      counts
        orders 3, trades 0, last 0, next expiry 300
      clock 1000
      cancel 1:4
        expired 1:4 #3 sell 5@5002 day
        expired 1:6 #5 sell 5@5003 day hidden
        refused cancel 1:4 unknownOrder
        ~9 removed sell #3 5@5002, level 0/0
      counts
        orders 1, trades 0, last 0, next expiry Infinity
    `,
  },
  {
    title: "An order that expires now does not trade now",
    script: `
      given buy 1:1 5@5000 gtd 100
      clock 100
      sell 2:1 5@5000 ioc
        expired 1:1 #0 buy 5@5000 gtd
        accepted 2:1 #1 sell 5@5000 ioc left 5
        canceled 2:1 #1 sell 5@5000 ioc left 0 iocRemainder
    `,
  },
  {
    title: "What was filled shows when an order expires",
    script: `
      given buy 1:1 5@5000 gtd 100
      given sell 2:1 2@5000
      clock 5000
      expire
        expired 1:1 #0 buy 3@5000 gtd filled 2
    `,
  },
  {
    title: "A filled, canceled or expired order frees its id and its expiry",
    script: `
      given buy 1:1 5@5000 gtd 100
      given sell 2:1 5@5000
      counts
        orders 0, trades 1, last 5000, next expiry Infinity
      buy 1:1 5@5000 gtd 200
        accepted 1:1 #2 buy 5@5000 gtd left 5
      counts
        orders 1, trades 1, last 5000, next expiry 200
      cancel 1:1
        canceled 1:1 #2 buy 5@5000 gtd left 0 canceledByOwner
      buy 1:1 5@5000 gtd 300
        accepted 1:1 #3 buy 5@5000 gtd left 5
      clock 300
      buy 1:1 5@5000
        expired 1:1 #3 buy 5@5000 gtd
        accepted 1:1 #4 buy 5@5000 left 5
      counts
        orders 1, trades 1, last 5000, next expiry Infinity
    `,
  },
];
