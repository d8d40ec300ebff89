import { createPrivateKey, sign } from "node:crypto";

import { describe, expect, test } from "vitest";

import { bytesOf, wordsOf } from "./digest.ts";
import { ed25519Keyring } from "./ed25519.ts";
import { keyedHashKeyring } from "./keyed-hash.ts";
import type { SignatureScheme } from "./signature.ts";
import { SIGNATURE_WORDS } from "./signature.ts";
import { signerSecret } from "./signer-secret.ts";

const SCHEMES: [string, SignatureScheme][] = [
  ["Ed25519", ed25519Keyring],
  ["keyed hash", keyedHashKeyring],
];

describe.each(SCHEMES)("signatures by %s", (_name, scheme) => {
  const options = { seed: 1, group: "replicas", signers: 3 };
  const { signers, verifier } = scheme(options);
  const statement = Int32Array.of(1, -2, 3);
  const signature = signers[1].sign(statement);

  test("prove who has said something", () => {
    expect(signature).toHaveLength(SIGNATURE_WORDS);
    expect([0, 1, 2].map((signer) => verifier.verify(signer, statement, signature))).toEqual([false, true, false]);
    expect(signers[1].sign(Int32Array.of(1, -2, 3))).toEqual(signature);
  });

  test("do not hold for anything else", () => {
    for (const other of [[1, -2], [1, -2, 3, 0], [1, -2, 4], []]) {
      expect(verifier.verify(1, Int32Array.from(other), signature)).toBe(false);
    }
  });

  test("cannot be changed in any word", () => {
    for (let at = 0; at < SIGNATURE_WORDS; at++) {
      const forged = signature.map((word, place) => (place === at ? word ^ 0x10 : word));
      expect(verifier.verify(1, statement, forged)).toBe(false);
    }
    expect(verifier.verify(1, statement, new Int32Array(SIGNATURE_WORDS))).toBe(false);
    expect(verifier.verify(1, statement, new Int32Array(SIGNATURE_WORDS).fill(-1))).toBe(false);
  });

  test("of strangers are none", () => {
    expect([-1, 3, Number.NaN].map((signer) => verifier.verify(signer, statement, signature))).toEqual([
      false,
      false,
      false,
    ]);
  });

  test("of another seed or group are none", () => {
    for (const other of [
      { ...options, seed: 2 },
      { ...options, group: "accounts" },
    ]) {
      expect(verifier.verify(1, statement, scheme(other).signers[1].sign(statement))).toBe(false);
    }
  });
});

test("Ed25519 signs as Node does", () => {
  const options = { seed: 5, group: "accounts", signers: 2 };
  const statement = Int32Array.of(7, 8, 9);
  const pkcs8 = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), signerSecret(options, 1)]);
  const key = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
  const byNode = wordsOf(sign(undefined, bytesOf(statement), key));
  expect(ed25519Keyring(options).signers[1].sign(statement)).toEqual(byNode);
});
