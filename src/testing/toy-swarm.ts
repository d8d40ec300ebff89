import type { Actor, ActorContext } from "../kernel/actor.ts";
import { Kernel } from "../kernel/kernel.ts";
import type { KernelOptions } from "../kernel/kernel.ts";
import { UniformLink } from "../kernel/links.ts";

const TICK = 1;

/** Answers each message with a quote and, now and then, tells a quote to everybody. */
class ToyVenue implements Actor {
  readonly #subscribers: readonly string[];
  #mid = 1_000;

  constructor(subscribers: readonly string[]) {
    this.#subscribers = subscribers;
  }

  onStart(context: ActorContext): void {
    context.setTimer(500, TICK);
  }

  onMessage(context: ActorContext, words: Int32Array, at: number): void {
    this.#mid += words[at + 1];
    if (words[at + 1] > 2) context.spend(30);
    if (context.sender < 0) return;
    const quote = this.#quote(context, 1);
    context.send(context.sender, quote);
  }

  onTimer(context: ActorContext): void {
    const quote = this.#quote(context, 3);
    for (const name of this.#subscribers) context.send(context.find(name), quote);
    context.setTimer(context.nowNs + 500 + context.random("tick").integer(0, 3) * 100, TICK);
  }

  #quote(context: ActorContext, records: number): number {
    const quote = context.compose(records);
    context.words[quote << 4] = records;
    context.words[(quote << 4) + 1] = this.#mid;
    return quote;
  }
}

/** Draws when it wakes and what it orders; cancels its timer when a quote surprises it. */
class ToyTrader implements Actor {
  #timer = -1;
  #last = 0;

  onStart(context: ActorContext): void {
    this.#sleep(context);
  }

  onMessage(context: ActorContext, words: Int32Array, at: number): void {
    const surprised = words[at + 1] !== this.#last && context.random("mood").chance(0.3);
    this.#last = words[at + 1];
    if (!surprised || !context.cancelTimer(this.#timer)) return;
    this.#order(context);
    this.#sleep(context);
  }

  onTimer(context: ActorContext): void {
    this.#order(context);
    this.#sleep(context);
  }

  #order(context: ActorContext): void {
    const order = context.compose();
    context.words[order << 4] = 10;
    context.words[(order << 4) + 1] = context.random("size").integer(-3, 3);
    context.send(context.find("venue"), order);
  }

  #sleep(context: ActorContext): void {
    this.#timer = context.setTimer(context.nowNs + Math.ceil(context.random("sleep").exponential(400)), TICK);
  }
}

/** Hears everything and draws and waits, but sends nothing. */
class SilentToy implements Actor {
  onStart(context: ActorContext): void {
    context.setTimer(100, TICK);
  }

  onMessage(context: ActorContext): void {
    context.random("size").uniform();
    context.compose(5);
    context.spend(7);
  }

  onTimer(context: ActorContext): void {
    context.setTimer(context.nowNs + 250, TICK);
  }
}

export interface ToySwarmOptions extends Partial<KernelOptions> {
  readonly traders?: number;
  /** The place among the actors of one that hears everything and says nothing. */
  readonly silent?: "first" | "in the middle" | "last";
  /** The place of one more trader, who says something. */
  readonly loud?: "last";
}

/**
 * A venue and traders with compute delays, over a random link: everything that the kernel can do, in small. Runs of one
 * swarm differ by their seed alone.
 */
export function toySwarm(options: ToySwarmOptions = {}): Kernel {
  const seed = options.seed ?? 1;
  const traders = Array.from({ length: options.traders ?? 8 }, (_, i) => `trader-${i}`);
  // The venue stands between the traders, so that an actor added first moves its number too.
  const names = [...traders.slice(0, 3), "venue", ...traders.slice(3)];
  const silentAt = { first: 0, "in the middle": names.length >> 1, last: names.length };
  if (options.silent !== undefined) names.splice(silentAt[options.silent], 0, "silent");
  if (options.loud !== undefined) names.push("loud");
  const kernel = new Kernel({
    link: new UniformLink({ seed, lowNs: 5, highNs: 900 }),
    tapes: "of each actor",
    ...options,
    seed,
  });
  const subscribers = names.filter((name) => name !== "venue");
  for (const name of names) kernel.add(name, toyOf(name, subscribers), { computeDelayNs: 15 });
  return kernel;
}

function toyOf(name: string, subscribers: readonly string[]): Actor {
  if (name === "venue") return new ToyVenue(subscribers);
  return name === "silent" ? new SilentToy() : new ToyTrader();
}

/** The tape of each actor by its name. */
export function tapesByName(kernel: Kernel): Map<string, string> {
  return new Map(Array.from({ length: kernel.actorCount }, (_, id) => [kernel.nameOf(id), kernel.tapeOf(id)]));
}
