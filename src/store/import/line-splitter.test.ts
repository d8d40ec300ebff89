import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { LINE_BYTES_MAX, LineSplitter } from "./line-splitter.ts";

interface Seen {
  readonly text: string;
  readonly number: number;
  readonly isOverlong: boolean;
}

function split(pieces: readonly Buffer[], options: { lineBytesMax?: number } = {}): Seen[] {
  const seen: Seen[] = [];
  const splitter = new LineSplitter(
    {
      onLine: (text, number) => void seen.push({ text, number, isOverlong: false }),
      onOverlongLine: (text, number) => void seen.push({ text, number, isOverlong: true }),
    },
    options,
  );
  for (const piece of pieces) splitter.push(piece);
  splitter.end();
  expect(splitter.lines).toBe(seen.length);
  return seen;
}

const texts = (seen: readonly Seen[]) => seen.map(({ text }) => text);

describe("lines", () => {
  test.each([
    ["", []],
    ["a", ["a"]],
    ["a\n", ["a"]],
    ["a\nb", ["a", "b"]],
    ["a\r\nb\r\n", ["a", "b"]],
    ["\n\na\n\n", ["", "", "a", ""]],
    ["a\rb\n", ["a\rb"]],
    ["币安\n€", ["币安", "€"]],
  ])("of %j are %j", (text, expected) => {
    expect(texts(split([Buffer.from(text)]))).toEqual(expected);
  });

  test("are the same wherever the bytes are cut", () => {
    const line = fc.string({ unit: fc.constantFrom("a", "é", "币", "\r", "😀", ","), maxLength: 30 });
    fc.assert(
      fc.property(fc.array(line), fc.boolean(), fc.array(fc.nat({ max: 12 })), (lines, endsWithLineFeed, cuts) => {
        const bytes = Buffer.from(lines.join("\n") + (endsWithLineFeed ? "\n" : ""));
        const pieces: Buffer[] = [];
        let at = 0;
        for (const length of cuts) {
          pieces.push(bytes.subarray(at, at + length));
          at += length;
        }
        pieces.push(bytes.subarray(at));
        expect(split(pieces)).toEqual(split([bytes]));
      }),
    );
  });

  test("longer than the limit are reported with their start, and the next ones are read", () => {
    const limit = 10;
    for (const size of [1, 3, 100]) {
      const bytes = Buffer.from(`${"a".repeat(10)}\n${"b".repeat(11)}\n${"c".repeat(1_000)}\nd\n${"e".repeat(11)}`);
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      );
      expect(split(pieces, { lineBytesMax: limit })).toEqual([
        { text: "a".repeat(10), number: 1, isOverlong: false },
        { text: "b".repeat(10), number: 2, isOverlong: true },
        { text: "c".repeat(10), number: 3, isOverlong: true },
        { text: "d", number: 4, isOverlong: false },
        { text: "e".repeat(10), number: 5, isOverlong: true },
      ]);
    }
  });

  test("may be as long as the limit says", () => {
    const piece = Buffer.alloc(64 * 1024, "x");
    const pieces = new Array<Buffer>(LINE_BYTES_MAX / piece.length).fill(piece);
    const fits = split([...pieces, Buffer.from("\n")]);
    expect(fits[0].text.length).toBe(LINE_BYTES_MAX);
    const tooLong = split([...pieces, Buffer.from("x\n")]);
    expect(tooLong).toEqual([{ text: "x".repeat(500), number: 1, isOverlong: true }]);
  });
});
