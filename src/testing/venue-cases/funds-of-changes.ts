import type { VenueCase } from "./venue-case.ts";
import { BTC } from "./venue-case.ts";

const FEES = { makerMillionths: 0, takerMillionths: 10_000 };

/** Replaces, self-trade prevention, stops and reduce-only orders: each changes what is set aside. */
export const CHANGE_CASES: readonly VenueCase[] = [
  {
    title: "a replace needs only what it adds, and gives back what it takes away",
    venues: [{ instruments: [BTC], fees: FEES }],
    script: `
      deposit 2 USD 1010
      given buy 2:1 10@50
      replace 2:1 10@101
        refused replace 2:1 insufficientFunds
      replace 2:1 10@100
        replaced 2:1 #0 buy 10@100 left 10 was 10@50 lostPriority
      accounts 2
        2: 1010 USD (1010 reserved)
      replace 2:1 11@100
        refused replace 2:1 insufficientFunds
      replace 2:1 4@100
        replaced 2:1 #0 buy 4@100 left 4 was 10@100 keptPriority
      accounts 2
        2: 1010 USD (404 reserved)
    `,
  },
  {
    title: "a replace counts fills: its total may be covered where its rest is",
    script: `
      deposit 2 USD 1000
      deposit 3 BTC 9
      given buy 2:1 10@100
      given sell 3:1 9@100
      accounts 2
        2: 9 BTC, 100 USD (100 reserved)
      replace 2:1 11@50
        replaced 2:1 #0 buy 11@50 left 2 filled 9 was 1@100 lostPriority
      accounts 2
        2: 9 BTC, 100 USD (100 reserved)
      replace 2:1 9@50
        canceled 2:1 #0 buy 2@50 left 0 filled 9 replacedAway
      accounts 2
        2: 9 BTC, 100 USD
    `,
  },
  {
    title: "a replaced order that takes pays at the other's price",
    venues: [{ instruments: [BTC], fees: FEES }],
    script: `
      deposit 2 USD 1010
      deposit 3 BTC 10
      given buy 2:1 10@50
      given sell 3:1 4@60
      replace 2:1 10@100
        replaced 2:1 #0 buy 10@100 left 10 was 10@50 lostPriority
        trade 0 4@60 buy 2:1 left 6, maker 3:1 left 0, fees 2 and 0
      accounts 2 3
        2: 4 BTC, 768 USD (606 reserved)
        3: 6 BTC, 240 USD
    `,
  },
  {
    title: "a sell is replaced within its lots",
    script: `
      deposit 3 BTC 10
      given sell 3:1 8@100
      replace 3:1 11@100
        refused replace 3:1 insufficientFunds
      replace 3:1 10@200
        replaced 3:1 #0 sell 10@200 left 10 was 8@100 lostPriority
      accounts 3
        3: 10 BTC (10 reserved)
    `,
  },
  {
    title: "a decrement gives back the overlap on both sides",
    script: `
      deposit 2 USD 1000
      deposit 2 BTC 10
      given sell 2:1 4@100
      buy 2:2 10@100 stp-decrement
        accepted 2:2 #1 buy 10@100 stp-decrement left 10
        canceled 2:1 #0 sell 4@100 left 0 selfTradeDecrement
        canceled 2:2 #1 buy 4@100 stp-decrement left 6 selfTradeDecrement
      accounts 2
        2: 10 BTC, 1000 USD (600 reserved)
      sell 2:3 2@100 stp-decrement
        accepted 2:3 #2 sell 2@100 stp-decrement left 2
        canceled 2:2 #1 buy 2@100 stp-decrement left 4 selfTradeDecrement
        canceled 2:3 #2 sell 2@100 stp-decrement left 0 selfTradeDecrement
      accounts 2
        2: 10 BTC, 1000 USD (400 reserved)
    `,
  },
  {
    title: "self-trade prevention that cancels gives all back",
    script: `
      deposit 2 USD 1000
      deposit 2 BTC 10
      given sell 2:1 4@100
      buy 2:2 10@100 stp-both
        accepted 2:2 #1 buy 10@100 stp-both left 10
        canceled 2:1 #0 sell 4@100 left 0 selfTradeMaker
        canceled 2:2 #1 buy 10@100 stp-both left 0 selfTradeTaker
      accounts 2
        2: 10 BTC, 1000 USD
    `,
  },
  {
    title: "a stop sets nothing aside until it triggers; without funds then, it is canceled",
    script: `
      deposit 2 USD 100
      deposit 3 USD 60
      deposit 3 BTC 20
      given buy 2:1 10@60 trigger 50
      given buy 2:2 1@stop trigger 50
      accounts 2
        2: 100 USD
      given sell 3:1 1@50
      # The stop order of 60 finds 100 USD for 10 at 60, the other one pays 55.
      given sell 3:2 1@55
      buy 3:3 1@50
        accepted 3:3 #4 buy 1@50 left 1
        trade 0 1@50 buy 3:3 left 0, maker 3:1 left 0
        triggered 2:1 #0 buy 10@60 left 10
        canceled 2:1 #0 buy 10@60 left 0 insufficientFunds
        triggered 2:2 #1 buy 1@market left 1
        trade 1 1@55 buy 2:2 market left 0, maker 3:2 left 0
      accounts 2
        2: 1 BTC, 45 USD
    `,
  },
  {
    title: "a stop-limit that triggers with just enough sets it aside once",
    script: `
      deposit 2 USD 100
      deposit 3 USD 50
      deposit 3 BTC 1
      given buy 2:1 10@10 trigger 50
      given sell 3:1 1@50
      buy 3:2 1@50
        accepted 3:2 #2 buy 1@50 left 1
        trade 0 1@50 buy 3:2 left 0, maker 3:1 left 0
        triggered 2:1 #0 buy 10@10 left 10
      accounts 2
        2: 100 USD (100 reserved)
      cancel 2:1
        canceled 2:1 #0 buy 10@10 left 0 canceledByOwner
      accounts 2
        2: 100 USD
    `,
  },
  {
    title: "a stop's funds may come from the trade that sets it off",
    script: `
      deposit 2 BTC 1
      deposit 3 USD 100
      given buy 2:1 1@100 trigger 100
      given sell 2:2 1@100
      buy 3:1 1@100
        accepted 3:1 #2 buy 1@100 left 1
        trade 0 1@100 buy 3:1 left 0, maker 2:2 left 0
        triggered 2:1 #0 buy 1@100 left 1
      accounts 2
        2: 100 USD (100 reserved)
    `,
  },
  {
    title: "stops in a row share what there is: first come, first served",
    script: `
      deposit 2 BTC 3
      deposit 4 USD 200
      deposit 4 BTC 1
      given sell 2:1 2@10 trigger 100
      given sell 2:2 2@10 trigger 100
      given sell 2:3 1@stop trigger 100
      given buy 4:1 1@100
      given buy 4:2 1@90
      sell 4:3 1@100
        accepted 4:3 #5 sell 1@100 left 1
        trade 0 1@100 sell 4:3 left 0, maker 4:1 left 0
        triggered 2:1 #0 sell 2@10 left 2
        trade 1 1@90 sell 2:1 left 1, maker 4:2 left 0
        triggered 2:2 #1 sell 2@10 left 2
        canceled 2:2 #1 sell 2@10 left 0 insufficientFunds
        triggered 2:3 #2 sell 1@market left 1
        canceled 2:3 #2 sell 1@market left 0 noLiquidity
    `,
  },
  {
    title: "a stop that the band or reduce-only refuses never had anything set aside",
    venues: [{ instruments: [{ ...BTC, bandPercent: 10, referencePrice: "100" }] }],
    script: `
      deposit 2 USD 10
      deposit 3 USD 100
      deposit 3 BTC 1
      given buy 2:1 5@200 trigger 100
      given buy 2:2 5@100 trigger 100 reduce
      given sell 3:1 1@100
      buy 3:2 1@100
        accepted 3:2 #3 buy 1@100 left 1
        trade 0 1@100 buy 3:2 left 0, maker 3:1 left 0
        triggered 2:1 #0 buy 5@200 left 5
        canceled 2:1 #0 buy 5@200 left 0 priceBand
        triggered 2:2 #1 buy 5@100 reduce left 5
        canceled 2:2 #1 buy 5@100 reduce left 0 reduceOnlyWouldIncrease
      accounts 2
        2: 10 USD
    `,
  },
  {
    title: "a reduce-only order needs funds for what it may reduce, not for what it asks",
    script: `
      deposit 2 USD 100
      deposit 3 BTC 2
      position 2 -1
      buy 2:1 50@100 reduce
        accepted 2:1 #0 buy 50@100 reduce left 50
        canceled 2:1 #0 buy 49@100 reduce left 1 reduceOnlyWouldIncrease
      accounts 2
        2: 100 USD (100 reserved)
      buy 2:2 1@100 reduce
        rejected 2:2 buy 1@100 reduce insufficientFunds
      sell 3:1 1@100
        accepted 3:1 #1 sell 1@100 left 1
        trade 0 1@100 sell 3:1 left 0, maker 2:1 left 0
      accounts 2
        2: 1 BTC
      # Long by nothing now: nothing to reduce.
      buy 2:3 1@100 reduce
        rejected 2:3 buy 1@100 reduce reduceOnlyWouldIncrease
    `,
  },
  {
    title: "reduce-only market orders, replaces and stops are cut before their funds are looked at",
    script: `
      deposit 2 USD 100
      deposit 3 USD 1000
      deposit 3 BTC 9
      position 2 -1
      given sell 3:1 9@50
      buy 2:1 9@market reduce
        accepted 2:1 #1 buy 9@market reduce left 9
        canceled 2:1 #1 buy 8@market reduce left 1 reduceOnlyWouldIncrease
        trade 0 1@50 buy 2:1 market reduce left 0, maker 3:1 left 8
      position 2 -1
      given buy 2:2 1@40 reduce
      replace 2:2 99@45
        replaced 2:2 #2 buy 99@45 reduce left 99 was 1@40 lostPriority
        canceled 2:2 #2 buy 98@45 reduce left 1 reduceOnlyWouldIncrease
      accounts 2
        2: 1 BTC, 50 USD (45 reserved)
      given cancel 2:2
      given buy 2:3 99@48 trigger 50 reduce
      accounts 2
        2: 1 BTC, 50 USD (48 reserved)
      cancel 2:3
        canceled 2:3 #3 buy 1@48 reduce left 0 canceledByOwner
      accounts 2
        2: 1 BTC, 50 USD
    `,
  },
  {
    title: "a reduce-only maker is canceled with what it had set aside when its owner's position is gone",
    script: `
      deposit 2 USD 1000
      deposit 3 BTC 9
      deposit 4 BTC 9
      position 3 5
      given sell 3:1 5@100 reduce
      position 3 2
      buy 2:1 5@100
        accepted 2:1 #1 buy 5@100 left 5
        trade 0 2@100 buy 2:1 left 3, maker 3:1 left 3
        canceled 3:1 #0 sell 3@100 reduce left 0 filled 2 reduceOnlyWouldIncrease
      accounts 2 3
        2: 2 BTC, 800 USD (300 reserved)
        3: 7 BTC, 200 USD
      # The incoming order may be of that kind too, and meet such a maker first.
      position 3 1
      given sell 3:2 1@200 reduce
      position 3 0
      position 2 -9
      buy 2:2 1@200 reduce
        accepted 2:2 #3 buy 1@200 reduce left 1
        canceled 3:2 #2 sell 1@200 reduce left 0 reduceOnlyWouldIncrease
      accounts 2 3
        2: 2 BTC, 800 USD (500 reserved)
        3: 7 BTC, 200 USD
    `,
  },
];
