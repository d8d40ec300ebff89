import type { ScenarioInput } from "../../study/fly-scenario.ts";
import type { Arm } from "../../study/study.ts";

type LedgerInput = NonNullable<ScenarioInput["ledger"]>;

/** What goes wrong, in the second quarter of a run. */
export type Trouble = "nothing" | "leaderCrash" | "cut" | "loss" | "honestApart";

/** A protocol, and what its replicas have to bear. */
export interface Settlement {
  readonly protocol: LedgerInput["protocol"];
  readonly trouble: Trouble;
  /** Liars, powers and the like. */
  readonly ledger?: Partial<LedgerInput>;
  /** Whether every fill is settled on its own, as fast as they come. */
  readonly isBusy?: boolean;
}

interface Protocol {
  readonly name: string;
  readonly label: string;
  readonly protocol: Settlement["protocol"];
  /** A cluster where somebody lies. */
  readonly lies: readonly { readonly name: string; readonly label: string; readonly settlement: Partial<Settlement> }[];
}

const PROTOCOLS: readonly Protocol[] = [
  { name: "raft", label: "Raft", protocol: "raft", lies: [] },
  {
    name: "streamlet",
    label: "Streamlet",
    protocol: "streamlet",
    lies: [
      {
        name: "liar",
        label: "and a leader of four that says two things",
        settlement: { ledger: { streamlet: { liars: [{ lie: "equivocate" }] } } },
      },
      {
        name: "coalition",
        label: "and two liars of four that work together",
        settlement: { trouble: "honestApart", ledger: { streamlet: { liars: [{ lie: "coalition", count: 2 }] } } },
      },
    ],
  },
  {
    name: "work",
    label: "proof of work",
    protocol: "proofOfWork",
    lies: [
      {
        name: "selfish",
        label: "and a selfish miner with 40 % of the power",
        settlement: { ledger: { proofOfWork: { powers: [1, 1, 1, 2], liars: [{ lie: "selfishMining" }] } } },
      },
    ],
  },
];

/** Each protocol alone, then under each trouble that all know, then with its own liars. */
export const SETTLEMENTS: readonly Arm<Settlement>[] = PROTOCOLS.flatMap(({ name, label, protocol, lies }) => [
  { name, label, treatment: { protocol, trouble: "nothing" } },
  {
    name: `${name}-busy`,
    label: `${label} and every fill on its own`,
    treatment: { protocol, trouble: "nothing", isBusy: true },
  },
  {
    name: `${name}-crash`,
    label: `${label} and a leader that crashes`,
    treatment: { protocol, trouble: "leaderCrash" },
  },
  { name: `${name}-cut`, label: `${label} and two of four cut off`, treatment: { protocol, trouble: "cut" } },
  { name: `${name}-loss`, label: `${label} and lossy links`, treatment: { protocol, trouble: "loss" } },
  ...lies.map(({ name: lie, label: lying, settlement }) => ({
    name: `${name}-${lie}`,
    label: `${label} ${lying}`,
    treatment: { protocol, trouble: "nothing" as const, ...settlement },
  })),
]);

/** Names of the arms without trouble, and of those with one that all protocols have. */
export const CALM = PROTOCOLS.map(({ name }) => name);
export const BUSY = CALM.map((name) => `${name}-busy`);
