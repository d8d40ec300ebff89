import { ed25519 } from "@noble/curves/ed25519.js";

import { bytesOf, wordsOf } from "./digest.ts";
import type { Keyring, KeyringOptions, Signer } from "./signature.ts";
import { signerSecret } from "./signer-secret.ts";
import { VerifiedSignatures } from "./verified-signatures.ts";

/**
 * Signatures by Ed25519 (RFC 8032), verified with the public key alone, as ZIP 215 says, so that no two replicas can
 * differ about one. About a millisecond each: for runs where the signature itself is the subject.
 */
export function ed25519Keyring(options: KeyringOptions): Keyring {
  const secrets = Array.from({ length: options.signers }, (_, signer) => signerSecret(options, signer));
  const publicKeys = secrets.map((secret) => ed25519.getPublicKey(secret));
  const verified = new VerifiedSignatures();
  return {
    signers: secrets.map((secret): Signer => ({
      sign: (statement) => wordsOf(ed25519.sign(bytesOf(statement), secret)),
    })),
    verifier: {
      verify(signer, statement, signature) {
        const publicKey = publicKeys.at(signer);
        if (signer < 0 || publicKey === undefined) return false;
        if (verified.has(signer, statement, signature)) return true;
        if (!ed25519.verify(bytesOf(signature), bytesOf(statement), publicKey, { zip215: true })) return false;
        verified.add(signer, statement, signature);
        return true;
      },
    },
  };
}
