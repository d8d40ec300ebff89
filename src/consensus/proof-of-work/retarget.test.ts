import { expect, test } from "vitest";

import { CHAIN_DEFAULTS } from "./parameters.ts";
import { isRetarget, retarget } from "./retarget.ts";
import { genesisBlock, makeBlock } from "./block.ts";
import { childOf, difficultyAfter, rootOf } from "./tree-block.ts";

const RULES = { ...CHAIN_DEFAULTS, blockIntervalNs: 10, retargetBlocks: 4, retargetFactorMax: 4 };

test.each`
  case                            | difficulty       | elapsedNs | expected
  ${"on time"}                    | ${1_000}         | ${40}     | ${1_000}
  ${"twice as fast"}              | ${1_000}         | ${20}     | ${2_000}
  ${"half as fast"}               | ${1_000}         | ${80}     | ${500}
  ${"rounded"}                    | ${1_000}         | ${39}     | ${1_026}
  ${"at the bound upwards"}       | ${1_000}         | ${10}     | ${4_000}
  ${"beyond the bound upwards"}   | ${1_000}         | ${1}      | ${4_000}
  ${"at the bound downwards"}     | ${1_000}         | ${160}    | ${250}
  ${"beyond the bound downwards"} | ${1_000}         | ${9_999}  | ${250}
  ${"never below 1"}              | ${1}             | ${9_999}  | ${1}
  ${"never above an int32"}       | ${2_000_000_000} | ${10}     | ${2_147_483_647}
`("$case: $difficulty after $elapsedNs ns becomes $expected", ({ difficulty, elapsedNs, expected }) => {
  expect(retarget(Number(difficulty), Number(elapsedNs), RULES)).toBe(expected);
});

test("the block after each whole window changes the difficulty, the first one not", () => {
  expect(Array.from({ length: 10 }, (_, height) => isRetarget(height, RULES))).toEqual(
    [0, 0, 0, 0, 1, 0, 0, 0, 1, 0].map(Boolean),
  );
});

/** Difficulty of the next block, after blocks that were found at these times. */
function difficulties(timesNs: readonly number[]): number[] {
  let tip = rootOf(genesisBlock(1_000), 0, 0);
  return timesNs.map((timeNs) => {
    const header = { ...tip.block, height: tip.block.height + 1, parent: tip.block.id, timeNs };
    const block = makeBlock({ ...header, difficulty: difficultyAfter(tip, RULES) }, []);
    tip = childOf(tip, block, RULES);
    return difficultyAfter(tip, RULES);
  });
}

test.each`
  case                                                | timesNs                             | expected
  ${"four intervals make a window"}                   | ${[10, 20, 30, 40, 50]}             | ${[1000, 1000, 1000, 1000, 1000]}
  ${"the interval before its first block counts"}     | ${[41, 42, 43, 44, 45]}             | ${[1000, 1000, 1000, 909, 909]}
  ${"the one behind its last does not"}               | ${[10, 20, 30, 40, 999]}            | ${[1000, 1000, 1000, 1000, 1000]}
  ${"the second window starts where the first ended"} | ${[5, 10, 15, 20, 50, 70, 90, 100]} | ${[1000, 1000, 1000, 2000, 2000, 2000, 2000, 1000]}
`("$case", ({ timesNs, expected }) => {
  expect(difficulties(timesNs as number[])).toEqual(expected);
});
