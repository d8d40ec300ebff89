import { NS_PER_MILLISECOND } from "../../core/units.ts";
import type { ScenarioInput } from "./fly-scenario.ts";

/**
 * A network with the venue XSIM in the middle, and a place for each group or agent, of its name.
 * @param latencyMs one way, by group or agent
 * @param jitterShare what share of each latency is drawn for each packet
 */
export function starNetwork(
  latencyMs: Readonly<Record<string, number>>,
  jitterShare: number,
): NonNullable<ScenarioInput["network"]> {
  const groups = Object.keys(latencyMs);
  const links = Object.entries(latencyMs).map(([place, ms]) => {
    const drawn = ms * NS_PER_MILLISECOND * jitterShare;
    return {
      between: ["exchange", place] as [string, string],
      delay: nanos(ms * NS_PER_MILLISECOND - drawn / 2),
      jitter: { kind: "uniform" as const, high: nanos(drawn) },
    };
  });
  return {
    kind: "routed",
    topology: { kind: "star", places: ["exchange", ...groups] },
    links,
    at: { XSIM: "exchange", ...Object.fromEntries(groups.map((name) => [name, name])) },
  };
}

/** A duration as a scenario has it. */
export function nanos(value: number): string {
  return `${Math.round(value)}ns`;
}
