import type { Signature } from "./signature.ts";
import { sameSignature } from "./signature.ts";

/** A power of two. */
const REMEMBERED_MAX = 4096;

interface Verified {
  readonly signer: number;
  readonly statement: Int32Array;
  readonly signature: Signature;
}

/**
 * The last signatures that were found to be good. Replicas that run in one process verify the same signature one after
 * the other; all but the first compare words instead of hashing them.
 */
export class VerifiedSignatures {
  readonly #verified = new Array<Verified | undefined>(REMEMBERED_MAX);

  has(signer: number, statement: Int32Array, signature: Signature): boolean {
    const known = this.#verified[placeOf(signature)];
    return (
      known?.signer === signer && sameWords(known.statement, statement) && sameSignature(known.signature, signature)
    );
  }

  add(signer: number, statement: Int32Array, signature: Signature): void {
    this.#verified[placeOf(signature)] = { signer, statement: statement.slice(), signature: signature.slice() };
  }
}

function placeOf(signature: Signature): number {
  return signature[0] & (REMEMBERED_MAX - 1);
}

function sameWords(a: Int32Array, b: Int32Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
