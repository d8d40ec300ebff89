import type { VenueCase } from "./venue-case.ts";
import { BTC, ETH, ETH_BTC } from "./venue-case.ts";

const FEES = { makerMillionths: 1_000, takerMillionths: 10_000 };

/** What is set aside, when, and how it comes back. */
export const RESERVING_CASES: readonly VenueCase[] = [
  {
    title: "a buy sets aside its notional and the higher fee on it, a sell its lots; a cancel gives all back",
    venues: [{ instruments: [BTC], fees: FEES }],
    script: `
      deposit 2 USD 1010
      deposit 3 BTC 7
      buy 2:1 10@100
        accepted 2:1 #0 buy 10@100 left 10
      sell 3:1 7@101
        accepted 3:1 #1 sell 7@101 left 7
      accounts 2 3
        2: 1010 USD (1010 reserved)
        3: 7 BTC (7 reserved)
      cancel 2:1
        canceled 2:1 #0 buy 10@100 left 0 canceledByOwner
      cancel-all 3
        canceled 3:1 #1 sell 7@101 left 0 canceledByOwner
      accounts 2 3
        2: 1010 USD
        3: 7 BTC
    `,
  },
  {
    title: "a fill pays with what was set aside; what it cost less is free again",
    venues: [{ instruments: [BTC], fees: FEES }],
    script: `
      deposit 2 USD 1010
      deposit 3 BTC 10
      given sell 3:1 4@90
      buy 2:1 10@100
        accepted 2:1 #1 buy 10@100 left 10
        trade 0 4@90 buy 2:1 left 6, maker 3:1 left 0, fees 3 and 0
      # 360 and a fee of 3 are paid; 600 and 6 are set aside for what rests.
      accounts 2 3 1
        2: 4 BTC, 647 USD (606 reserved)
        3: 6 BTC, 360 USD
        1: 3 USD
      given sell 3:2 6@100
      accounts 2 3 1
        2: 10 BTC, 47 USD
        3: 954 USD
        1: 9 USD
    `,
  },
  {
    title: "each order must be covered by what is free, not by the balance",
    script: `
      deposit 2 USD 1000
      given buy 2:1 6@100
      buy 2:2 5@100
        rejected 2:2 buy 5@100 insufficientFunds
      buy 2:2 4@100
        accepted 2:2 #1 buy 4@100 left 4
      buy 2:3 1@1
        rejected 2:3 buy 1@1 insufficientFunds
      cancel 2:1
        canceled 2:1 #0 buy 6@100 left 0 canceledByOwner
      buy 2:3 1@1
        accepted 2:3 #2 buy 1@1 left 1
    `,
  },
  {
    title: "what another asset's orders set aside does not matter",
    venues: [{ instruments: [BTC, ETH, ETH_BTC] }],
    script: `
      deposit 2 USD 100
      deposit 2 BTC 10
      given buy 2:1 1@100
      at 2 buy 2:1 2@5
        accepted 2:1 #0 buy 2@5 left 2
      # The BTC that buy ETH cannot be sold as well.
      sell 2:2 1@100
        rejected 2:2 sell 1@100 insufficientFunds
      at 1 buy 2:1 1@1
        rejected 2:1 buy 1@1 insufficientFunds
      accounts 2
        2: 10 BTC (10 reserved), 100 USD (100 reserved)
    `,
  },
  {
    title: "icebergs and hidden orders set aside all of their quantity",
    script: `
      deposit 2 USD 1000
      deposit 3 BTC 10
      given buy 2:1 5@100 show 1
      given buy 2:2 5@100 hidden
      buy 2:3 1@1
        rejected 2:3 buy 1@1 insufficientFunds
      sell 3:1 10@100
        accepted 3:1 #2 sell 10@100 left 10
        trade 0 1@100 sell 3:1 left 9, maker 2:1 left 4
        trade 1 1@100 sell 3:1 left 8, maker 2:1 left 3
        trade 2 1@100 sell 3:1 left 7, maker 2:1 left 2
        trade 3 1@100 sell 3:1 left 6, maker 2:1 left 1
        trade 4 1@100 sell 3:1 left 5, maker 2:1 left 0
        trade 5 5@100 sell 3:1 left 0, maker 2:2 left 0
      accounts 2 3
        2: 10 BTC
        3: 1000 USD
    `,
  },
  {
    title: "immediate-or-cancel and fill-or-kill orders need funds for all of it, and keep none",
    script: `
      deposit 2 USD 500
      deposit 3 BTC 2
      given sell 3:1 2@100
      buy 2:1 6@100 ioc
        rejected 2:1 buy 6@100 ioc insufficientFunds
      buy 2:1 5@100 fok
        accepted 2:1 #1 buy 5@100 fok left 5
        canceled 2:1 #1 buy 5@100 fok left 0 fokNotFillable
      accounts 2
        2: 500 USD
      buy 2:1 5@100 ioc
        accepted 2:1 #2 buy 5@100 ioc left 5
        trade 0 2@100 buy 2:1 ioc left 3, maker 3:1 left 0
        canceled 2:1 #2 buy 3@100 ioc left 0 filled 2 iocRemainder
      accounts 2
        2: 2 BTC, 300 USD
    `,
  },
  {
    title: "good-till-date orders give back what they set aside when they expire, before the next command is looked at",
    script: `
      deposit 2 USD 100
      given buy 2:1 1@100 gtd 10
      clock 9
      buy 2:2 1@100
        rejected 2:2 buy 1@100 insufficientFunds
      clock 10
      buy 2:2 1@100
        expired 2:1 #0 buy 1@100 gtd
        accepted 2:2 #1 buy 1@100 left 1
    `,
  },
  {
    title: "a market order does not reckon with orders that expire now",
    script: `
      deposit 2 USD 100
      deposit 3 BTC 2
      given sell 3:1 1@50 gtd 10
      given sell 3:2 1@200
      clock 10
      # At 50 it could pay; at 200 it cannot.
      buy 2:1 1@market
        expired 3:1 #0 sell 1@50 gtd
        rejected 2:1 buy 1@market insufficientFunds
    `,
  },
  {
    title: "DAY orders give back what they set aside when the session ends",
    venues: [{ instruments: [BTC], sessionEndNs: 1_000 }],
    script: `
      deposit 2 USD 100
      given buy 2:1 1@100 day
      clock 1000
      expire
        expired 2:1 #0 buy 1@100 day
      accounts 2
        2: 100 USD
      buy 2:2 1@100 day
        rejected 2:2 buy 1@100 day invalidExpiry
    `,
  },
  {
    title: "a post-only order that slides sets aside what its new price needs",
    script: `
      deposit 2 USD 100
      deposit 3 BTC 1
      given sell 3:1 1@50
      buy 2:1 1@100 post slide
        accepted 2:1 #1 buy 1@49 post slide left 1 postOnlySlid
      accounts 2
        2: 100 USD (49 reserved)
    `,
  },
  {
    title: "a rebate comes out of the taker's fee",
    venues: [{ instruments: [BTC], fees: { makerMillionths: -5_000, takerMillionths: 5_000 } }],
    script: `
      deposit 2 USD 2000
      deposit 3 BTC 10
      given sell 3:1 10@100
      buy 2:1 10@market
        accepted 2:1 #1 buy 10@market left 10
        trade 0 10@100 buy 2:1 market left 0, maker 3:1 left 0, fees 5 and -5
      accounts 2 3 1
        2: 10 BTC, 995 USD
        3: 1005 USD
        1: nothing
    `,
  },
  {
    title: "where the maker's fee is the higher one, it is set aside, and where the rebate is too small, none is paid",
    venues: [
      { instruments: [BTC], fees: { makerMillionths: 20_000, takerMillionths: 10_000 } },
      { instruments: [BTC], fees: { makerMillionths: -5_000, takerMillionths: 5_000 } },
    ],
    script: `
      deposit 2 USD 203
      deposit 3 BTC 2
      given buy 2:1 1@100
      accounts 2
        2: 203 USD (102 reserved)
      sell 3:1 1@100
        accepted 3:1 #1 sell 1@100 left 1
        trade 0 1@100 sell 3:1 left 0, maker 2:1 left 0, fees 1 and 2
      given at 1/0 buy 2:1 1@100
      at 1/0 sell 3:1 1@100
        accepted 3:1 #1 sell 1@100 left 1
        trade 0 1@100 sell 3:1 left 0, maker 2:1 left 0
      accounts 2 3 1
        2: 2 BTC, 1 USD
        3: 199 USD
        1: 3 USD
    `,
  },
  {
    title:
      "an order that would cost more than money can count is refused by the book, and one that nobody could pay by the venue",
    script: `
      deposit 2 USD 9007199254740991
      deposit 3 BTC 2147483647
      buy 2:1 2147483647@2147483646
        rejected 2:1 buy 2147483647@2147483646 notionalTooLarge
      buy 2:1 2147483647@4194304
        accepted 2:1 #0 buy 2147483647@4194304 left 2147483647
      accounts 2
        2: 9007199254740991 USD (9007199250546688 reserved)
      buy 2:2 2@4194304
        rejected 2:2 buy 2@4194304 insufficientFunds
      sell 3:1 2147483647@market
        accepted 3:1 #1 sell 2147483647@market left 2147483647
        trade 0 2147483647@4194304 sell 3:1 market left 0, maker 2:1 left 0
      accounts 2 3
        2: 2147483647 BTC, 4194303 USD
        3: 9007199250546688 USD
      # A market order whose cost passes 2^53 is as far from being covered as any other.
      given sell 2:3 4194304@2147483646
      given sell 2:4 4194304@2147483646
      buy 3:2 8388608@market
        rejected 3:2 buy 8388608@market insufficientFunds
    `,
  },
];
