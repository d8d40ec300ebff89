import type { Actor, ActorContext } from "../kernel/actor.ts";

/** What an actor does on each event; `value` is what `say` put into the message. */
export interface Script {
  readonly onStart?: (context: ActorContext) => void;
  readonly onValue?: (context: ActorContext, value: number) => void;
  readonly onTimer?: (context: ActorContext, tag: number) => void;
}

/** An actor that writes down each event, such as `120 venue hears 7 from trader`, and then follows a script. */
export class ScriptedActor implements Actor {
  readonly #log: string[];
  readonly #script: Script;
  readonly #nameOf: (actor: number) => string;

  constructor(options: { log: string[]; script?: Script | undefined; nameOf: (actor: number) => string }) {
    this.#log = options.log;
    this.#script = options.script ?? {};
    this.#nameOf = options.nameOf;
  }

  onStart(context: ActorContext): void {
    this.#script.onStart?.(context);
  }

  onMessage(context: ActorContext, words: Int32Array, at: number): void {
    const from = context.sender < 0 ? "outside" : this.#nameOf(context.sender);
    this.#log.push(`${context.nowNs} ${context.name} hears ${words[at + 1]} from ${from}`);
    this.#script.onValue?.(context, words[at + 1]);
  }

  onTimer(context: ActorContext, tag: number): void {
    this.#log.push(`${context.nowNs} ${context.name} timer ${tag}`);
    this.#script.onTimer?.(context, tag);
  }
}

/** Sends one record with a value in its second word. */
export function say(context: ActorContext, to: string, value: number): void {
  const message = context.compose();
  context.words[(message << 4) + 1] = value;
  context.send(context.find(to), message);
}

/** A record as `say` makes it, for inputs from outside. */
export function recordOf(value: number): Int32Array {
  const record = new Int32Array(16);
  record[1] = value;
  return record;
}
