import { describe, expect, test } from "vitest";

import { InvariantError } from "./assert.ts";
import { crc32c } from "./crc32c.ts";

/** The definition, bit by bit: obviously right, and a hundred times slower. */
function naiveCrc32c(bytes: Uint8Array): number {
  let crc = 0xffff_ffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0x82f6_3b78 : crc >>> 1;
  }
  return ~crc >>> 0;
}

function pattern(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (Math.imul(i, 0x9e37_79b1) >>> 11) & 255);
}

describe("crc32c", () => {
  test("gives the check value of the CRC catalogue", () => {
    expect(crc32c(new TextEncoder().encode("123456789"))).toBe(0xe306_9283);
  });

  // RFC 3720, appendix B.4. The RFC prints the bytes as sent, lowest first.
  test.each([
    ["32 bytes of zeroes", new Uint8Array(32), 0x8a91_36aa],
    ["32 bytes of ones", new Uint8Array(32).fill(0xff), 0x62a8_ab43],
    ["32 bytes counting up", Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd_794e],
    ["32 bytes counting down", Uint8Array.from({ length: 32 }, (_, i) => 31 - i), 0x113f_db5c],
    [
      "an iSCSI SCSI Read (10) command PDU",
      Buffer.from(
        "01c000000000000000000000000000001400000000000400000000140000001828000000000000000200000000000000",
        "hex",
      ),
      0xd996_3a56,
    ],
  ])("agrees with RFC 3720 B.4: %s", (_, bytes, expected) => {
    expect(crc32c(bytes)).toBe(expected);
  });

  test("agrees with the definition at every length and alignment around the stride", () => {
    const backing = pattern(4 + 150);
    for (let offset = 0; offset < 4; offset++) {
      for (let length = 0; length <= 150; length++) {
        const bytes = backing.subarray(offset, offset + length);
        expect(crc32c(bytes), `offset ${offset}, length ${length}`).toBe(naiveCrc32c(bytes));
      }
    }
  });

  test("takes a range, and goes on from a seed wherever the input is cut", () => {
    const bytes = pattern(300);
    const whole = naiveCrc32c(bytes);
    for (let cut = 0; cut <= bytes.length; cut++) {
      expect(crc32c(bytes, cut, bytes.length, crc32c(bytes, 0, cut)), `cut at ${cut}`).toBe(whole);
    }
  });

  test("changes with every single bit", () => {
    const bytes = pattern(64);
    const before = crc32c(bytes);
    for (let bit = 0; bit < 64 * 8; bit++) {
      bytes[bit >>> 3] ^= 1 << (bit & 7);
      expect(crc32c(bytes), `bit ${bit}`).not.toBe(before);
      bytes[bit >>> 3] ^= 1 << (bit & 7);
    }
  });

  test("keeps apart more buffers than it remembers, and a buffer that grew", () => {
    const buffers = [pattern(64), pattern(65).subarray(1), pattern(200), pattern(96)];
    for (let round = 0; round < 3; round++) {
      for (const bytes of buffers) expect(crc32c(bytes)).toBe(naiveCrc32c(bytes));
    }
    const growing = new ArrayBuffer(64, { maxByteLength: 256 });
    expect(crc32c(new Uint8Array(growing))).toBe(naiveCrc32c(new Uint8Array(64)));
    growing.resize(256);
    const grown = new Uint8Array(growing);
    grown.set(pattern(256));
    expect(crc32c(grown)).toBe(naiveCrc32c(pattern(256)));
  });

  test.each([
    [-1, 10],
    [5, 4],
    [0, 65],
  ])("refuses the range [%d, %d) of 64 bytes", (start, end) => {
    expect(() => crc32c(new Uint8Array(64), start, end)).toThrow(InvariantError);
  });

  test("allocates nothing per call while two buffers take turns", () => {
    const turns = [pattern(128), pattern(128)];
    // Few enough per round that a round's garbage, if any, mostly stays below what sets off a collection.
    const calls = 2_000;
    let sum = 0;
    const grownBytes = Array.from({ length: 101 }, () => {
      const before = process.memoryUsage().heapUsed;
      for (let i = 0; i < calls; i++) sum = (sum + crc32c(turns[i & 1], i & 7, 100 + (i & 15), i)) | 0;
      return process.memoryUsage().heapUsed - before;
    });
    expect(sum).not.toBe(0);
    // The median, because a collection shrinks one round and the compiler's own work swells the first ones.
    const median = grownBytes.toSorted((a, b) => a - b)[50];
    // One boxed number per call would be 16 bytes.
    expect(median / calls).toBeLessThan(2);
  });
});
