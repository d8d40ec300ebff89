import type { BookCase } from "./book-case.ts";

/** Limit and market orders and times in force: who trades with whom, and what is left. */
export const TRADING_CASES: readonly BookCase[] = [
  {
    title: "Best price first, and at one price first come first",
    script: `
      sell 1:1 5@5002
        accepted 1:1 #0 sell 5@5002 left 5
      sell 1:2 5@5001
        accepted 1:2 #1 sell 5@5001 left 5
      sell 2:1 5@5000
        accepted 2:1 #2 sell 5@5000 left 5
      sell 1:3 5@5001
        accepted 1:3 #3 sell 5@5001 left 5
      sell 1:4 5@5003
        accepted 1:4 #4 sell 5@5003 left 5
      buy 3:1 18@5002
        accepted 3:1 #5 buy 18@5002 left 18
        trade 0 5@5000 buy 3:1 left 13, maker 2:1 left 0
        trade 1 5@5001 buy 3:1 left 8, maker 1:2 left 0
        trade 2 5@5001 buy 3:1 left 3, maker 1:3 left 0
        trade 3 3@5002 buy 3:1 left 0, maker 1:1 left 2
      book
        ask 5002: 1:1 2
        ask 5003: 1:4 5
      counts
        orders 2, trades 4, last 5002, next expiry Infinity
      positions 1 2 3
        1 has -13, 2 has -5, 3 has 18
    `,
  },
  {
    title: "The same on the bid side",
    script: `
      buy 1:1 5@4998
        accepted 1:1 #0 buy 5@4998 left 5
      buy 1:2 5@4999
        accepted 1:2 #1 buy 5@4999 left 5
      buy 2:1 5@5000
        accepted 2:1 #2 buy 5@5000 left 5
      buy 1:3 5@4999
        accepted 1:3 #3 buy 5@4999 left 5
      sell 3:1 12@4998
        accepted 3:1 #4 sell 12@4998 left 12
        trade 0 5@5000 sell 3:1 left 7, maker 2:1 left 0
        trade 1 5@4999 sell 3:1 left 2, maker 1:2 left 0
        trade 2 2@4999 sell 3:1 left 0, maker 1:3 left 3
      book
        bid 4999: 1:3 3
        bid 4998: 1:1 5
      positions 1 2 3
        1 has 7, 2 has 5, 3 has -12
    `,
  },
  {
    title: "A trade is at the resting order's price; a partly filled resting order keeps its place",
    script: `
      given sell 1:1 10@5000
      given sell 2:1 10@5000
      buy 3:1 4@5005
        accepted 3:1 #2 buy 4@5005 left 4
        trade 0 4@5000 buy 3:1 left 0, maker 1:1 left 6
      buy 3:2 8@5005
        accepted 3:2 #3 buy 8@5005 left 8
        trade 1 6@5000 buy 3:2 left 2, maker 1:1 left 0
        trade 2 2@5000 buy 3:2 left 0, maker 2:1 left 8
      book
        ask 5000: 2:1 8
    `,
  },
  {
    title: "What is left of a limit order rests, at the end of its queue",
    script: `
      given buy 1:1 5@5001
      given sell 2:1 3@5002
      buy 3:1 10@5002
        accepted 3:1 #2 buy 10@5002 left 10
        trade 0 3@5002 buy 3:1 left 7, maker 2:1 left 0
      buy 4:1 1@5002
        accepted 4:1 #3 buy 1@5002 left 1
      book
        bid 5002: 3:1 7, 4:1 1
        bid 5001: 1:1 5
    `,
  },
  {
    title: "Deltas: added, executed, removed, each with its level's orders and lots afterwards",
    showDeltas: true,
    script: `
      sell 1:1 5@5000
        accepted 1:1 #0 sell 5@5000 left 5
        ~1 added sell #0 5@5000, level 1/5
      sell 2:1 7@5000
        accepted 2:1 #1 sell 7@5000 left 7
        ~2 added sell #1 7@5000, level 2/12
      sell 2:2 1@5001
        accepted 2:2 #2 sell 1@5001 left 1
        ~3 added sell #2 1@5001, level 1/1
      buy 3:1 8@5001
        accepted 3:1 #3 buy 8@5001 left 8
        trade 0 5@5000 buy 3:1 left 3, maker 1:1 left 0
        trade 1 3@5000 buy 3:1 left 0, maker 2:1 left 4
        ~4 executed sell #0 5@5000, level 1/7, trade 0
        ~5 executed sell #1 3@5000 shows 4, level 1/4, trade 1
      cancel 2:1
        canceled 2:1 #1 sell 4@5000 left 0 filled 3 canceledByOwner
        ~6 removed sell #1 4@5000, level 0/0
      buy 3:2 6@5001
        accepted 3:2 #4 buy 6@5001 left 6
        trade 2 1@5001 buy 3:2 left 5, maker 2:2 left 0
        ~7 executed sell #2 1@5001, level 0/0, trade 2
        ~8 added buy #4 5@5001, level 1/5
      cancel 3:2
        canceled 3:2 #4 buy 5@5001 left 0 filled 1 canceledByOwner
        ~9 removed buy #4 5@5001, level 0/0
    `,
  },
  {
    title: "A level may hold more lots than an int32",
    rules: { qtyLotsMax: 2147483647 },
    showDeltas: true,
    script: `
      sell 1:1 2147483647@5000
        accepted 1:1 #0 sell 2147483647@5000 left 2147483647
        ~1 added sell #0 2147483647@5000, level 1/2147483647
      sell 1:2 2147483647@5000
        accepted 1:2 #1 sell 2147483647@5000 left 2147483647
        ~2 added sell #1 2147483647@5000, level 2/4294967294
      sell 1:3 2147483647@5000
        accepted 1:3 #2 sell 2147483647@5000 left 2147483647
        ~3 added sell #2 2147483647@5000, level 3/6442450941
      buy 2:1 2147483647@5000
        accepted 2:1 #3 buy 2147483647@5000 left 2147483647
        trade 0 2147483647@5000 buy 2:1 left 0, maker 1:1 left 0
        ~4 executed sell #0 2147483647@5000, level 2/4294967294, trade 0
      buy 2:2 2147483647@5000
        accepted 2:2 #4 buy 2147483647@5000 left 2147483647
        trade 1 2147483647@5000 buy 2:2 left 0, maker 1:2 left 0
        ~5 executed sell #1 2147483647@5000, level 1/2147483647, trade 1
      book
        ask 5000: 1:3 2147483647
      positions 1 2
        1 has -4294967294, 2 has 4294967294
    `,
  },
  {
    title: "Immediate-or-cancel: trades what it can within its limit, the rest is canceled",
    script: `
      given sell 1:1 5@5000
      given sell 1:2 5@5001
      buy 2:1 8@5000 ioc
        accepted 2:1 #2 buy 8@5000 ioc left 8
        trade 0 5@5000 buy 2:1 ioc left 3, maker 1:1 left 0
        canceled 2:1 #2 buy 3@5000 ioc left 0 filled 5 iocRemainder
      buy 2:2 8@5000 ioc
        accepted 2:2 #3 buy 8@5000 ioc left 8
        canceled 2:2 #3 buy 8@5000 ioc left 0 iocRemainder
      buy 2:3 5@5001 ioc
        accepted 2:3 #4 buy 5@5001 ioc left 5
        trade 1 5@5001 buy 2:3 ioc left 0, maker 1:2 left 0
      book
    `,
  },
  {
    title: "Fill-or-kill: all or nothing",
    script: `
      given sell 1:1 5@5000
      given sell 1:2 5@5001
      given sell 1:3 5@5002
      buy 2:1 11@5001 fok
        accepted 2:1 #3 buy 11@5001 fok left 11
        canceled 2:1 #3 buy 11@5001 fok left 0 fokNotFillable
      buy 2:2 10@5001 fok
        accepted 2:2 #4 buy 10@5001 fok left 10
        trade 0 5@5000 buy 2:2 fok left 5, maker 1:1 left 0
        trade 1 5@5001 buy 2:2 fok left 0, maker 1:2 left 0
      sell 2:3 1@1 fok
        accepted 2:3 #5 sell 1@1 fok left 1
        canceled 2:3 #5 sell 1@1 fok left 0 fokNotFillable
      book
        ask 5002: 1:3 5
    `,
  },
  {
    title: "A market order takes any price, and nothing of it is left dangling",
    script: `
      given sell 1:1 5@5000
      given sell 1:2 5@99999
      buy 2:1 12@market
        accepted 2:1 #2 buy 12@market left 12
        trade 0 5@5000 buy 2:1 market left 7, maker 1:1 left 0
        trade 1 5@99999 buy 2:1 market left 2, maker 1:2 left 0
        canceled 2:1 #2 buy 2@market left 0 filled 10 marketRemainder
      buy 2:2 1@market
        accepted 2:2 #3 buy 1@market left 1
        canceled 2:2 #3 buy 1@market left 0 noLiquidity
      book
      counts
        orders 0, trades 2, last 99999, next expiry Infinity
    `,
  },
  {
    title: "A market order of any time in force never rests; fill-or-kill is honoured",
    script: `
      given buy 1:1 5@5000
      sell 2:1 6@market fok
        accepted 2:1 #1 sell 6@market fok left 6
        canceled 2:1 #1 sell 6@market fok left 0 fokNotFillable
      sell 2:2 3@market fok
        accepted 2:2 #2 sell 3@market fok left 3
        trade 0 3@5000 sell 2:2 market fok left 0, maker 1:1 left 2
      sell 2:3 6@market gtd 900
        accepted 2:3 #3 sell 6@market gtd left 6
        trade 1 2@5000 sell 2:3 market gtd left 4, maker 1:1 left 0
        canceled 2:3 #3 sell 4@market gtd left 0 filled 2 marketRemainder
      sell 2:4 6@market day
        accepted 2:4 #4 sell 6@market day left 6
        canceled 2:4 #4 sell 6@market day left 0 noLiquidity
      sell 2:5 6@market ioc
        accepted 2:5 #5 sell 6@market ioc left 6
        canceled 2:5 #5 sell 6@market ioc left 0 noLiquidity
      counts
        orders 0, trades 2, last 5000, next expiry Infinity
    `,
  },
  {
    title: "Prices may lie anywhere in int32",
    rules: { priceTicksMax: 2147483646 },
    script: `
      given sell 1:1 1@2147483646
      given sell 1:2 1@1073741824
      given sell 1:3 1@4194304
      given sell 1:4 1@1048576
      given sell 1:5 1@1048575
      given sell 1:6 1@5120
      given sell 1:7 1@1024
      given sell 1:8 1@1023
      book
        ask 1023: 1:8 1
        ask 1024: 1:7 1
        ask 5120: 1:6 1
        ask 1048575: 1:5 1
        ask 1048576: 1:4 1
        ask 4194304: 1:3 1
        ask 1073741824: 1:2 1
        ask 2147483646: 1:1 1
      buy 2:1 9@market
        accepted 2:1 #8 buy 9@market left 9
        trade 0 1@1023 buy 2:1 market left 8, maker 1:8 left 0
        trade 1 1@1024 buy 2:1 market left 7, maker 1:7 left 0
        trade 2 1@5120 buy 2:1 market left 6, maker 1:6 left 0
        trade 3 1@1048575 buy 2:1 market left 5, maker 1:5 left 0
        trade 4 1@1048576 buy 2:1 market left 4, maker 1:4 left 0
        trade 5 1@4194304 buy 2:1 market left 3, maker 1:3 left 0
        trade 6 1@1073741824 buy 2:1 market left 2, maker 1:2 left 0
        trade 7 1@2147483646 buy 2:1 market left 1, maker 1:1 left 0
        canceled 2:1 #8 buy 1@market left 0 filled 8 marketRemainder
      counts
        orders 0, trades 8, last 2147483646, next expiry Infinity
      given buy 1:8 1@1
      given buy 1:7 1@1023
      given buy 1:6 1@1024
      given buy 1:5 1@5120
      given buy 1:4 1@1048575
      given buy 1:3 1@1048576
      given buy 1:2 1@1073741824
      given buy 1:1 1@2147483646
      book
        bid 2147483646: 1:1 1
        bid 1073741824: 1:2 1
        bid 1048576: 1:3 1
        bid 1048575: 1:4 1
        bid 5120: 1:5 1
        bid 1024: 1:6 1
        bid 1023: 1:7 1
        bid 1: 1:8 1
      sell 2:2 9@market
        accepted 2:2 #17 sell 9@market left 9
        trade 8 1@2147483646 sell 2:2 market left 8, maker 1:1 left 0
        trade 9 1@1073741824 sell 2:2 market left 7, maker 1:2 left 0
        trade 10 1@1048576 sell 2:2 market left 6, maker 1:3 left 0
        trade 11 1@1048575 sell 2:2 market left 5, maker 1:4 left 0
        trade 12 1@5120 sell 2:2 market left 4, maker 1:5 left 0
        trade 13 1@1024 sell 2:2 market left 3, maker 1:6 left 0
        trade 14 1@1023 sell 2:2 market left 2, maker 1:7 left 0
        trade 15 1@1 sell 2:2 market left 1, maker 1:8 left 0
        canceled 2:2 #17 sell 1@market left 0 filled 8 marketRemainder
      counts
        orders 0, trades 16, last 1, next expiry Infinity
    `,
  },
];
