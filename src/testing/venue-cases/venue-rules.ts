import type { VenueCase } from "./venue-case.ts";
import { BTC, ETH } from "./venue-case.ts";

/** Who may do what where, in which order reasons come, and what concerns several instruments or venues. */
export const VENUE_RULE_CASES: readonly VenueCase[] = [
  {
    title: "unknown owners come first, then unknown instruments",
    script: `
      at 9 buy 99:1 1@1
        rejected 99:1 buy 1@1 unknownOwner
      at 9 buy 2:1 1@1
        rejected 2:1 buy 1@1 unknownInstrument
      at -2 cancel 2:1
        refused cancel 2:1 unknownInstrument
      at 9 replace 2:1 1@1
        refused replace 2:1 unknownInstrument
      at 9 cancel-all 2
        refused cancel-all 2:0 unknownInstrument
      everywhere buy 2:1 1@1
        rejected 2:1 buy 1@1 unknownInstrument
      mass-cancel 99
        refused mass-cancel 99:0 unknownOwner
      disconnect -1
        refused disconnect -1:0 unknownOwner
    `,
  },
  {
    title: "nobody trades on the account of the outside world or of the fees",
    script: `
      buy 0:1 1@1
        rejected 0:1 buy 1@1 unknownOwner
      buy 1:1 1@1
        rejected 1:1 buy 1@1 unknownOwner
      buy 5:1 1@1
        rejected 5:1 buy 1@1 insufficientFunds
      buy 6:1 1@1
        rejected 6:1 buy 1@1 unknownOwner
    `,
  },
  {
    title: "what is wrong with an order itself comes before its funds",
    venues: [{ instruments: [{ ...BTC, minQty: "2", maxQty: "50", minNotional: "100" }] }],
    script: `
      buy 2:1 51@100 slide
        rejected 2:1 buy 51@100 slide invalidFlags
      buy 2:1 51@100
        rejected 2:1 buy 51@100 invalidQty
      sell 2:1 1@market
        rejected 2:1 sell 1@market invalidQty
      buy 2:1 50@2147483647
        rejected 2:1 buy 50@2147483647 invalidPrice
      sell 2:1 2@0
        rejected 2:1 sell 2@0 invalidPrice
      buy 2:1 5@100 show 6
        rejected 2:1 buy 5@100 invalidDisplayQty
      buy 2:1 5@100 gtd 0
        rejected 2:1 buy 5@100 gtd invalidExpiry
      buy 2:1 2@49
        rejected 2:1 buy 2@49 minNotional
      buy 2:1 2@50
        rejected 2:1 buy 2@50 insufficientFunds
    `,
  },
  {
    title: "so do an id in use and a full book",
    venues: [{ instruments: [BTC], ordersMax: 2 }],
    script: `
      deposit 2 USD 1
      given buy 2:1 1@1
      buy 2:1 1@1
        rejected 2:1 buy 1@1 duplicateOrderId
      buy 2:2 1@1
        rejected 2:2 buy 1@1 insufficientFunds
      given buy 2:3 1@stop trigger 5
      buy 2:2 1@1
        rejected 2:2 buy 1@1 tooManyOrders
    `,
  },
  {
    title: "what the market says of an order comes after its funds",
    venues: [{ instruments: [{ ...BTC, bandPercent: 10, referencePrice: "100" }] }],
    script: `
      deposit 2 USD 110
      deposit 3 BTC 1
      buy 2:1 1@111
        rejected 2:1 buy 1@111 insufficientFunds
      deposit 2 USD 1
      buy 2:1 1@111
        rejected 2:1 buy 1@111 priceBand
      given sell 3:1 1@100
      buy 2:1 2@100 post
        rejected 2:1 buy 2@100 post insufficientFunds
      buy 2:1 1@100 post
        rejected 2:1 buy 1@100 post postOnlyWouldTrade
    `,
  },
  {
    title: "a replace keeps the same order of reasons",
    venues: [{ instruments: [{ ...BTC, minQty: "2", maxQty: "50", minNotional: "100" }] }],
    script: `
      deposit 2 USD 100
      replace 2:1 51@100
        refused replace 2:1 unknownOrder
      given buy 2:1 2@50
      replace 2:1 51@100
        refused replace 2:1 invalidQty
      replace 2:1 50@2147483647
        refused replace 2:1 invalidPrice
      replace 2:1 50@100
        refused replace 2:1 insufficientFunds
      replace 2:1 2@49
        refused replace 2:1 minNotional
      accounts 2
        2: 100 USD (100 reserved)
    `,
  },
  {
    title: "a waiting stop is replaced without funds, and shown none",
    script: `
      given buy 2:1 2@50 trigger 60
      replace 2:1 9@70
        replaced 2:1 #0 buy 9@70 stop-limit left 9 was 2@50 keptPriority
      accounts 2
        2: nothing
    `,
  },
  {
    title: "the band follows the last price, also that of a market order",
    venues: [{ instruments: [{ ...BTC, bandPercent: 10, referencePrice: "100" }] }],
    script: `
      deposit 2 USD 1000
      deposit 3 BTC 9
      given buy 2:1 1@90
      sell 3:1 1@market
        accepted 3:1 #1 sell 1@market left 1
        trade 0 1@90 sell 3:1 market left 0, maker 2:1 left 0
      sell 3:2 1@100
        rejected 3:2 sell 1@100 priceBand
      sell 3:2 1@99
        accepted 3:2 #2 sell 1@99 left 1
      buy 2:2 1@80
        rejected 2:2 buy 1@80 priceBand
      buy 2:2 1@81
        accepted 2:2 #3 buy 1@81 left 1
    `,
  },
  {
    title: "cancel-all works in one instrument or in all, a mass cancel always in all",
    venues: [{ instruments: [BTC, ETH] }],
    script: `
      deposit 2 USD 1000
      given buy 2:1 1@10
      given at 1 buy 2:1 1@10
      given at 1 buy 2:2 1@stop trigger 50
      at 1 cancel-all 2
        canceled 2:1 #0 buy 1@10 left 0 canceledByOwner
        canceled 2:2 #1 buy 1@stop left 0 canceledByOwner
      accounts 2
        2: 1000 USD (10 reserved)
      given at 1 buy 2:1 1@10
      everywhere cancel-all 2
        at 0 canceled 2:1 #0 buy 1@10 left 0 canceledByOwner
        at 1 canceled 2:1 #2 buy 1@10 left 0 canceledByOwner
      given buy 2:1 1@10
      given at 1 buy 2:1 1@10
      at 1 mass-cancel 2
        at 0 canceled 2:1 #1 buy 1@10 left 0 canceledByVenue
        canceled 2:1 #3 buy 1@10 left 0 canceledByVenue
      accounts 2
        2: 1000 USD
    `,
  },
  {
    title: "the end of a session cancels where the account asked for it, and nobody else's",
    venues: [{ instruments: [BTC, ETH] }],
    script: `
      deposit 2 USD 100
      deposit 3 USD 100
      given buy 2:1 1@10
      given at 1 buy 3:1 1@10
      given at 1 buy 2:1 1@10
      on-disconnect 2
      disconnect 3
      accounts 3
        3: 100 USD (10 reserved)
      disconnect 2
        canceled 2:1 #0 buy 1@10 left 0 canceledOnDisconnect
        at 1 canceled 2:1 #1 buy 1@10 left 0 canceledOnDisconnect
      disconnect 2
      accounts 2 3
        2: 100 USD
        3: 100 USD (10 reserved)
    `,
  },
  {
    title: "two venues share the ledger: what is set aside at one cannot be used at the other",
    venues: [{ instruments: [BTC] }, { instruments: [BTC], fees: { makerMillionths: 0, takerMillionths: 100_000 } }],
    script: `
      deposit 2 USD 110
      deposit 3 BTC 2
      given at 0/0 buy 2:1 1@60
      at 1/0 buy 2:1 1@50
        rejected 2:1 buy 1@50 insufficientFunds
      given at 0/0 sell 3:1 1@50
      # At 50 with a fee of 10 % where the order would take, and set aside where it rests.
      at 1/0 buy 2:1 1@50
        rejected 2:1 buy 1@50 insufficientFunds
      at 1/0 buy 2:1 1@45
        accepted 2:1 #0 buy 1@45 left 1
      accounts 2
        2: 1 BTC, 50 USD (49 reserved)
      # What was bought at one is sold at the other.
      at 1/0 sell 2:2 1@60
        accepted 2:2 #1 sell 1@60 left 1
      at 0/0 sell 2:3 1@60
        rejected 2:3 sell 1@60 insufficientFunds
    `,
  },
  {
    title: "credit lines let an account sell what it has not, and buy with what it has not",
    script: `
      credit 2 BTC 5
      credit 3 USD 300
      sell 2:1 6@100
        rejected 2:1 sell 6@100 insufficientFunds
      given sell 2:1 5@100
      buy 3:1 5@100
        rejected 3:1 buy 5@100 insufficientFunds
      buy 3:1 3@100
        accepted 3:1 #1 buy 3@100 left 3
        trade 0 3@100 buy 3:1 left 0, maker 2:1 left 2
      accounts 2 3
        2: -3 BTC (2 reserved, may borrow 5), 300 USD
        3: 3 BTC, -300 USD (may borrow 300)
    `,
  },
];
