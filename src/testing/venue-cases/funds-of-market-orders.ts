import type { VenueCase } from "./venue-case.ts";
import { BTC } from "./venue-case.ts";

/** What a market order must be able to pay: the orders that it would meet, and the taker's fee on them. */
export const MARKET_ORDER_CASES: readonly VenueCase[] = [
  {
    title: "a market buy needs what it would pay, walking up the book",
    script: `
      deposit 2 USD 499
      deposit 3 BTC 9
      given sell 3:1 2@100
      given sell 3:2 1@100 hidden
      given sell 3:3 6@200 show 1
      buy 2:1 4@market
        rejected 2:1 buy 4@market insufficientFunds
      deposit 2 USD 1
      buy 2:1 4@market
        accepted 2:1 #3 buy 4@market left 4
        trade 0 2@100 buy 2:1 market left 2, maker 3:1 left 0
        trade 1 1@100 buy 2:1 market left 1, maker 3:2 left 0
        trade 2 1@200 buy 2:1 market left 0, maker 3:3 left 5
      accounts 2
        2: 4 BTC
    `,
  },
  {
    title: "a market buy needs nothing for what the book cannot give",
    script: `
      deposit 2 USD 100
      deposit 3 BTC 9
      buy 2:1 9@market
        accepted 2:1 #0 buy 9@market left 9
        canceled 2:1 #0 buy 9@market left 0 noLiquidity
      given sell 3:1 1@100
      buy 2:1 9@market
        accepted 2:1 #2 buy 9@market left 9
        trade 0 1@100 buy 2:1 market left 8, maker 3:1 left 0
        canceled 2:1 #2 buy 8@market left 0 filled 1 marketRemainder
    `,
  },
  {
    title: "a market buy pays the taker's fee, so it needs no more",
    venues: [{ instruments: [BTC], fees: { makerMillionths: 100_000, takerMillionths: 10_000 } }],
    script: `
      deposit 2 USD 100
      deposit 3 BTC 1
      given sell 3:1 1@100
      buy 2:1 1@market
        rejected 2:1 buy 1@market insufficientFunds
      deposit 2 USD 1
      buy 2:1 1@market
        accepted 2:1 #1 buy 1@market left 1
        trade 0 1@100 buy 2:1 market left 0, maker 3:1 left 0, fees 1 and 10
      accounts 2 3 1
        2: 1 BTC
        3: 90 USD
        1: 11 USD
    `,
  },
  {
    title: "a market sell needs all of its lots",
    script: `
      deposit 2 USD 100
      deposit 3 BTC 9
      given buy 2:1 1@100
      sell 3:1 10@market
        rejected 3:1 sell 10@market insufficientFunds
      sell 3:1 9@market
        accepted 3:1 #1 sell 9@market left 9
        trade 0 1@100 sell 3:1 market left 8, maker 2:1 left 0
        canceled 3:1 #1 sell 8@market left 0 filled 1 marketRemainder
      accounts 3
        3: 8 BTC, 100 USD
    `,
  },
  {
    title: "the price band bounds what a market buy could pay",
    venues: [{ instruments: [{ ...BTC, bandPercent: 10, referencePrice: "100" }] }],
    script: `
      deposit 2 USD 110
      deposit 3 BTC 9
      given sell 3:1 1@110
      sell 3:2 1@111
        rejected 3:2 sell 1@111 priceBand
      given sell 3:2 1@110
      buy 2:1 2@market
        rejected 2:1 buy 2@market insufficientFunds
      buy 2:1 1@market
        accepted 2:1 #2 buy 1@market left 1
        trade 0 1@110 buy 2:1 market left 0, maker 3:1 left 0
    `,
  },
  {
    title: "own orders that self-trade prevention cancels are not met: what stands behind them is",
    script: `
      deposit 2 USD 199
      deposit 2 BTC 1
      deposit 3 BTC 1
      given sell 2:1 1@100
      given sell 3:1 1@200
      buy 2:2 1@market stp-maker
        rejected 2:2 buy 1@market stp-maker insufficientFunds
      deposit 2 USD 1
      buy 2:2 1@market stp-maker
        accepted 2:2 #2 buy 1@market stp-maker left 1
        canceled 2:1 #0 sell 1@100 left 0 selfTradeMaker
        trade 0 1@200 buy 2:2 market stp-maker left 0, maker 3:1 left 0
    `,
  },
  {
    title: "own orders that end a market order bound what it could pay",
    script: `
      deposit 2 USD 100
      deposit 2 BTC 1
      deposit 3 BTC 2
      given sell 3:1 1@100
      given sell 2:1 1@150
      given sell 3:2 1@200
      buy 2:2 2@market stp-taker
        accepted 2:2 #3 buy 2@market stp-taker left 2
        trade 0 1@100 buy 2:2 market stp-taker left 1, maker 3:1 left 0
        canceled 2:2 #3 buy 1@market stp-taker left 0 filled 1 selfTradeTaker
    `,
  },
  {
    title: "own orders that decrement a market order cost nothing",
    script: `
      deposit 2 USD 300
      deposit 2 BTC 1
      deposit 3 BTC 2
      given sell 3:1 1@100
      given sell 2:1 1@150
      given sell 3:2 1@200
      buy 2:2 3@market stp-decrement
        accepted 2:2 #3 buy 3@market stp-decrement left 3
        trade 0 1@100 buy 2:2 market stp-decrement left 2, maker 3:1 left 0
        canceled 2:1 #1 sell 1@150 left 0 selfTradeDecrement
        canceled 2:2 #3 buy 1@market stp-decrement left 1 filled 1 selfTradeDecrement
        trade 1 1@200 buy 2:2 market stp-decrement left 0, maker 3:2 left 0
      accounts 2
        2: 3 BTC
    `,
  },
  {
    title: "a trade with oneself needs the funds, and moves nothing but fees",
    venues: [{ instruments: [BTC], fees: { makerMillionths: 10_000, takerMillionths: 20_000 } }],
    script: `
      deposit 2 USD 101
      deposit 2 BTC 1
      given sell 2:1 1@100
      buy 2:2 1@100
        rejected 2:2 buy 1@100 insufficientFunds
      deposit 2 USD 1
      buy 2:2 1@100
        accepted 2:2 #1 buy 1@100 left 1
        trade 0 1@100 buy 2:2 left 0, maker 2:1 left 0, fees 2 and 1
      accounts 2 1
        2: 1 BTC, 99 USD
        1: 3 USD
    `,
  },
  {
    title: "makers that may only reduce a position count in so far as the others leave something open",
    script: `
      deposit 2 USD 289
      deposit 3 BTC 1
      deposit 4 BTC 3
      position 4 1
      given sell 4:1 1@90 reduce
      given sell 3:1 1@200
      buy 2:1 2@market
        rejected 2:1 buy 2@market insufficientFunds
      deposit 2 USD 1
      buy 2:1 2@market
        accepted 2:1 #2 buy 2@market left 2
        trade 0 1@90 buy 2:1 market left 1, maker 4:1 left 0
        trade 1 1@200 buy 2:1 market left 0, maker 3:1 left 0
      accounts 2
        2: 2 BTC
    `,
  },
  {
    title: "a maker that may not reduce any more lets a market order through to dearer ones",
    script: `
      deposit 2 USD 100
      deposit 3 BTC 1
      deposit 4 BTC 3
      position 4 1
      given sell 4:1 1@90 reduce
      given sell 3:1 1@200
      position 4 0
      buy 2:1 1@market
        rejected 2:1 buy 1@market insufficientFunds
      deposit 2 USD 100
      buy 2:1 1@market
        accepted 2:1 #2 buy 1@market left 1
        canceled 4:1 #0 sell 1@90 reduce left 0 reduceOnlyWouldIncrease
        trade 0 1@200 buy 2:1 market left 0, maker 3:1 left 0
    `,
  },
];
