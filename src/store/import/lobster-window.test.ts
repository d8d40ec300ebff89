import { describe, expect, test } from "vitest";

import { type LobsterLevels, parseLobsterLevels } from "./lobster-levels.ts";
import { parseLobsterMessage } from "./lobster-message.ts";
import { bookBefore, LobsterWindow } from "./lobster-window.ts";

/** `100x5 99x7 | 101x3`: bids, best first, then asks. */
function book(text: string): LobsterLevels {
  const [bids, asks] = text.split("|").map((side) => {
    const levels = side.trim() === "" ? [] : side.trim().split(" ");
    const pairs = levels.map((level) => level.split("x").map(Number));
    return { prices: pairs.map(([price]) => price), sizes: pairs.map(([, size]) => size) };
  });
  return [bids, asks];
}

function bookText([bids, asks]: LobsterLevels): string {
  const side = ({ prices, sizes }: LobsterLevels[0]) => prices.map((price, i) => `${price}x${sizes[i]}`).join(" ");
  return `${side(bids)} | ${side(asks)}`;
}

function message(text: string) {
  const parsed = parseLobsterMessage(`34200,${text}`);
  if ("code" in parsed) throw new Error(parsed.reason);
  return parsed;
}

describe("the book before the first message", () => {
  test.each([
    ["a new level goes", "1,9,5,100,1", "100x5 99x7 | 101x3", "99x7 | 101x3"],
    ["a larger level shrinks", "1,9,2,100,1", "100x5 99x7 | 101x3", "100x3 99x7 | 101x3"],
    ["a deleted level comes back", "3,9,4,100,-1", "98x1 | 101x3", "98x1 | 100x4 101x3"],
    ["an execution is undone", "4,9,4,101,-1", "98x1 | 101x3", "98x1 | 101x7"],
    ["a reduction is undone", "2,9,4,98,1", "98x1 | 101x3", "98x5 | 101x3"],
    ["a hidden execution showed nothing", "5,0,4,100,1", "98x1 | 101x3", "98x1 | 101x3"],
    ["a halt changes nothing", "7,0,0,-1,-1", "98x1 | 101x3", "98x1 | 101x3"],
  ])("%s", (_, text, after, before) => {
    const found = bookBefore(message(text), book(after));
    expect(found && bookText(found)).toBe(before);
  });

  test("is not known where the message does not fit", () => {
    expect(bookBefore(message("1,9,6,100,1"), book("100x5 | 101x3"))).toBeUndefined();
    expect(bookBefore(message("1,9,6,97,1"), book("100x5 | 101x3"))).toBeUndefined();
  });
});

describe("the window of two levels", () => {
  /** Plays `message > book after it` and writes down what no message explained, as `bid 99x7`. */
  function play(start: string, steps: readonly string[]): string[][] {
    const window = new LobsterWindow(2);
    window.start(book(start));
    return steps.map((step) => {
      const [text, after] = step.split(" > ");
      window.apply(message(text));
      const found: string[] = [];
      window.correct(
        book(after),
        (side, price, size) => void found.push(`${side === 0 ? "bid" : "ask"} ${price}x${size}`),
      );
      return found;
    });
  }

  test.each<[string, string, string[], string[][]]>([
    [
      "messages explain all",
      "99x7 98x1 | 101x3",
      ["1,1,2,99,1 > 99x9 98x1 | 101x3", "4,2,3,101,-1 > 99x9 98x1 |"],
      [[], []],
    ],
    ["a level comes into view", "99x7 98x1 | 101x3", ["3,1,7,99,1 > 98x1 95x4 | 101x3"], [["bid 95x4"]]],
    [
      "a level that left the view comes back as it was",
      "99x7 98x1 | 101x3",
      ["1,1,2,100,1 > 100x2 99x7 | 101x3", "3,1,2,100,1 > 99x7 98x1 | 101x3"],
      [[], []],
    ],
    [
      "a level that left the view comes back changed",
      "99x7 98x1 | 101x3",
      ["1,1,2,100,1 > 100x2 99x7 | 101x3", "3,1,2,100,1 > 99x7 98x5 | 101x3"],
      [[], ["bid 98x5"]],
    ],
    [
      "a level that left the view is gone when a worse one is seen",
      "99x7 98x1 | 101x3",
      ["1,1,2,100,1 > 100x2 99x7 | 101x3", "3,1,2,100,1 > 99x7 90x5 | 101x3"],
      [[], ["bid 98x0", "bid 90x5"]],
    ],
    [
      "a level that left the view is gone when the side ends before it",
      "99x7 98x1 | 101x3",
      ["1,1,2,100,1 > 100x2 99x7 | 101x3", "3,1,2,100,1 > 99x7 | 101x3"],
      [[], ["bid 98x0"]],
    ],
    ["asks count upwards", "99x7 | 101x3 102x1", ["3,1,3,101,-1 > 99x7 | 102x1 110x5"], [["ask 110x5"]]],
    [
      "a level within the view changed without a message",
      "99x7 98x1 | 101x3",
      ["7,0,0,0,-1 > 99x6 98x1 | 101x3"],
      [["bid 99x6"]],
    ],
  ])("%s", (_, start, steps, expected) => {
    expect(play(start, steps)).toEqual(expected);
  });
});

describe("a row of the orderbook file", () => {
  test("gives bids and asks without the levels that nobody occupies", () => {
    const levels = parseLobsterLevels("101,3,99,7,9999999999,0,98,1", 2);
    expect("code" in levels ? levels : bookText(levels)).toBe("99x7 98x1 | 101x3");
  });

  test.each([
    ["101,3,99,7", "no-frame"],
    ["101,3,99,7,102,1,98,1,5", "no-frame"],
    ["101,3,99,7,102,x,98,1", "bad-number"],
    ["101,3,99,7,102,1.5,98,1", "off-grid"],
    ["101,3,99,7,102,99999999999999999999,98,1", "out-of-range"],
    ["101,3,99,7,102,0,98,1", "out-of-range"],
    ["101,3,99,7,100,1,98,1", "bad-field"],
    ["101,3,99,7,102,1,100,1", "bad-field"],
    ["101,3,99,7,101,1,98,1", "bad-field"],
  ])("%s is refused: %s", (line, code) => {
    expect(parseLobsterLevels(line, 2)).toMatchObject({ code });
  });
});

describe("a row of the message file", () => {
  test.each([
    [
      "34200.017459617,5,0,1,2238200,-1",
      { timeNs: 34_200_017_459_617, type: 5, orderId: 0, side: 1, isTimeRounded: false },
    ],
    [
      "34200,1,11,21,2238100,1",
      { timeNs: 34_200_000_000_000, type: 1, orderId: 11, size: 21, price: 2_238_100, side: 0 },
    ],
    ["43002.632812672004,3,1,100,2238700,-1", { timeNs: 43_002_632_812_672, isTimeRounded: true }],
    ["34200,6,-1,500,2238100,-1", { type: 6, orderId: 0, size: 500 }],
    ["34200,7,0,0,1,-1", { type: 7, price: 1, size: 0 }],
  ])("%s is read", (line, expected) => {
    expect(parseLobsterMessage(line)).toMatchObject(expected);
  });

  test.each([
    ["34200,1,11,21,2238100", "no-frame"],
    ["34200,1,11,21,2238100,1,", "no-frame"],
    ["x,1,11,21,2238100,1", "bad-number"],
    ["86400,1,11,21,2238100,1", "bad-time"],
    ["-1,1,11,21,2238100,1", "bad-time"],
    ["34200,8,11,21,2238100,1", "bad-field"],
    ["34200,0,11,21,2238100,1", "bad-field"],
    ["34200,1,11,21,2238100,0", "bad-field"],
    ["34200,7,0,0,2,-1", "bad-field"],
    ["34200,1,11,0,2238100,1", "out-of-range"],
    ["34200,1,11,21,0,1", "out-of-range"],
    ["34200,1,0,21,2238100,1", "out-of-range"],
    ["34200,1,99999999999999999999,21,2238100,1", "out-of-range"],
    ["34200,1,11,2.5,2238100,1", "off-grid"],
  ])("%s is refused: %s", (line, code) => {
    expect(parseLobsterMessage(line)).toMatchObject({ code });
  });
});
