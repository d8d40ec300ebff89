import type { Agent, AgentHandlers } from "../../../agents/port.ts";
import { RandomStream } from "../../../core/random.ts";
import type { Nanos, Ticks } from "../../../core/units.ts";

/** The value of an instrument jumps, and everybody who listens learns it at this moment. */
export interface NewsItem {
  readonly timeNs: Nanos;
  readonly valueTicks: Ticks;
}

export interface NewsOptions {
  readonly seed: number;
  readonly startTicks: Ticks;
  readonly meanIntervalNs: Nanos;
  /** Standard deviation of a jump. */
  readonly jumpTicks: number;
  readonly endNs: Nanos;
}

/**
 * Public news as in Budish, Cramton and Shim (2015), section VI: a compound Poisson process of the value, here with
 * normal jumps rounded to ticks. It depends on the seed alone, so every arm of a study hears the same news.
 */
export function drawNews(options: NewsOptions): readonly NewsItem[] {
  const random = RandomStream.named(options.seed, "news", "jumps");
  const items: NewsItem[] = [];
  let valueTicks: number = options.startTicks;
  let timeNs = 0;
  for (;;) {
    timeNs += Math.max(1, Math.round(random.exponential(options.meanIntervalNs)));
    const jump = Math.round(random.normal(0, options.jumpTicks));
    if (timeNs >= options.endNs) return items;
    valueTicks = Math.max(1, valueTicks + jump);
    items.push({ timeNs, valueTicks });
  }
}

/** Calls `hear` at the moment of each item, with the value until then. */
export function onNews(
  { news, startTicks }: { readonly news: readonly NewsItem[]; readonly startTicks: Ticks },
  hear: (agent: Agent, item: NewsItem, earlierTicks: Ticks) => void,
): Required<Pick<AgentHandlers, "onStart" | "onTimer">> {
  let next = 0;
  const awaitNext = (agent: Agent): void => {
    if (next < news.length) agent.setTimer(news[next].timeNs - agent.nowNs);
  };
  return {
    onStart: awaitNext,
    onTimer: (agent) => {
      const item = news[next];
      const earlierTicks = next === 0 ? startTicks : news[next - 1].valueTicks;
      next += 1;
      hear(agent, item, earlierTicks);
      awaitNext(agent);
    },
  };
}

/** The value over time. Questions come in order of time, as events do. */
export function valueOf({
  news,
  startTicks,
}: Pick<NewsOptions, "startTicks"> & { readonly news: readonly NewsItem[] }): (timeNs: Nanos) => Ticks {
  let next = 0;
  return (timeNs) => {
    while (next < news.length && news[next].timeNs <= timeNs) next += 1;
    return next === 0 ? startTicks : news[next - 1].valueTicks;
  };
}
