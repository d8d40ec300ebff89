import { DISK_MUTANTS } from "./disk-mutants.ts";
import { JOURNAL_MUTANTS } from "./journal-mutants.ts";
import { LEDGER_MUTANTS } from "./ledger-mutants.ts";
import type { Mutant } from "./mutant.ts";
import { NETWORK_MUTANTS } from "./network-mutants.ts";
import { PROOF_OF_WORK_MUTANTS } from "./proof-of-work-mutants.ts";
import { RAFT_MUTANTS } from "./raft-mutants.ts";
import { STREAMLET_MUTANTS } from "./streamlet-mutants.ts";

/** The catalogue of planted bugs. Names are unique. */
export const MUTANTS: readonly Mutant[] = [
  ...RAFT_MUTANTS,
  ...STREAMLET_MUTANTS,
  ...PROOF_OF_WORK_MUTANTS,
  ...LEDGER_MUTANTS,
  ...DISK_MUTANTS,
  ...JOURNAL_MUTANTS,
  ...NETWORK_MUTANTS,
];
