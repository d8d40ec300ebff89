import type { BookCase } from "./book-case.ts";

/** How a call ends: at which price, and who trades how much. */
export const CALL_CASES: readonly BookCase[] = [
  {
    title: "In a call orders gather and do not trade; all that can does so at one price when it ends",
    script: `
      phase auction
        phase auction was continuous, auctions 0
      buy 1:1 10@5002
        accepted 1:1 #0 buy 10@5002 left 10
      buy 2:1 5@5001
        accepted 2:1 #1 buy 5@5001 left 5
      sell 3:1 8@4999
        accepted 3:1 #2 sell 8@4999 left 8
      sell 4:1 4@5000
        accepted 4:1 #3 sell 4@5000 left 4
      book
        bid 5002: 1:1 (10)
        bid 5001: 2:1 (5)
        ask 4999: 3:1 (8)
        ask 5000: 4:1 (4)
      counts
        orders 4, trades 0, last 0, next expiry Infinity
      phase continuous
        phase continuous was auction, traded 12@5000 surplus 3, auctions 1
        trade 0 8@5000 auction buy 1:1 limit 5002 left 2, sell 3:1 limit 4999 left 0
        trade 1 2@5000 auction buy 1:1 limit 5002 left 0, sell 4:1 limit 5000 left 2
        trade 2 2@5000 auction buy 2:1 limit 5001 left 3, sell 4:1 limit 5000 left 0
      book
        bid 5001: 2:1 3
      counts
        orders 1, trades 3, last 5000, next expiry Infinity
      positions 1 2 3 4
        1 has 10, 2 has 2, 3 has -8, 4 has -4
    `,
  },
  {
    title: "The price is where the most can trade",
    script: `
      phase auction
        phase auction was continuous, auctions 0
      given buy 1:1 10@5010
      given buy 1:2 30@5005
      given buy 1:3 10@5000
      given sell 2:1 20@5000
      given sell 2:2 20@5005
      given sell 2:3 20@5010
      phase continuous
        phase continuous was auction, traded 40@5005, auctions 1
        trade 0 10@5005 auction buy 1:1 limit 5010 left 0, sell 2:1 limit 5000 left 10
        trade 1 10@5005 auction buy 1:2 limit 5005 left 20, sell 2:1 limit 5000 left 0
        trade 2 20@5005 auction buy 1:2 limit 5005 left 0, sell 2:2 limit 5005 left 0
    `,
  },
  {
    title: "Of several such prices it is where the least is left over",
    script: `
      phase auction
        phase auction was continuous, auctions 0
      given buy 1:1 10@5010
      given buy 1:2 7@5006
      given sell 2:1 10@5000
      given sell 2:2 4@5007
      phase continuous
        phase continuous was auction, traded 10@5008 surplus -4, auctions 1
        trade 0 10@5008 auction buy 1:1 limit 5010 left 0, sell 2:1 limit 5000 left 0
    `,
  },
  {
    title: "Where both sides are left over alike, and for what is left, the reference price decides",
    rules: { referencePriceTicks: 5003 },
    script: `
      phase auction
        phase auction was continuous, auctions 0
      given buy 1:1 10@5010
      given sell 2:1 10@5000
      phase auction
        phase auction was auction, traded 10@5003, auctions 1
        trade 0 10@5003 auction buy 1:1 limit 5010 left 0, sell 2:1 limit 5000 left 0
      given buy 1:1 10@5002
      given sell 2:1 10@5000
      phase auction
        phase auction was auction, traded 10@5002, auctions 2
        trade 1 10@5002 auction buy 1:1 limit 5002 left 0, sell 2:1 limit 5000 left 0
      # The reference is the last price now.
      given buy 1:1 10@5030
      given sell 2:1 10@5020
      phase continuous
        phase continuous was auction, traded 10@5020, auctions 3
        trade 2 10@5020 auction buy 1:1 limit 5030 left 0, sell 2:1 limit 5020 left 0
    `,
  },
  {
    title: "Without a reference it is the middle of the best prices, rounded down",
    script: `
      phase auction
        phase auction was continuous, auctions 0
      given buy 1:1 10@5011
      given sell 2:1 10@5000
      phase continuous
        phase continuous was auction, traded 10@5005, auctions 1
        trade 0 10@5005 auction buy 1:1 limit 5011 left 0, sell 2:1 limit 5000 left 0
      counts
        orders 0, trades 1, last 5005, next expiry Infinity
    `,
  },
  {
    title: "Orders that stood before the call go first at their price, then the call's in order of arrival",
    script: `
      given buy 1:1 5@5000
      phase auction
        phase auction was continuous, auctions 0
      given buy 2:1 5@5000
      given buy 3:1 5@5000
      given sell 4:1 12@5000
      phase continuous
        phase continuous was auction, traded 12@5000 surplus 3, auctions 1
        trade 0 5@5000 auction buy 1:1 limit 5000 left 0, sell 4:1 limit 5000 left 7
        trade 1 5@5000 auction buy 2:1 limit 5000 left 0, sell 4:1 limit 5000 left 2
        trade 2 2@5000 auction buy 3:1 limit 5000 left 3, sell 4:1 limit 5000 left 0
      book
        bid 5000: 3:1 3
    `,
  },
  {
    title: "Pro rata the orders of the margin share in proportion; the largest remainders get one lot more",
    rules: { allocation: "proRata" },
    script: `
      phase auction
        phase auction was continuous, auctions 0
      given buy 1:1 10@5000
      given buy 2:1 20@5000
      given buy 3:1 3@5000
      given buy 4:1 7@5001
      given sell 5:1 17@5000
      phase continuous
        phase continuous was auction, traded 17@5000 surplus 23, auctions 1
        trade 0 7@5000 auction buy 4:1 limit 5001 left 0, sell 5:1 limit 5000 left 10
        trade 1 3@5000 auction buy 1:1 limit 5000 left 7, sell 5:1 limit 5000 left 7
        trade 2 6@5000 auction buy 2:1 limit 5000 left 14, sell 5:1 limit 5000 left 1
        trade 3 1@5000 auction buy 3:1 limit 5000 left 2, sell 5:1 limit 5000 left 0
      book
        bid 5000: 1:1 7, 2:1 14, 3:1 2
    `,
  },
  {
    title: "A partly filled iceberg keeps its place and shows what it has left",
    showDeltas: true,
    script: `
      given buy 1:1 10@5000 show 4
      phase auction
        phase auction was continuous, auctions 0
        ~2 phase auction
      given sell 2:1 8@5000
      phase auction
        phase auction was auction, traded 8@5000 surplus 2, auctions 1
        trade 0 8@5000 auction buy 1:1 limit 5000 left 2, sell 2:1 limit 5000 left 0
        ~3 auctioned buy 8@5000, level 0/0, trade 0
        ~4 reduced buy #0 2@5000 shows 2, level 1/2
        ~5 phase auction
      given sell 2:1 1@5000
      given buy 3:1 10@4999 show 3
      phase continuous
        phase continuous was auction, traded 1@5000 surplus 1, auctions 2
        trade 1 1@5000 auction buy 1:1 limit 5000 left 1, sell 2:1 limit 5000 left 0
        ~6 auctioned buy 1@5000, level 0/0, trade 1
        ~7 reduced buy #0 1@5000 shows 1, level 1/1
        ~8 added buy #3 3@4999, level 1/3
        ~9 phase continuous
      book
        bid 5000: 1:1 1
        bid 4999: 3:1 3/10
    `,
  },
  {
    title: "A call in which nothing can trade ends without a price",
    script: `
      given buy 1:1 5@4990
      phase auction
        phase auction was continuous, auctions 0
      given buy 2:1 5@5000
      given sell 3:1 5@5001
      phase continuous
        phase continuous was auction, auctions 1
      book
        bid 5000: 2:1 5
        bid 4990: 1:1 5
        ask 5001: 3:1 5
    `,
  },
  {
    title: "An iceberg that has more left than it shows goes on showing as much",
    showDeltas: true,
    script: `
      given buy 1:1 10@5000 show 4
      phase auction
        phase auction was continuous, auctions 0
        ~2 phase auction
      given sell 2:1 3@5000
      phase continuous
        phase continuous was auction, traded 3@5000 surplus 7, auctions 1
        trade 0 3@5000 auction buy 1:1 limit 5000 left 7, sell 2:1 limit 5000 left 0
        ~3 auctioned buy 3@5000, level 0/0, trade 0
        ~4 phase continuous
      book
        bid 5000: 1:1 4/7
    `,
  },
  {
    title: "Of equal remainders the larger order's comes first",
    rules: { allocation: "proRata" },
    script: `
      phase auction
        phase auction was continuous, auctions 0
      given buy 1:1 1@5000
      given buy 2:1 4@5000
      given buy 3:1 1@5000
      given sell 4:1 2@5000
      phase auction
        phase auction was auction, traded 2@5000 surplus 4, auctions 1
        trade 0 2@5000 auction buy 2:1 limit 5000 left 2, sell 4:1 limit 5000 left 0
      given cancel-all 1
      given cancel-all 2
      given cancel-all 3
      given buy 5:7 1@5000
      given buy 6:7 4@5000
      given buy 7:7 1@5000
      given sell 8:1 2@5000
      phase auction
        phase auction was auction, traded 2@5000 surplus 4, auctions 2
        trade 1 2@5000 auction buy 6:7 limit 5000 left 2, sell 8:1 limit 5000 left 0
      given cancel-all 5
      given cancel-all 6
      given cancel-all 7
      given buy 1:8 4@5000
      given buy 2:8 1@5000
      given buy 3:8 1@5000
      given sell 4:8 2@5000
      phase auction
        phase auction was auction, traded 2@5000 surplus 4, auctions 3
        trade 2 2@5000 auction buy 1:8 limit 5000 left 2, sell 4:8 limit 5000 left 0
    `,
  },
  {
    title: "Where as much is bought as sold in excess, the reference decides between the two sides, from below",
    rules: { referencePriceTicks: 5002 },
    script: `
      phase auction
        phase auction was continuous, auctions 0
      given buy 1:1 10@5010
      given buy 1:2 5@5004
      given sell 2:1 10@5000
      given sell 2:2 5@5005
      phase continuous
        phase continuous was auction, traded 10@5002 surplus 5, auctions 1
        trade 0 10@5002 auction buy 1:1 limit 5010 left 0, sell 2:1 limit 5000 left 0
    `,
  },
  {
    title: "Where as much is bought as sold in excess, the reference decides between the two sides, from above",
    rules: { referencePriceTicks: 5008 },
    script: `
      phase auction
        phase auction was continuous, auctions 0
      given buy 1:1 10@5010
      given buy 1:2 5@5004
      given sell 2:1 10@5000
      given sell 2:2 5@5005
      phase continuous
        phase continuous was auction, traded 10@5008 surplus -5, auctions 1
        trade 0 10@5008 auction buy 1:1 limit 5010 left 0, sell 2:1 limit 5000 left 0
    `,
  },
];
