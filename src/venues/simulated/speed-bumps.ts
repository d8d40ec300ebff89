import type { Nanos } from "../../core/units.ts";
import type { ActorContext } from "../../kernel/actor.ts";
import type { FastBook } from "../../market/fast-book.ts";
import { CommandWord, EVERY_INSTRUMENT } from "../../model/command.ts";
import { RECORD_WORDS, RecordKind } from "../../model/record.ts";
import type { SpeedBumpOptions } from "./speed-bump.ts";
import { PASSES_NOW, SpeedBump } from "./speed-bump.ts";
import { WaitingCommands } from "./waiting-commands.ts";

/** Commands that may wait at a venue at once. */
export const WAITING_MAX = 1 << 20;

const { cancelAllOrders: CANCEL_ALL, submitOrder: SUBMIT, replaceOrder: REPLACE, disconnect: DISCONNECT } = RecordKind;
const Command = { ...CommandWord };

/** What becomes of a command that arrives. */
export type Arrival = "passes" | "waits" | "isTooMuch";

/** The speed bumps of a venue's instruments, and the commands that wait at them, each with a timer of its own. */
export class SpeedBumps {
  readonly waiting = new WaitingCommands();
  /** By instrument. */
  readonly #bumps: (SpeedBump | undefined)[] = [];
  readonly #tagBase: number;
  readonly #waitingMax: number;

  /** @param options tags of timers count down from `tagBase` */
  constructor(options: { readonly tagBase: number; readonly waitingMax?: number | undefined }) {
    this.#tagBase = options.tagBase;
    this.#waitingMax = options.waitingMax ?? WAITING_MAX;
  }

  get areNone(): boolean {
    return this.#bumps.length === 0;
  }

  add(instrument: number, options: SpeedBumpOptions, book: FastBook): void {
    this.#bumps[instrument] = new SpeedBump(options, book);
  }

  /**
   * Looks at a command of an owner with an account. Where too much waits, orders and replaces are too much, and what
   * takes risk away passes.
   * @param key see `SpeedBump.hold`
   */
  arrive(context: ActorContext, words: Int32Array, at: number, key: number): Arrival {
    const kind = words[at];
    const instrument = words[at + Command.instrument];
    if (kind > DISCONNECT) return "passes";
    const bump = this.#bumps[instrument];
    if (this.waiting.count >= this.#waitingMax)
      return bump !== undefined && (kind === SUBMIT || kind === REPLACE) ? "isTooMuch" : "passes";
    const releaseNs = bump?.hold(words, at, context.nowNs, key) ?? PASSES_NOW;
    if (releaseNs !== PASSES_NOW) {
      this.#keep(context, words, at, releaseNs);
      return "waits";
    }
    if (kind >= CANCEL_ALL) this.#repeatBehind(context, words, at);
    return "passes";
  }

  /** Takes a command whose timer has come due. @returns its offset in `waiting.words` */
  release(tag: number): number {
    const slot = this.#tagBase - tag;
    const at = slot << 4;
    const { words } = this.waiting;
    this.#bumps[words[at + Command.instrument]]?.released(words[at + Command.owner]);
    return at;
  }

  /** Lets go of all that waits: a crash of the venue took it, and the timers. */
  forget(): void {
    for (const slot of this.waiting.taken()) {
      this.release(this.#tagBase - slot);
      this.waiting.release(slot);
    }
  }

  /** A command over all orders of an owner passes, and comes again behind what waits of it: that must be canceled too. */
  #repeatBehind(context: ActorContext, words: Int32Array, at: number): void {
    const instrument = words[at + Command.instrument];
    const isForAll = words[at] !== CANCEL_ALL || instrument === EVERY_INSTRUMENT;
    for (let place = 0; place < this.#bumps.length; place++) {
      if (!isForAll && place !== instrument) continue;
      const releaseNs = this.#bumps[place]?.follow(words[at + Command.owner]) ?? PASSES_NOW;
      if (releaseNs === PASSES_NOW) continue;
      const copy = words.slice(at, at + RECORD_WORDS);
      copy[Command.instrument] = place;
      this.#keep(context, copy, 0, releaseNs);
    }
  }

  #keep(context: ActorContext, words: Int32Array, at: number, releaseNs: Nanos): void {
    context.setTimer(releaseNs, this.#tagBase - this.waiting.add(words, at));
  }
}
