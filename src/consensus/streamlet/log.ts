import { assert } from "../../core/assert.ts";
import type { Disk } from "../disk.ts";
import { MESSAGE_WORDS_MAX } from "../replica-actor.ts";
import { streamletCodec } from "./codec.ts";
import type { Certificate, NamedProposal, Proposal, Vote } from "./message.ts";

/** A record of the disk: a proposal that was accepted, a vote of the replica's own, or the votes that notarise a block. */
export type LogEntry = Proposal | Vote | Certificate;

/** What a replica must not forget, in the order in which it came about, as records of its disk. */
export class StreamletLog {
  readonly #disk: Disk;
  readonly #words = new Int32Array(MESSAGE_WORDS_MAX);

  constructor(disk: Disk) {
    this.#disk = disk;
  }

  /** What is on the disk. */
  entries(): LogEntry[] {
    return this.#disk.records.map((record) => {
      const entry = streamletCodec.decode(record, 0);
      assert(
        entry?.kind === "proposal" || entry?.kind === "vote" || entry?.kind === "certificate",
        "a record of the disk holds what was written",
      );
      return entry;
    });
  }

  proposal({ block, signature }: NamedProposal): void {
    this.#append({ kind: "proposal", block, signature });
  }

  vote(vote: Vote): void {
    this.#append(vote);
  }

  certificate(certificate: Certificate): void {
    this.#append(certificate);
  }

  sync(): void {
    this.#disk.sync();
  }

  #append(entry: LogEntry): void {
    const length = streamletCodec.encode(entry, this.#words, 0);
    this.#disk.append(this.#words.subarray(0, length));
    this.#words.fill(0, 0, length);
  }
}
