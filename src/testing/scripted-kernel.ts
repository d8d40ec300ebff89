import { Kernel } from "../kernel/kernel.ts";
import type { KernelOptions } from "../kernel/kernel.ts";
import { ConstantLink } from "../kernel/links.ts";
import { ScriptedActor } from "./scripted-actor.ts";
import type { Script } from "./scripted-actor.ts";

export interface ScriptedKernel {
  readonly kernel: Kernel;
  /** What happened, in the actors' words. */
  readonly log: string[];
}

/** A kernel with one scripted actor for each name; every message takes 10 ns unless another link is given. */
export function scriptedKernel(
  scripts: Readonly<Record<string, Script & { readonly computeDelayNs?: number }>>,
  options: Partial<KernelOptions> = {},
): ScriptedKernel {
  const log: string[] = [];
  const kernel = new Kernel({ seed: 1, link: new ConstantLink(10), ...options });
  const nameOf = (actor: number): string => kernel.nameOf(actor);
  for (const [name, script] of Object.entries(scripts)) {
    const { computeDelayNs = 0 } = script;
    kernel.add(name, new ScriptedActor({ log, script, nameOf }), { computeDelayNs });
  }
  return { kernel, log };
}
