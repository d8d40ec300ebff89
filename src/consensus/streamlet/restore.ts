import { assert } from "../../core/assert.ts";
import { named } from "../block.ts";
import type { BlockTree } from "./block-tree.ts";
import type { LogEntry } from "./log.ts";
import type { Certificate, Proposal } from "./message.ts";
import { statementOf } from "./message.ts";
import type { Misconduct } from "./misconduct.ts";
import type { SeenProposals } from "./seen-proposals.ts";

/** What the disk's proposals and certificates are read into. */
export interface Restored {
  readonly tree: BlockTree;
  readonly proposals: SeenProposals;
  readonly misconduct: Misconduct;
}

/** Does again what a record of the disk was written for, other than a vote; nobody is told. */
export function restore(entry: Exclude<LogEntry, { readonly kind: "vote" }>, into: Restored): void {
  if (entry.kind === "proposal") restoreProposal(entry, into);
  else restoreCertificate(entry, into);
}

function restoreProposal({ block, signature }: Proposal, { tree, proposals, misconduct }: Restored): void {
  const proposal = { ...named(block), signature };
  misconduct.see("proposal", block.proposer, { ...statementOf(proposal), signature });
  proposals.add(block.epoch, proposal.id);
  const parent = tree.get(block.parent);
  assert(parent !== undefined, "a block of the disk stands behind its parent");
  // One that was forgotten, and came again, stands on the disk twice.
  if (tree.get(proposal.id) === undefined) tree.add(proposal, parent);
}

function restoreCertificate(certificate: Certificate, { tree, misconduct }: Restored): void {
  const { epoch, height, block: id } = certificate;
  const block = tree.get(id);
  assert(block !== undefined, "a certificate of the disk stands behind its block");
  for (const { voter, signature } of certificate.votes) {
    misconduct.see("vote", voter, { epoch, height, block: id, signature });
  }
  if (!block.notarised) tree.notarise(block, certificate);
}
