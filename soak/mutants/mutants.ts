import type { Mutant } from "./mutant.ts";
import { RAFT_MUTANTS } from "./raft-mutants.ts";

/** The catalogue of planted bugs. Names are unique. */
export const MUTANTS: readonly Mutant[] = [...RAFT_MUTANTS];
