import { named } from "../../consensus/block.ts";
import type { Digest } from "../../consensus/digest.ts";
import type { Verifier } from "../../consensus/signature.ts";
import type { Proposal, StreamletMessage, Vote } from "../../consensus/streamlet/message.ts";
import { statementOf } from "../../consensus/streamlet/message.ts";
import { leaderOf } from "../../consensus/streamlet/rules.ts";
import { isSignedBy } from "../../consensus/streamlet/statement.ts";
import type { WireOracle } from "./wire-oracle.ts";

/** A proposal that reached a replica. */
interface Heard {
  readonly id: Digest;
  readonly proposal: Proposal;
}

/**
 * Knows what was delivered to whom, and says whether a vote keeps the paper's rule: for the first proposal of the
 * epoch's leader that the replica has heard, on a chain that is notarised.
 */
export class VoteRules {
  readonly #options: { readonly replicas: number; readonly oracle: WireOracle; readonly keys: Verifier };
  /** By replica and epoch, in order of delivery. */
  readonly #heard = new Map<string, Heard[]>();
  /** By replica: the epoch of its last restart. What it heard up to then it may know from its disk or not. */
  readonly #restarts = new Map<number, number>();

  constructor(options: { readonly replicas: number; readonly oracle: WireOracle; readonly keys: Verifier }) {
    this.#options = options;
  }

  onDelivery(to: number, message: StreamletMessage): void {
    if (message.kind !== "proposal") return;
    const key = `${to}/${message.block.epoch}`;
    const heard = this.#heard.get(key) ?? [];
    this.#heard.set(key, heard);
    const { id } = named(message.block);
    if (!heard.some((earlier) => earlier.id === id)) heard.push({ id, proposal: message });
  }

  onRestart(replica: number, epoch: number): void {
    this.#restarts.set(replica, epoch);
  }

  /** @returns what is wrong with an honest replica's vote */
  complaint(vote: Vote, epoch: number): string | undefined {
    const { oracle } = this.#options;
    if (vote.epoch !== epoch) return `votes in epoch ${epoch} for one of epoch ${vote.epoch}`;
    if (oracle.proposerOf(vote.block) !== leaderOf(epoch, oracle.genesis, this.#options.replicas)) {
      return `votes for a block of somebody who does not lead`;
    }
    if (!oracle.isOnNotarisedChain(vote.block)) return `votes for a block on a chain that is not notarised`;
    if ((this.#restarts.get(vote.voter) ?? 0) >= epoch - 1) return undefined;
    for (const { id, proposal } of this.#heard.get(`${vote.voter}/${vote.epoch}`) ?? []) {
      if (id === vote.block) return undefined;
      if (this.#isLeaders(proposal)) return `votes for a proposal that was not the first`;
    }
    return undefined;
  }

  #isLeaders({ block, signature }: Proposal): boolean {
    const { replicas, oracle, keys } = this.#options;
    if (block.proposer !== leaderOf(block.epoch, oracle.genesis, replicas)) return false;
    return isSignedBy(block.proposer, "proposal", { ...statementOf(named(block)), signature }, keys);
  }
}
