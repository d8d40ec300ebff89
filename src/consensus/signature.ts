/** Words of a signature in a record: the 64 bytes of an Ed25519 signature; a shorter one ends in zeros. */
export const SIGNATURE_WORDS = 16;

/** Proof that a signer has said something: 16 int32 words. */
export type Signature = Int32Array;

/** Says things in one signer's name. Who has not got it cannot. */
export interface Signer {
  /** Signs the words of a statement. The same statement always gets the same signature. */
  sign(statement: Int32Array): Signature;
}

/** Tells whether a signer has said something. Everybody may have it: it cannot sign. */
export interface Verifier {
  /** False also for a signer that it does not know. */
  verify(signer: number, statement: Int32Array, signature: Signature): boolean;
}

/** The signers 0, 1, 2 … of a group (the replicas, the accounts), and what tells their signatures. */
export interface Keyring {
  readonly signers: readonly Signer[];
  readonly verifier: Verifier;
}

export interface KeyringOptions {
  /** The run's seed, from which the secrets are derived: these keys protect nothing outside the run. */
  readonly seed: number;
  /** Which group: keys of two groups have nothing in common. */
  readonly group: string;
  readonly signers: number;
}

/** A way to sign: makes the keys of a group. */
export type SignatureScheme = (options: KeyringOptions) => Keyring;

export function sameSignature(a: Signature, b: Signature): boolean {
  for (let i = 0; i < SIGNATURE_WORDS; i++) if (a[i] !== b[i]) return false;
  return true;
}
