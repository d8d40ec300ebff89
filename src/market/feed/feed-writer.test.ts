import { expect, test } from "vitest";

import { RecordRing } from "../../core/record-ring.ts";
import type { ActorContext } from "../../kernel/actor.ts";
import { DeltaWord } from "../../model/book-delta.ts";
import { LevelChangedWord } from "../../model/market-data.ts";
import { RecordKind } from "../../model/record.ts";
import { Side } from "../../model/side.ts";
import { makeStale } from "../../testing/stale-words.ts";
import { composeChangedLevel } from "./feed-writer.ts";

test("a message that is composed in full has no word left of what stood there before", () => {
  const deltas = new RecordRing({ records: 1 });
  makeStale(deltas);
  deltas.words[DeltaWord.kind] = RecordKind.orderAdded;
  deltas.words[DeltaWord.instrument] = 3;
  deltas.words[DeltaWord.side] = Side.sell;
  deltas.words[DeltaWord.priceTicks] = 101;
  deltas.words[DeltaWord.levelOrders] = 4;
  deltas.doubles[DeltaWord.levelLots >> 1] = 2 ** 40;
  deltas.doubles[DeltaWord.sequence >> 1] = 2 ** 33;
  const messages = new RecordRing({ records: 1 });
  makeStale(messages);
  const { words, doubles } = messages;
  const context = { composeStale: () => 0, words, doubles } as Partial<ActorContext> as ActorContext;

  const at = composeChangedLevel(context, deltas.words, deltas.doubles, 0, { lastSequence: 2 ** 33 - 3 });

  const expected = new Int32Array(16);
  const expectedDoubles = new Float64Array(expected.buffer);
  expected[LevelChangedWord.kind] = RecordKind.levelChanged;
  expected[LevelChangedWord.instrument] = 3;
  expected[LevelChangedWord.side] = Side.sell;
  expected[LevelChangedWord.priceTicks] = 101;
  expected[LevelChangedWord.orders] = 4;
  expectedDoubles[LevelChangedWord.lots >> 1] = 2 ** 40;
  expectedDoubles[LevelChangedWord.firstSequence >> 1] = 2 ** 33 - 2;
  expectedDoubles[LevelChangedWord.lastSequence >> 1] = 2 ** 33;
  expect(at).toBe(0);
  expect([...words]).toEqual([...expected]);
});
