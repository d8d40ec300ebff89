import { describe } from "vitest";

import { BTC, ETH } from "../../testing/venue-cases/venue-case.ts";
import { testVenueCases } from "../../testing/venue-cases/test-venue-cases.ts";

const LIMITS = { orderLimits: { qtyLotsMax: 10, notionalUnitsMax: 500 } };

describe("order limits", () => {
  testVenueCases([
    {
      title: "an order may be as large as the limits, in lots and in money",
      venues: [{ instruments: [BTC], rules: [LIMITS] }],
      script: `
        deposit 2 USD 10000
        deposit 3 BTC 100
        buy 2:1 10@50
          accepted 2:1 #0 buy 10@50 left 10
        buy 2:2 11@1
          rejected 2:2 buy 11@1 orderTooLarge
        buy 2:2 10@51
          rejected 2:2 buy 10@51 notionalLimit
        sell 3:1 11@market
          rejected 3:1 sell 11@market orderTooLarge
      `,
    },
    {
      title: "a replace counts its new total",
      venues: [{ instruments: [BTC], rules: [LIMITS] }],
      script: `
        deposit 2 USD 10000
        given buy 2:1 5@50
        replace 2:1 11@40
          refused replace 2:1 orderTooLarge
        replace 2:1 10@51
          refused replace 2:1 notionalLimit
        replace 2:1 10@50
          replaced 2:1 #0 buy 10@50 left 10 was 5@50 lostPriority
        cancel 2:1
          canceled 2:1 #0 buy 10@50 left 0 canceledByOwner
      `,
    },
    {
      title: "the last price stands for what a market or stop order has none of",
      venues: [{ instruments: [{ ...BTC, referencePrice: "60" }], rules: [LIMITS] }],
      script: `
        deposit 2 USD 10000
        deposit 3 BTC 100
        sell 3:1 9@market
          rejected 3:1 sell 9@market notionalLimit
        given buy 2:1 3@50
        given sell 3:1 1@market
        given sell 3:2 9@stop trigger 1
        sell 3:3 10@market
          accepted 3:3 #3 sell 10@market left 10
          trade 1 2@50 sell 3:3 market left 8, maker 2:1 left 0
          canceled 3:3 #3 sell 8@market left 0 filled 2 marketRemainder
      `,
    },
    {
      title: "what an order cannot be is the book's to say, and a limit of one instrument is none of another",
      venues: [{ instruments: [BTC, ETH], rules: [LIMITS] }],
      script: `
        deposit 2 USD 10000
        buy 2:1 0@50
          rejected 2:1 buy 0@50 invalidQty
        at 1 buy 2:1 100@50
          accepted 2:1 #0 buy 100@50 left 100
        cancel-all 2
        at 1 cancel-all 2
          canceled 2:1 #0 buy 100@50 left 0 canceledByOwner
      `,
    },
  ]);
});
