import type { BookCase } from "./book-case.ts";

/** Post-only orders, with and without slide. */
export const POST_ONLY_CASES: readonly BookCase[] = [
  {
    title: "Post-only rests, or is rejected when it would trade",
    script: `
      given sell 1:1 5@5000
      buy 2:1 5@4999 post
        accepted 2:1 #1 buy 5@4999 post left 5
      buy 2:2 5@5000 post
        rejected 2:2 buy 5@5000 post postOnlyWouldTrade
      buy 2:2 5@5001 post
        rejected 2:2 buy 5@5001 post postOnlyWouldTrade
      buy 2:3 5@4998 post day
        accepted 2:3 #2 buy 5@4998 day post left 5
      sell 3:1 5@4999 post
        rejected 3:1 sell 5@4999 post postOnlyWouldTrade
      sell 3:2 5@4998 post
        rejected 3:2 sell 5@4998 post postOnlyWouldTrade
      sell 3:3 5@5000 post
        accepted 3:3 #3 sell 5@5000 post left 5
      book
        bid 4999: 2:1 5
        bid 4998: 2:3 5
        ask 5000: 1:1 5, 3:3 5
    `,
  },
  {
    title: "Post-only counts hidden orders too",
    script: `
      given sell 1:1 5@5000 hidden
      given sell 1:2 5@5002
      buy 2:1 5@5001 post
        rejected 2:1 buy 5@5001 post postOnlyWouldTrade
      buy 2:2 5@4999 post
        accepted 2:2 #2 buy 5@4999 post left 5
    `,
  },
  {
    title: "Post-only counts the owner's own orders, and reduce-only ones that could not trade",
    script: `
      given sell 1:1 5@5000
      buy 1:2 5@5000 post stp-maker
        rejected 1:2 buy 5@5000 post stp-maker postOnlyWouldTrade
      given position 2 5
      given sell 2:1 5@4990 reduce
      given position 2 0
      buy 3:1 5@4990 post
        rejected 3:1 buy 5@4990 post postOnlyWouldTrade
    `,
  },
  {
    title: "Slide moves the price to one tick before the best of the other side",
    script: `
      given sell 1:1 5@5000
      given sell 1:2 5@4995 hidden
      buy 2:1 5@5001 post slide
        accepted 2:1 #2 buy 5@4994 post slide left 5 postOnlySlid
      buy 2:2 5@4994 post slide
        accepted 2:2 #3 buy 5@4994 post slide left 5
      sell 3:1 5@4990 post slide
        accepted 3:1 #4 sell 5@4995 post slide left 5 postOnlySlid
      book
        bid 4994: 2:1 5, 2:2 5
        ask 4995: 3:1 5, 1:2 (5)
        ask 5000: 1:1 5
    `,
  },
  {
    title: "Slide does not help where there is no price left",
    rules: { priceTicksMin: 10, priceTicksMax: 20 },
    script: `
      given sell 1:1 5@10
      buy 2:1 5@10 post slide
        rejected 2:1 buy 5@10 post slide postOnlyWouldTrade
      cancel 1:1
        canceled 1:1 #0 sell 5@10 left 0 canceledByOwner
      given buy 1:2 5@20
      sell 2:1 5@15 post slide
        rejected 2:1 sell 5@15 post slide postOnlyWouldTrade
      given cancel 1:2
      given sell 1:3 5@11
      buy 2:1 5@20 post slide
        accepted 2:1 #3 buy 5@10 post slide left 5 postOnlySlid
    `,
  },
  {
    title: "A post-only iceberg and a post-only hidden order slide too",
    script: `
      given sell 1:1 5@5000
      buy 2:1 5@5000 post slide show 2
        accepted 2:1 #1 buy 5@4999 post slide left 5 postOnlySlid
      buy 2:2 5@5003 post slide hidden
        accepted 2:2 #2 buy 5@4999 post slide hidden left 5 postOnlySlid
      book
        bid 4999: 2:1 2/5, 2:2 (5)
        ask 5000: 1:1 5
    `,
  },
];
