import { readFileSync } from "node:fs";
import { NS_PER_HOUR } from "../src/core/units.ts";
import { discardingJournal } from "../src/kernel/journal-port.ts";
import { parseScenario } from "../src/world/scenario/parse.ts";
import { World } from "../src/world/world.ts";
import type { BenchRow } from "./row.ts";
import { median } from "./row.ts";

const REPEATS = 7;

/** CPU seconds for one simulated hour of rmsc04; the same hour cost ABIDES 1.61 s on two cores of this class. */
export function benchScenario(): BenchRow[] {
  const text = readFileSync(new URL("../scenarios/rmsc04.yaml", import.meta.url), "utf8");
  const scenario = parseScenario(text, "scenarios/rmsc04.yaml");
  const seconds: number[] = [];
  let messages = 0;
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const start = process.cpuUsage();
    const world = new World(scenario, { journal: discardingJournal, factories: new Map() });
    world.kernel.run(NS_PER_HOUR);
    const used = process.cpuUsage(start);
    seconds.push((used.user + used.system) / 1e6);
    messages = world.kernel.messages;
  }
  const cold = seconds[0];
  const warm = median(seconds.slice(1));
  const against = "ABIDES (published)";
  return [
    {
      bench: "rmsc04, one hour",
      case: "first run in the process",
      value: cold,
      unit: "CPU s",
      ratio: 1.61 / cold,
      against,
    },
    {
      bench: "rmsc04, one hour",
      case: "later runs",
      value: warm,
      unit: "CPU s",
      ratio: 1.61 / warm,
      against,
      target: "<= 0.1 CPU s",
    },
    { bench: "rmsc04, one hour", case: "messages delivered", value: messages / warm, unit: "messages/CPU s" },
  ];
}
