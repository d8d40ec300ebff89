import { OwnerGroups } from "../../market/owner-groups.ts";
import type { BookCase } from "./book-case.ts";

/** 1 and 2 belong together, 3 to another group. */
const GROUPS = new OwnerGroups();
GROUPS.join(1, 7);
GROUPS.join(2, 7);
GROUPS.join(3, 8);

/** Self-trade prevention: each mode in each situation. */
export const SELF_TRADE_CASES: readonly BookCase[] = [
  {
    title: "none: an owner trades with himself",
    script: `
      given sell 1:1 5@5000
      buy 1:2 3@5000
        accepted 1:2 #1 buy 3@5000 left 3
        trade 0 3@5000 buy 1:2 left 0, maker 1:1 left 2
      positions 1
        1 has 0
      book
        ask 5000: 1:1 2
    `,
  },
  {
    title: "The taker's choice decides, not the maker's",
    script: `
      given sell 1:1 5@5000 stp-taker
      buy 1:2 3@5000
        accepted 1:2 #1 buy 3@5000 left 3
        trade 0 3@5000 buy 1:2 left 0, maker 1:1 left 2
      buy 1:3 5@5000 stp-maker
        accepted 1:3 #2 buy 5@5000 stp-maker left 5
        canceled 1:1 #0 sell 2@5000 stp-taker left 0 filled 3 selfTradeMaker
      book
        bid 5000: 1:3 5
    `,
  },
  {
    title: "cancelTaker: after what it traded before",
    script: `
      given sell 2:1 4@5000
      given sell 1:1 5@5000
      buy 1:2 9@5000 stp-taker
        accepted 1:2 #2 buy 9@5000 stp-taker left 9
        trade 0 4@5000 buy 1:2 stp-taker left 5, maker 2:1 left 0
        canceled 1:2 #2 buy 5@5000 stp-taker left 0 filled 4 selfTradeTaker
      book
        ask 5000: 1:1 5
    `,
  },
  {
    title: "cancelMaker: and goes on",
    showDeltas: true,
    script: `
      given sell 1:1 5@5000
      given sell 2:1 4@5000
      given sell 1:2 5@5001 hidden
      buy 1:3 9@5001 stp-maker
        accepted 1:3 #3 buy 9@5001 stp-maker left 9
        canceled 1:1 #0 sell 5@5000 left 0 selfTradeMaker
        trade 0 4@5000 buy 1:3 stp-maker left 5, maker 2:1 left 0
        canceled 1:2 #2 sell 5@5001 hidden left 0 selfTradeMaker
        ~3 removed sell #0 5@5000, level 1/4
        ~4 executed sell #1 4@5000, level 0/0, trade 0
        ~5 added buy #3 5@5001, level 1/5
      book
        bid 5001: 1:3 5
    `,
  },
  {
    title: "cancelBoth",
    showDeltas: true,
    script: `
      given sell 2:1 4@5000
      given sell 1:1 5@5000
      given sell 1:2 5@5000
      buy 1:3 9@5000 stp-both
        accepted 1:3 #3 buy 9@5000 stp-both left 9
        trade 0 4@5000 buy 1:3 stp-both left 5, maker 2:1 left 0
        canceled 1:1 #1 sell 5@5000 left 0 selfTradeMaker
        canceled 1:3 #3 buy 5@5000 stp-both left 0 filled 4 selfTradeTaker
        ~4 executed sell #0 4@5000, level 2/10, trade 0
        ~5 removed sell #1 5@5000, level 1/5
      book
        ask 5000: 1:2 5
    `,
  },
  {
    title: "decrement: the taker is smaller",
    showDeltas: true,
    script: `
      given sell 1:1 5@5000
      given sell 2:1 4@5000
      buy 1:2 3@5000 stp-decrement
        accepted 1:2 #2 buy 3@5000 stp-decrement left 3
        canceled 1:1 #0 sell 3@5000 left 2 selfTradeDecrement
        canceled 1:2 #2 buy 3@5000 stp-decrement left 0 selfTradeDecrement
        ~3 reduced sell #0 3@5000 shows 2, level 2/6
      book
        ask 5000: 1:1 2, 2:1 4
    `,
  },
  {
    title: "decrement: the maker is smaller",
    showDeltas: true,
    script: `
      given sell 1:1 5@5000
      given sell 2:1 4@5000
      buy 1:2 8@5000 stp-decrement
        accepted 1:2 #2 buy 8@5000 stp-decrement left 8
        canceled 1:1 #0 sell 5@5000 left 0 selfTradeDecrement
        canceled 1:2 #2 buy 5@5000 stp-decrement left 3 selfTradeDecrement
        trade 0 3@5000 buy 1:2 stp-decrement left 0, maker 2:1 left 1
        ~3 removed sell #0 5@5000, level 1/4
        ~4 executed sell #1 3@5000 shows 1, level 1/1, trade 0
      book
        ask 5000: 2:1 1
    `,
  },
  {
    title: "decrement: both are the same",
    showDeltas: true,
    script: `
      given sell 1:1 5@5000
      buy 1:2 5@5000 stp-decrement
        accepted 1:2 #1 buy 5@5000 stp-decrement left 5
        canceled 1:1 #0 sell 5@5000 left 0 selfTradeDecrement
        canceled 1:2 #1 buy 5@5000 stp-decrement left 0 selfTradeDecrement
        ~2 removed sell #0 5@5000, level 0/0
      book
    `,
  },
  {
    title: "decrement: an iceberg loses its reserve before what it shows, a hidden order shows nothing",
    showDeltas: true,
    script: `
      given sell 1:1 10@5000 show 4
      given sell 1:2 6@5000 hidden
      buy 1:3 5@5000 stp-decrement
        accepted 1:3 #2 buy 5@5000 stp-decrement left 5
        canceled 1:1 #0 sell 5@5000 left 5 selfTradeDecrement
        canceled 1:3 #2 buy 5@5000 stp-decrement left 0 selfTradeDecrement
      buy 1:4 2@5000 stp-decrement
        accepted 1:4 #3 buy 2@5000 stp-decrement left 2
        canceled 1:1 #0 sell 2@5000 left 3 selfTradeDecrement
        canceled 1:4 #3 buy 2@5000 stp-decrement left 0 selfTradeDecrement
        ~2 reduced sell #0 1@5000 shows 3, level 1/3
      buy 1:5 5@5000 stp-decrement
        accepted 1:5 #4 buy 5@5000 stp-decrement left 5
        canceled 1:1 #0 sell 3@5000 left 0 selfTradeDecrement
        canceled 1:5 #4 buy 3@5000 stp-decrement left 2 selfTradeDecrement
        canceled 1:2 #1 sell 2@5000 hidden left 4 selfTradeDecrement
        canceled 1:5 #4 buy 2@5000 stp-decrement left 0 selfTradeDecrement
        ~3 removed sell #0 3@5000, level 0/0
      book
        ask 5000: 1:2 (4)
    `,
  },
  {
    title: "decrement: an order keeps its place",
    script: `
      given sell 1:1 5@5000
      given sell 2:1 5@5000
      buy 1:2 3@5000 stp-decrement
        accepted 1:2 #2 buy 3@5000 stp-decrement left 3
        canceled 1:1 #0 sell 3@5000 left 2 selfTradeDecrement
        canceled 1:2 #2 buy 3@5000 stp-decrement left 0 selfTradeDecrement
      buy 3:1 3@5000
        accepted 3:1 #3 buy 3@5000 left 3
        trade 0 2@5000 buy 3:1 left 1, maker 1:1 left 0
        trade 1 1@5000 buy 3:1 left 0, maker 2:1 left 4
      book
        ask 5000: 2:1 4
    `,
  },
  {
    title: "With a market order: nothing traded, so there was no liquidity",
    script: `
      given sell 1:1 5@5000
      buy 1:2 7@market stp-decrement
        accepted 1:2 #1 buy 7@market stp-decrement left 7
        canceled 1:1 #0 sell 5@5000 left 0 selfTradeDecrement
        canceled 1:2 #1 buy 5@market stp-decrement left 2 selfTradeDecrement
        canceled 1:2 #1 buy 2@market stp-decrement left 0 noLiquidity
      given sell 1:3 5@5000
      buy 1:4 7@market stp-maker
        accepted 1:4 #3 buy 7@market stp-maker left 7
        canceled 1:3 #2 sell 5@5000 left 0 selfTradeMaker
        canceled 1:4 #3 buy 7@market stp-maker left 0 noLiquidity
      given sell 1:5 5@5000
      buy 1:6 7@market stp-taker
        accepted 1:6 #5 buy 7@market stp-taker left 7
        canceled 1:6 #5 buy 7@market stp-taker left 0 selfTradeTaker
      buy 1:7 7@market stp-both
        accepted 1:7 #6 buy 7@market stp-both left 7
        canceled 1:5 #4 sell 5@5000 left 0 selfTradeMaker
        canceled 1:7 #6 buy 7@market stp-both left 0 selfTradeTaker
    `,
  },
  {
    title: "Fill-or-kill passes over own orders with cancelMaker, and stops at them otherwise",
    script: `
      given sell 1:1 5@5000
      given sell 2:1 5@5000
      buy 1:2 6@5000 fok stp-maker
        accepted 1:2 #2 buy 6@5000 fok stp-maker left 6
        canceled 1:2 #2 buy 6@5000 fok stp-maker left 0 fokNotFillable
      buy 1:2 5@5000 fok stp-taker
        accepted 1:2 #3 buy 5@5000 fok stp-taker left 5
        canceled 1:2 #3 buy 5@5000 fok stp-taker left 0 fokNotFillable
      buy 1:2 5@5000 fok stp-both
        accepted 1:2 #4 buy 5@5000 fok stp-both left 5
        canceled 1:2 #4 buy 5@5000 fok stp-both left 0 fokNotFillable
      buy 1:2 5@5000 fok stp-decrement
        accepted 1:2 #5 buy 5@5000 fok stp-decrement left 5
        canceled 1:2 #5 buy 5@5000 fok stp-decrement left 0 fokNotFillable
      buy 1:2 10@5000 fok
        accepted 1:2 #6 buy 10@5000 fok left 10
        trade 0 5@5000 buy 1:2 fok left 5, maker 1:1 left 0
        trade 1 5@5000 buy 1:2 fok left 0, maker 2:1 left 0
      given sell 1:3 5@5000
      given sell 2:2 5@5000
      buy 1:4 5@5000 fok stp-maker
        accepted 1:4 #9 buy 5@5000 fok stp-maker left 5
        canceled 1:3 #7 sell 5@5000 left 0 selfTradeMaker
        trade 2 5@5000 buy 1:4 fok stp-maker left 0, maker 2:2 left 0
      book
    `,
  },
  {
    title: "Fill-or-kill that ends before its own order is met",
    script: `
      given sell 2:1 5@5000
      given sell 1:1 5@5000
      buy 1:2 5@5000 fok stp-taker
        accepted 1:2 #2 buy 5@5000 fok stp-taker left 5
        trade 0 5@5000 buy 1:2 fok stp-taker left 0, maker 2:1 left 0
      book
        ask 5000: 1:1 5
    `,
  },
  {
    title: "Fill-or-kill market orders behave alike",
    script: `
      given sell 1:1 5@5000
      given sell 2:1 5@5000
      buy 1:2 5@market fok stp-taker
        accepted 1:2 #2 buy 5@market fok stp-taker left 5
        canceled 1:2 #2 buy 5@market fok stp-taker left 0 fokNotFillable
      buy 1:2 5@market fok stp-maker
        accepted 1:2 #3 buy 5@market fok stp-maker left 5
        canceled 1:1 #0 sell 5@5000 left 0 selfTradeMaker
        trade 0 5@5000 buy 1:2 market fok stp-maker left 0, maker 2:1 left 0
      book
    `,
  },
  {
    title: "Self-trade prevention goes before reduce-only",
    script: `
      given position 1 5
      given sell 1:1 5@5000 reduce
      given position 1 0
      buy 1:2 2@5000 stp-decrement
        accepted 1:2 #1 buy 2@5000 stp-decrement left 2
        canceled 1:1 #0 sell 2@5000 reduce left 3 selfTradeDecrement
        canceled 1:2 #1 buy 2@5000 stp-decrement left 0 selfTradeDecrement
      buy 1:3 2@5000 stp-taker
        accepted 1:3 #2 buy 2@5000 stp-taker left 2
        canceled 1:3 #2 buy 2@5000 stp-taker left 0 selfTradeTaker
      book
        ask 5000: 1:1 3
    `,
  },
  {
    title: "accounts of one group are one owner, where the book is told of groups",
    rules: { groups: GROUPS },
    script: `
      given sell 1:1 4@5000
      given sell 3:1 5@5001
      buy 2:1 6@5000 stp-maker
        accepted 2:1 #2 buy 6@5000 stp-maker left 6
        canceled 1:1 #0 sell 4@5000 left 0 selfTradeMaker
      sell 1:2 2@5000 stp-taker
        accepted 1:2 #3 sell 2@5000 stp-taker left 2
        canceled 1:2 #3 sell 2@5000 stp-taker left 0 selfTradeTaker
      sell 1:3 6@5000 stp-decrement fok
        accepted 1:3 #4 sell 6@5000 fok stp-decrement left 6
        canceled 1:3 #4 sell 6@5000 fok stp-decrement left 0 fokNotFillable
      sell 1:4 1@5000
        accepted 1:4 #5 sell 1@5000 left 1
        trade 0 1@5000 sell 1:4 left 0, maker 2:1 left 5
      book
        bid 5000: 2:1 5
        ask 5001: 3:1 5
    `,
  },
];
