import type { BookCase } from "./book-case.ts";

/** The price band and its reference. */
export const PRICE_BAND_CASES: readonly BookCase[] = [
  {
    title: "A limit price may be as far from the reference as the band says, and no further",
    rules: { bandMillionths: 100000, referencePriceTicks: 1005 },
    script: `
      buy 1:1 5@904
        rejected 1:1 buy 5@904 priceBand
      buy 1:1 5@905
        accepted 1:1 #0 buy 5@905 left 5
      sell 1:2 5@1106
        rejected 1:2 sell 5@1106 priceBand
      sell 1:2 5@1105
        accepted 1:2 #1 sell 5@1105 left 5
      sell 1:3 5@904 ioc
        rejected 1:3 sell 5@904 ioc priceBand
      sell 1:4 5@2000 hidden
        rejected 1:4 sell 5@2000 hidden priceBand
    `,
  },
  {
    title: "The reference is the last trade's price once there is one",
    rules: { bandMillionths: 100000, referencePriceTicks: 1000 },
    script: `
      given sell 1:1 5@1100
      given buy 2:1 1@1100
      buy 2:2 1@989
        rejected 2:2 buy 1@989 priceBand
      buy 2:2 1@990
        accepted 2:2 #2 buy 1@990 left 1
      sell 2:3 1@1210
        accepted 2:3 #3 sell 1@1210 left 1
      sell 2:4 1@1211
        rejected 2:4 sell 1@1211 priceBand
    `,
  },
  {
    title: "The last price follows market orders too",
    rules: { bandMillionths: 100000, referencePriceTicks: 1000 },
    script: `
      given sell 1:1 5@1100
      given buy 2:1 1@market
      counts
        orders 1, trades 1, last 1100, next expiry Infinity
      sell 2:3 1@1211
        rejected 2:3 sell 1@1211 priceBand
      sell 2:3 1@1210
        accepted 2:3 #2 sell 1@1210 left 1
    `,
  },
  {
    title: "Without a reference there is no band before the first trade",
    rules: { bandMillionths: 100000 },
    script: `
      buy 1:1 1@10
        accepted 1:1 #0 buy 1@10 left 1
      sell 1:2 1@99999
        accepted 1:2 #1 sell 1@99999 left 1
      buy 2:1 1@market
        accepted 2:1 #2 buy 1@market left 1
        trade 0 1@99999 buy 2:1 market left 0, maker 1:2 left 0
      sell 1:3 1@50
        rejected 1:3 sell 1@50 priceBand
      buy 2:2 1@11
        rejected 2:2 buy 1@11 priceBand
      buy 2:3 1@90001
        accepted 2:3 #3 buy 1@90001 left 1
      sell 2:4 1@89999
        rejected 2:4 sell 1@89999 priceBand
    `,
  },
  {
    title: "A market order trades as far as the band of the moment at which it came in",
    rules: { bandMillionths: 100000, referencePriceTicks: 1000 },
    script: `
      given sell 1:1 5@1050
      given sell 1:2 5@1100
      buy 2:1 5@market
        accepted 2:1 #2 buy 5@market left 5
        trade 0 5@1050 buy 2:1 market left 0, maker 1:1 left 0
      given sell 1:3 5@1155
      given sell 1:4 5@1150
      buy 2:2 20@market
        accepted 2:2 #5 buy 20@market left 20
        trade 1 5@1100 buy 2:2 market left 15, maker 1:2 left 0
        trade 2 5@1150 buy 2:2 market left 10, maker 1:4 left 0
        trade 3 5@1155 buy 2:2 market left 5, maker 1:3 left 0
        canceled 2:2 #5 buy 5@market left 0 filled 15 marketRemainder
      counts
        orders 0, trades 4, last 1155, next expiry Infinity
      given buy 2:3 5@1040
      given cancel-all 1
      sell 1:5 5@market
        accepted 1:5 #7 sell 5@market left 5
        trade 4 5@1040 sell 1:5 market left 0, maker 2:3 left 0
      counts
        orders 0, trades 5, last 1040, next expiry Infinity
      given buy 2:4 5@1035
      sell 1:6 7@market
        accepted 1:6 #9 sell 7@market left 7
        trade 5 5@1035 sell 1:6 market left 2, maker 2:4 left 0
        canceled 1:6 #9 sell 2@market left 0 filled 5 marketRemainder
    `,
  },
  {
    title: "A market order stops at the edge of the band",
    rules: { bandMillionths: 100000, referencePriceTicks: 1000 },
    script: `
      given sell 1:1 1@1050
      given buy 2:1 1@1050
      given sell 1:2 5@1100
      given sell 1:3 5@1155
      given buy 2:2 1@1000
      given sell 1:4 1@1000
      buy 2:3 9@market
        accepted 2:3 #6 buy 9@market left 9
        trade 2 5@1100 buy 2:3 market left 4, maker 1:2 left 0
        canceled 2:3 #6 buy 4@market left 0 filled 5 marketRemainder
      book
        ask 1155: 1:3 5
    `,
  },
  {
    title: "A market order to sell stops at the edge of the band too",
    rules: { bandMillionths: 100000, referencePriceTicks: 1000 },
    script: `
      given buy 1:1 1@950
      given sell 2:1 1@950
      given buy 1:2 5@900
      given buy 1:3 5@855
      given sell 2:2 1@1000
      given buy 1:4 1@1000
      sell 2:3 9@market
        accepted 2:3 #6 sell 9@market left 9
        trade 2 5@900 sell 2:3 market left 4, maker 1:2 left 0
        canceled 2:3 #6 sell 4@market left 0 filled 5 marketRemainder
      book
        bid 855: 1:3 5
    `,
  },
  {
    title: "A market order that finds the best price outside the band found no liquidity",
    rules: { bandMillionths: 100000, referencePriceTicks: 1000 },
    script: `
      given sell 1:1 5@1100
      given sell 1:3 1@1000
      given buy 2:1 1@1000
      given buy 9:1 1@900
      given sell 9:2 1@900
      buy 2:2 5@market
        accepted 2:2 #5 buy 5@market left 5
        canceled 2:2 #5 buy 5@market left 0 noLiquidity
      buy 2:3 5@market fok
        accepted 2:3 #6 buy 5@market fok left 5
        canceled 2:3 #6 buy 5@market fok left 0 fokNotFillable
      book
        ask 1100: 1:1 5
    `,
  },
  {
    title: "A band rounds down to whole ticks",
    rules: { bandMillionths: 19999, referencePriceTicks: 100 },
    script: `
      buy 1:1 1@98
        rejected 1:1 buy 1@98 priceBand
      buy 1:1 1@99
        accepted 1:1 #0 buy 1@99 left 1
      sell 1:2 1@102
        rejected 1:2 sell 1@102 priceBand
      sell 1:2 1@101
        accepted 1:2 #1 sell 1@101 left 1
    `,
  },
  {
    title: "A slid price is not checked against the band again",
    rules: { bandMillionths: 10000, referencePriceTicks: 1000 },
    script: `
      given sell 1:1 5@990
      buy 2:1 5@1000 post slide
        accepted 2:1 #1 buy 5@989 post slide left 5 postOnlySlid
    `,
  },
];
