import { describe, expect, test, vi } from "vitest";

import { BlockForge, GENESIS } from "../../testing/block-forge.ts";
import { COIN_ACCOUNTS, coinLedger, payment } from "../../testing/coins.ts";
import type { Added } from "./chain.ts";
import { LedgerAnswer } from "../account-machine.ts";
import { Chain } from "./chain.ts";
import type { ChainParameters } from "./parameters.ts";
import { CHAIN_DEFAULTS } from "./parameters.ts";
import { supplyAt } from "./reward.ts";

const PARAMETERS: ChainParameters = {
  ...CHAIN_DEFAULTS,
  blockIntervalNs: 10,
  difficultyFirst: 100,
  retargetBlocks: 1_000,
  reward: 50,
  allocation: new Map([[1, 1_000]]),
  clockAheadNsMax: 1_000,
  depthMax: 8,
  snapshotBlocks: 4,
  treeBlocksMax: 32,
  orphansMax: 4,
};

function scene(changed: Partial<ChainParameters> = {}) {
  const parameters = { ...PARAMETERS, ...changed };
  const forge = new BlockForge(parameters);
  const ledger = coinLedger(parameters.allocation);
  const accountKeys = COIN_ACCOUNTS.verifier;
  const chain = new Chain({
    parameters,
    proof: "simulated",
    accountKeys,
    machine: ledger,
    root: forge.tree(GENESIS),
  });
  const tip = (): string => forge.nameOf(chain.tip.block.id);
  /** `b<a@30` makes block b on a, found at 30; `+2` behind it: with payments of account 1 with nonces 0 and 1. */
  const make = (text: string): string => {
    const [name, parent, time, payments = "0"] = text.split(/[<@+]/);
    const transactions = Array.from({ length: Number(payments) }, (_, nonce) =>
      payment({ sender: 1, receiver: 2, amount: 10, fee: 1, nonce }),
    );
    forge.make({ name, parent, timeNs: Number(time), transactions });
    return name;
  };
  const add = (name: string, nowNs = 0): Added => chain.add(forge.block(name), nowNs);
  return { parameters, forge, ledger, chain, tip, make, add };
}

/** Makes all blocks, adds them in the order given, and says the tip after each. */
function tips(blocks: string, order = blocks.replaceAll(/<\S+/g, ""), changed: Partial<ChainParameters> = {}): string {
  const { make, add, tip, forge, chain, ledger } = scene(changed);
  for (const text of blocks.split(" ")) make(text);
  const found = order.split(" ").map((name) => {
    add(name);
    // Whatever happened, the ledger is in the state after the tip.
    expect(ledger.total()).toBe(supplyAt(chain.tip.block.height, forge.parameters));
    return tip();
  });
  return found.join(" ");
}

test.each`
  case                                                 | blocks                                   | order            | expected
  ${"a chain grows"}                                   | ${"a<-@1 b<a@2 c<b@3"}                   | ${"a b c"}       | ${"a b c"}
  ${"of two equal branches the first seen wins"}       | ${"a<-@1 x<-@1"}                         | ${"a x"}         | ${"a a"}
  ${"and the other way round"}                         | ${"a<-@1 x<-@1"}                         | ${"x a"}         | ${"x x"}
  ${"a heavier branch wins later"}                     | ${"a<-@1 x<-@1 y<x@2"}                   | ${"a x y"}       | ${"a a y"}
  ${"and may lose again"}                              | ${"a<-@1 x<-@1 y<x@2 b<a@2 c<b@3"}       | ${"a x y b c"}   | ${"a a y y c"}
  ${"an orphan waits for its parent"}                  | ${"a<-@1 b<a@2"}                         | ${"b a"}         | ${"- b"}
  ${"orphans of orphans, too"}                         | ${"a<-@1 b<a@2 c<b@3 d<c@4"}             | ${"d c b a"}     | ${"- - - d"}
  ${"an orphan branch wins when it is joined"}         | ${"a<-@1 b<a@2 x<-@1 y<x@2 z<y@3"}       | ${"a b z y x"}   | ${"a b b b z"}
  ${"a block that comes again changes nothing"}        | ${"a<-@1 x<-@1"}                         | ${"a a x x a"}   | ${"a a a a a"}
  ${"of branches that split late, the fork is shared"} | ${"a<-@1 b<a@2 x<a@2 y<x@3 c<b@3 d<c@4"} | ${"a b x y c d"} | ${"a b b y y d"}
`("fork choice: $case", ({ blocks, order, expected }) => {
  expect(tips(String(blocks), String(order))).toBe(expected);
});

test("the heaviest chain wins, and not the longest", () => {
  // Two blocks make a window of 20 ns. Branch a keeps to it; branch x is slower, so that its blocks weigh 25 each.
  const blocks = "a<-@10 b<a@20 c<b@30 x<-@40 y<x@80 z<y@90 u<z@91 v<u@92";
  expect(tips(blocks, "a b c x y z u v", { retargetBlocks: 2 })).toBe("a b c c c c c c");
  const { chain, make, add, forge } = scene({ retargetBlocks: 2 });
  for (const name of blocks.split(" ").map(make)) add(name);
  expect([chain.tip.work, forge.tree("v").work]).toEqual([300, 100 + 100 + 25 + 25 + 45]);
});

test("a shorter branch wins when it is heavier", () => {
  // Branch a is slow: from its third block on, a block weighs 25. Branch x is fast, and its third weighs 400.
  const blocks = "a<-@40 b<a@80 c<b@90 d<c@100 x<-@1 y<x@2 z<y@3";
  expect(tips(blocks, "a b c d x y z", { retargetBlocks: 2 })).toBe("a b c d d d z");
});

describe("rollback", () => {
  test.each`
    case                               | blocks                                                 | order                | balances           | nonce
    ${"what left the chain is undone"} | ${"a<-@1+2 x<-@1 y<x@2"}                               | ${"a x y"}           | ${[1_000, 0, 100]} | ${0}
    ${"and done again where it is"}    | ${"a<-@1+2 x<-@1+1 y<x@2"}                             | ${"a x y"}           | ${[989, 10, 101]}  | ${1}
    ${"on both sides of a snapshot"}   | ${"a<-@1+1 b<a@2 c<b@3 d<c@4 e<d@5 x<c@4 y<x@5 z<y@6"} | ${"a b c d e x y z"} | ${[989, 10, 301]}  | ${1}
    ${"there and back"}                | ${"a<-@1+2 x<-@1 y<x@2 b<a@2 c<b@3"}                   | ${"a x y b c"}       | ${[978, 20, 152]}  | ${2}
  `("$case", ({ blocks, order, balances, nonce }) => {
    const { make, add, ledger } = scene();
    for (const text of String(blocks).split(" ")) make(text);
    for (const name of String(order).split(" ")) add(name);
    expect([[1, 2, 99].map((account) => ledger.balanceOf(account)), ledger.nextNonce(1)]).toEqual([balances, nonce]);
  });

  test("says which blocks left and which joined", () => {
    const { make, add, forge } = scene();
    for (const text of ["a<-@1", "b<a@2", "x<-@1", "y<x@2", "z<y@3"]) make(text);
    for (const name of ["a", "b", "x", "z"]) add(name);
    const { disconnected, connected, attached, status } = add("y");
    const names = (blocks: readonly { id: string }[]): string[] => blocks.map(({ id }) => forge.nameOf(id));
    expect([names(disconnected), names(connected)]).toEqual([
      ["b", "a"],
      ["x", "y", "z"],
    ]);
    expect([names(attached.map(({ block }) => block)), status]).toEqual([["y", "z"], "attached"]);
  });
});

test("a block that spends what is spent is refused with all above it, and the chain is where it was", () => {
  const { make, add, tip, ledger } = scene();
  for (const text of ["a<-@1+1", "b<a@2", "x<a@2+1", "y<x@3", "z<y@4"]) make(text);
  add("a");
  add("b");
  const before = ledger.hash();
  // Payment 0 is on a already. Alone x is no heavier than b, so that nobody looks into it before y comes.
  expect([add("x").status, add("y").status, add("z").status]).toEqual(["attached", "refused", "refused"]);
  expect([tip(), ledger.hash()]).toEqual(["b", before]);
});

test("what is built upon a refused block is refused without another look", () => {
  const { make, add, ledger } = scene();
  for (const text of ["a<-@1+1", "x<a@2+1", "y<x@3", "z<y@4"]) make(text);
  for (const name of ["a", "x", "y"]) add(name);
  const apply = vi.spyOn(ledger, "apply");
  expect([add("z").status, apply.mock.calls.length]).toEqual(["refused", 0]);
});

test("of a refused branch the valid part may be the heaviest", () => {
  const { make, add, tip } = scene();
  for (const text of ["a<-@1", "x<-@1+1", "y<x@2", "z<y@3+1"]) make(text);
  for (const name of ["a", "x", "z"]) add(name);
  // All of x, y and z join at once; z is wrong.
  expect([add("y").status, tip()]).toEqual(["attached", "y"]);
});

test.each`
  fault                         | change
  ${"wrong height"}             | ${{ height: 3 }}
  ${"no later than its parent"} | ${{ timeNs: 1 }}
  ${"ahead of the clock"}       | ${{ timeNs: 1_501 }}
  ${"wrong difficulty"}         | ${{ difficulty: 99 }}
  ${"wrong difficulty"}         | ${{ difficulty: 101 }}
`("a block is refused for: $fault ($change)", ({ fault, change }) => {
  const { make, add, forge, chain } = scene();
  make("a<-@1");
  add("a");
  const block = { ...forge.block("a"), height: 2, parent: forge.block("a").id, timeNs: 2, id: "f".repeat(64) };
  const wrong = { ...block, ...(change as object) };
  expect(chain.add(wrong, 500)).toMatchObject({ status: "refused", fault: String(fault), attached: [] });
  expect(chain.add(block, 500).status).toBe("attached");
});

test("a block may be as far ahead of the clock as is allowed", () => {
  const { make, add } = scene();
  make("a<-@1500");
  expect([add("a", 499).status, add("a", 500).status]).toEqual(["refused", "attached"]);
});

test("a block holds what its accounts have signed, and no more than there is room for", () => {
  const { make, forge, chain } = scene();
  make("b<-@1+30");
  const block = forge.block("b");
  const [first, second, ...others] = block.transactions;
  const forged = { words: first.words.map((word, place) => word + Number(place === 6)), signature: first.signature };
  const tooMany = { ...block, transactions: [...block.transactions, first] };
  expect(chain.add(tooMany, 0).fault).toBe("too many transactions");
  expect(chain.add({ ...block, transactions: [forged, second, ...others] }, 0).fault).toBe("not signed");
  expect(chain.add(block, 0).status).toBe("attached");
});

test("a payment that is not covered is in the block, uses its nonce, pays its fee and moves nothing", () => {
  const { forge, chain, ledger } = scene();
  const paid = [
    payment({ sender: 1, receiver: 2, amount: 999, fee: 2, nonce: 0 }),
    payment({ sender: 1, receiver: 2, amount: 998, fee: 0, nonce: 1 }),
  ];
  expect(chain.add(forge.make({ name: "a", parent: GENESIS, timeNs: 1, transactions: paid }), 0).status).toBe(
    "attached",
  );
  expect([[1, 2, 99].map((account) => ledger.balanceOf(account)), ledger.nextNonce(1), chain.tip.answers]).toEqual([
    [0, 998, 52],
    2,
    [LedgerAnswer.noFunds, LedgerAnswer.applied],
  ]);
});

test("a block with a fee that nobody can pay is refused", () => {
  const { forge, chain, tip } = scene();
  const transactions = [payment({ sender: 1, receiver: 2, amount: 0, fee: 1_001, nonce: 0 })];
  expect(chain.add(forge.make({ name: "a", parent: GENESIS, timeNs: 1, transactions }), 0).status).toBe("refused");
  expect(tip()).toBe(GENESIS);
});

describe("limits", () => {
  /** A main chain of m1 … m20; root is m12. */
  function grown() {
    const s = scene();
    for (let i = 1; i <= 20; i++) {
      s.make(`m${i}<${i === 1 ? GENESIS : `m${i - 1}`}@${i}`);
      s.add(`m${i}`);
    }
    return s;
  }

  /** Adds a branch that leaves the chain at a height and becomes heavier. */
  function branchFrom(height: number) {
    const s = grown();
    const names = Array.from({ length: 21 - height }, (_, i) =>
      s.make(`x${i}<${i === 0 ? `m${height}` : `x${i - 1}`}@${height + i + 1}`),
    );
    return { ...s, statuses: new Set(names.map((name) => s.add(name).status)) };
  }

  test("a branch that leaves the chain within the depth is followed", () => {
    const { statuses, tip } = branchFrom(12);
    expect([[...statuses], tip()]).toEqual([["attached"], "x8"]);
  });

  test("a deeper one is not: what it would need has been forgotten", () => {
    const { statuses, tip, chain } = branchFrom(11);
    expect([[...statuses], tip(), chain.root.block.height, chain.orphans]).toEqual([
      ["stranded", "orphan"],
      "m20",
      12,
      4,
    ]);
  });

  test("only the blocks of the depth are kept, and their snapshots", () => {
    const { chain } = grown();
    expect([chain.treeBlocks, chain.snapshots]).toEqual([9, 3]);
  });

  test("orphans that wait longest make room", () => {
    const { make, add, chain, tip } = scene();
    for (let i = 1; i <= 6; i++) make(`m${i}<${i === 1 ? GENESIS : `m${i - 1}`}@${i}`);
    for (const name of ["m6", "m5", "m4", "m3", "m2"]) add(name);
    expect(chain.orphans).toBe(4);
    add("m1");
    // m6 had to go.
    expect([tip(), chain.orphans]).toEqual(["m5", 0]);
  });

  test("a full tree forgets side branches, the lightest first, and never the main chain", () => {
    const { make, add, chain, tip, forge } = grown();
    for (let i = 0; i < 40; i++) {
      make(`s${i}<m${i % 2 === 0 ? 12 : 19}@${50 + i}`);
      add(`s${i}`);
    }
    expect([chain.treeBlocks, tip()]).toEqual([32, "m20"]);
    const kept = Array.from({ length: 40 }, (_, i) => i).filter(
      (i) => chain.get(forge.block(`s${i}`).id) !== undefined,
    );
    expect(kept.filter((i) => i % 2 === 1)).toHaveLength(20);
    expect(Array.from({ length: 9 }, (_, i) => chain.at(12 + i)?.block.height)).toEqual([
      12, 13, 14, 15, 16, 17, 18, 19, 20,
    ]);
  });

  test("of many tips of the same weight the one that is followed is not forgotten", () => {
    const { make, add, chain, tip } = grown();
    for (let i = 0; i < 40; i++) add(make(`s${i}<m19@${50 + i}`));
    expect([chain.treeBlocks, tip(), chain.get(chain.tip.block.id) === chain.tip]).toEqual([32, "m20", true]);
  });

  test("orphans that the chain has left behind are dropped", () => {
    const { make, add, chain, parameters } = scene();
    add(make(`m1<${GENESIS}@1`));
    make("x2<m1@2");
    add(make("x3<x2@3"));
    expect(chain.orphans).toBe(1);
    for (let i = 2; i <= parameters.depthMax + parameters.snapshotBlocks; i++) add(make(`m${i}<m${i - 1}@${i}`));
    expect([chain.root.block.height, chain.orphans]).toEqual([4, 0]);
  });
});

test("parameters that cannot be are refused", () => {
  expect(() => scene({ retargetFactorMax: 1 })).toThrow("retarget");
  expect(() => scene({ depthMax: 0 })).toThrow("limits");
  expect(() => scene({ treeBlocksMax: 23 })).toThrow("room");
  expect(() => scene({ difficultyFirst: 0.5 })).toThrow("difficulty");
  expect(() => scene({ reward: 2 ** 40 })).toThrow("more money");
});
