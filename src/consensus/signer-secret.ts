import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";

import type { KeyringOptions } from "./signature.ts";

/** The 32 secret bytes of a signer, which differ for every (seed, group, signer). */
export function signerSecret({ seed, group }: KeyringOptions, signer: number): Uint8Array {
  return sha256(utf8ToBytes(JSON.stringify([seed, group, signer])));
}
