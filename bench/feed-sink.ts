import { assert } from "../src/core/assert.ts";
import { RandomStream } from "../src/core/random.ts";
import type { ActorContext, TimerHandle } from "../src/kernel/actor.ts";

const MESSAGES = 64;
const DOUBLES = 8;
export const SUBSCRIBER = 1;

/**
 * What a feed needs of a kernel and no more: memory for messages of one record each, and a count of those sent. The
 * subscriber reads none, so that the bench measures publishing, not the kernel's delivery (bench/kernel.ts does that).
 */
export class FeedSink implements ActorContext {
  readonly self = 0;
  readonly name = "venue";
  readonly nowNs = 0;
  readonly sender = SUBSCRIBER;
  readonly words = new Int32Array(MESSAGES * DOUBLES * 2);
  readonly doubles = new Float64Array(this.words.buffer);
  sent = 0;
  #composed = 0;

  compose(records = 1): number {
    assert(records === 1, "the feed's messages here are single records");
    const message = this.composeStale();
    const { doubles } = this;
    for (let i = message * DOUBLES; i < (message + 1) * DOUBLES; i++) doubles[i] = 0;
    return message;
  }

  composeStale(): number {
    return this.#composed++ & (MESSAGES - 1);
  }

  send(): void {
    this.sent++;
  }

  setTimer(): TimerHandle {
    return assertNever();
  }

  cancelTimer(): boolean {
    return assertNever();
  }

  spend(): void {}

  random(purpose: string): RandomStream {
    return RandomStream.named(1, this.name, purpose);
  }

  find(): number {
    return -1;
  }
}

function assertNever(): never {
  throw new Error("a feed of every change sets no timer");
}
