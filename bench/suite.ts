import { benchAuction } from "./auction.ts";
import { benchKernel } from "./kernel.ts";
import { benchMatching } from "./matching.ts";
import { benchNetwork } from "./network.ts";
import { benchReplay } from "./replay.ts";
import type { BenchRow } from "./row.ts";
import { benchRules } from "./rules.ts";
import { benchScenario } from "./scenario.ts";
import { benchVenue } from "./venue.ts";

export { formatRows } from "./row.ts";

export interface SuiteOptions {
  readonly parts: readonly string[];
  /** An imported recording; one is made where nothing is named. */
  readonly data: string | undefined;
  readonly say: (text: string) => void;
}

const BENCHES: Readonly<Record<string, (options: SuiteOptions) => BenchRow[] | Promise<BenchRow[]>>> = {
  matching: () => benchMatching(),
  auction: () => benchAuction(),
  venue: () => benchVenue(),
  rules: () => benchRules(),
  kernel: () => benchKernel(),
  network: () => benchNetwork(),
  scenario: () => benchScenario(),
  replay: ({ data }) => benchReplay(data === undefined ? {} : { data }),
};

/** What can be measured alone. */
export const PARTS: readonly string[] = Object.keys(BENCHES);

/** Runs benches one after the other. */
export async function runBenches(options: SuiteOptions): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const part of options.parts) {
    options.say(`measuring ${part} …`);
    rows.push(...(await BENCHES[part](options)));
  }
  return rows;
}
