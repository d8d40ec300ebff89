import { afterEach, describe, expect, test, vi } from "vitest";

import { ProgressBar } from "./progress.ts";
import { shellWord } from "./recorded-flight.ts";
import { compact, styled, table } from "./terminal.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("styles", () => {
  const RED = "\u001B[31mx\u001B[39m";

  test.each([
    ["on a terminal", true, undefined, RED],
    ["elsewhere", false, undefined, "x"],
    ["on a terminal with NO_COLOR", true, "1", "x"],
    ["with an empty NO_COLOR, which means nothing", true, "", RED],
  ])("%s", (_name, isTTY, noColor, expected) => {
    vi.stubEnv("NO_COLOR", noColor);
    expect(styled("red", "x", { isTTY })).toBe(expected);
  });
});

test("a table aligns its first column left, the others right", () => {
  const rows = [
    ["", "agents", "P&L"],
    ["noise", "1", "-10.00"],
    ["a long name", "1,000", "3.00"],
  ];
  expect(table(rows, { indent: "  " })).toBe(
    ["               agents     P&L", "  noise             1  -10.00", "  a long name   1,000    3.00"].join("\n"),
  );
  expect(
    table([
      ["a", "1"],
      ["b", ""],
    ]),
  ).toBe("a  1\nb");
});

test.each([
  [0, "0"],
  [0.001234, "0.00123"],
  [7, "7"],
  [999.4, "999"],
  [999.9, "1k"],
  [1_234, "1.23k"],
  [-45_678, "-45.7k"],
  [999_999, "1M"],
  [2_500_000, "2.5M"],
  [1e9, "1G"],
  [Infinity, "-"],
  [Number.NaN, "-"],
])("%d in short is %s", (value, expected) => {
  expect(compact(value)).toBe(expected);
});

test.each([
  ["runs/a/2026-01-01T00-00-00Z", "runs/a/2026-01-01T00-00-00Z"],
  ["a b", "'a b'"],
  ["it's", String.raw`'it'\''s'`],
  ["momentum.meanInterval=5s", "momentum.meanInterval=5s"],
  ["$(x)", "'$(x)'"],
  ["", "''"],
])("%s as a word of a shell is %s", (text, expected) => {
  expect(shellWord(text)).toBe(expected);
});

describe("progress", () => {
  function show(options: { isTTY: boolean; isQuiet?: boolean }): {
    bar: ProgressBar;
    written: string[];
    clock: { ms: number };
  } {
    const written: string[] = [];
    const clock = { ms: 0 };
    const stream = { isTTY: options.isTTY, write: (text: string | Uint8Array) => written.push(String(text)) > 0 };
    const bar = new ProgressBar({ isQuiet: options.isQuiet ?? false, stream, nowMs: () => clock.ms });
    return { bar, written, clock };
  }

  test("moves a bar on a terminal, and takes it away", () => {
    vi.stubEnv("NO_COLOR", "1");
    const { bar, written } = show({ isTTY: true });
    bar.update(0.5, "half");
    expect(written).toEqual([`\r\u001B[2K  ${"█".repeat(14)}${"░".repeat(14)}  50 %  half`]);
    bar.clear();
    bar.clear();
    expect(written.slice(1)).toEqual(["\r\u001B[2K"]);
  });

  test("stays within the bar", () => {
    vi.stubEnv("NO_COLOR", "1");
    const { bar, written } = show({ isTTY: true });
    bar.update(1.5, "");
    bar.update(-1, "");
    expect(written).toEqual([`\r\u001B[2K  ${"█".repeat(28)} 100 %  `, `\r\u001B[2K  ${"░".repeat(28)}   0 %  `]);
  });

  test("writes a line every five seconds elsewhere", () => {
    const { bar, written, clock } = show({ isTTY: false });
    for (const [ms, share] of [
      [0, 0],
      [4_999, 0.1],
      [5_000, 0.2],
      [9_999, 0.3],
      [10_000, 0.4],
    ] as const) {
      clock.ms = ms;
      bar.update(share, "x");
    }
    bar.clear();
    expect(written).toEqual(["   20 %  x\n", "   40 %  x\n"]);
  });

  test("says nothing when quiet", () => {
    const { bar, written, clock } = show({ isTTY: true, isQuiet: true });
    clock.ms = 1e6;
    bar.update(1, "x");
    bar.clear();
    expect(written).toEqual([]);
  });
});
