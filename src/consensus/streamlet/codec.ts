import { unreachable } from "../../core/assert.ts";
import { readBlock, writeBlock } from "../block.ts";
import { DIGEST_WORDS, readDigest, writeDigest } from "../digest.ts";
import {
  OUTCOME_WORDS,
  readOutcome,
  readSubmission,
  SUBMISSION_WORDS,
  writeOutcome,
  writeSubmission,
} from "../client-messages.ts";
import type { Codec } from "../replica.ts";
import { SIGNATURE_WORDS } from "../signature.ts";
import type { Ballot, Certificate, Proposal, StreamletMessage } from "./message.ts";
import { REPLICAS_MAX } from "./rules.ts";
import type { Statement } from "./statement.ts";

/** Word 0 of a message. */
const KIND: Readonly<Record<StreamletMessage["kind"], number>> = {
  proposal: 0x5301,
  vote: 0x5302,
  certificate: 0x5303,
  status: 0x5304,
  submission: 0x5305,
  outcome: 0x5306,
};

const STATEMENT_WORDS = 2 + DIGEST_WORDS;
const BALLOT_WORDS = 1 + SIGNATURE_WORDS;
const PROPOSAL_BLOCK = 1 + SIGNATURE_WORDS;
const VOTE_WORDS = 1 + STATEMENT_WORDS + BALLOT_WORDS;
const BALLOTS = 2 + STATEMENT_WORDS;
const STATUS_WORDS = 2 + STATEMENT_WORDS;

/** Streamlet's messages as words; also the records of its disk that hold a message. */
export const streamletCodec: Codec<StreamletMessage> = {
  encode(message, words, at) {
    words[at] = KIND[message.kind];
    switch (message.kind) {
      case "proposal":
        words.set(message.signature, at + 1);
        return PROPOSAL_BLOCK + writeBlock(message.block, words, at + PROPOSAL_BLOCK);
      case "vote":
        writeStatement(message, words, at + 1);
        writeBallot(message, words, at + 1 + STATEMENT_WORDS);
        return VOTE_WORDS;
      case "certificate":
        return writeCertificate(message, words, at);
      case "status":
        words[at + 1] = message.finalHeight;
        writeStatement(message.tip, words, at + 2);
        return STATUS_WORDS;
      case "submission":
        writeSubmission(message, words, at + 1);
        return 1 + SUBMISSION_WORDS;
      case "outcome":
        writeOutcome(message, words, at + 1);
        return 1 + OUTCOME_WORDS;
      default:
        return unreachable(message, "message");
    }
  },

  decode(words, at) {
    const left = words.length - at;
    switch (words[at]) {
      case KIND.proposal:
        return readProposal(words, at);
      case KIND.vote:
        if (left < VOTE_WORDS) return undefined;
        return { kind: "vote", ...readStatement(words, at + 1), ...readBallot(words, at + 1 + STATEMENT_WORDS) };
      case KIND.certificate:
        return readCertificate(words, at);
      case KIND.status:
        if (left < STATUS_WORDS) return undefined;
        return { kind: "status", finalHeight: words[at + 1], tip: readStatement(words, at + 2) };
      case KIND.submission:
        return readSubmission(words, at + 1);
      case KIND.outcome:
        return readOutcome(words, at + 1);
      default:
        return undefined;
    }
  },
};

function readProposal(words: Int32Array, at: number): Proposal | undefined {
  const block = readBlock(words, at + PROPOSAL_BLOCK);
  if (block === undefined) return undefined;
  return { kind: "proposal", block, signature: words.slice(at + 1, at + PROPOSAL_BLOCK) };
}

function writeCertificate(certificate: Certificate, words: Int32Array, at: number): number {
  words[at + 1] = certificate.votes.length;
  writeStatement(certificate, words, at + 2);
  for (const [place, ballot] of certificate.votes.entries()) {
    writeBallot(ballot, words, at + BALLOTS + place * BALLOT_WORDS);
  }
  return BALLOTS + certificate.votes.length * BALLOT_WORDS;
}

function readCertificate(words: Int32Array, at: number): Certificate | undefined {
  const left = words.length - at;
  const count = words[at + 1];
  if (left < BALLOTS || count < 1 || count > REPLICAS_MAX || left < BALLOTS + count * BALLOT_WORDS) return undefined;
  const votes = Array.from({ length: count }, (_, place) => readBallot(words, at + BALLOTS + place * BALLOT_WORDS));
  return { kind: "certificate", ...readStatement(words, at + 2), votes };
}

function writeStatement({ epoch, height, block }: Statement, words: Int32Array, at: number): void {
  words[at] = epoch;
  words[at + 1] = height;
  writeDigest(block, words, at + 2);
}

function readStatement(words: Int32Array, at: number): Statement {
  return { epoch: words[at], height: words[at + 1], block: readDigest(words, at + 2) };
}

function writeBallot({ voter, signature }: Ballot, words: Int32Array, at: number): void {
  words[at] = voter;
  words.set(signature, at + 1);
}

function readBallot(words: Int32Array, at: number): Ballot {
  return { voter: words[at], signature: words.slice(at + 1, at + BALLOT_WORDS) };
}
