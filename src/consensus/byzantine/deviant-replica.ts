import type { RandomStream } from "../../core/random.ts";
import type { Nanos } from "../../core/units.ts";
import type { TimerHandle } from "../../kernel/actor.ts";
import type { Disk } from "../disk.ts";
import type { Replica, ReplicaContext } from "../replica.ts";
import type { StreamletMessage } from "../streamlet/message.ts";

/** What a liar does otherwise than an honest replica. */
export interface Deviation {
  /** Called in the place of each message that the honest replica would send. */
  send(context: ReplicaContext<StreamletMessage>, to: number, message: StreamletMessage): void;
  /** Called after the honest replica has handled a message. */
  onMessage?(context: ReplicaContext<StreamletMessage>, from: number, message: StreamletMessage): void;
  /** Called before the honest replica begins an epoch. */
  onEpoch?(context: ReplicaContext<StreamletMessage>): void;
  /** Called when a timer has come due. @returns whether it was the liar's own */
  onTimer?(context: ReplicaContext<StreamletMessage>, tag: number): boolean;
}

/** A liar made of an honest replica, which follows the chain for it, and of what it does otherwise. */
export class DeviantReplica implements Replica<StreamletMessage> {
  readonly #honest: Replica<StreamletMessage>;
  readonly #deviation: Deviation;

  constructor(honest: Replica<StreamletMessage>, deviation: Deviation) {
    this.#honest = honest;
    this.#deviation = deviation;
  }

  onStart(context: ReplicaContext<StreamletMessage>): void {
    this.#deviation.onEpoch?.(context);
    this.#honest.onStart(new DeviantContext(context, this.#deviation));
  }

  onMessage(context: ReplicaContext<StreamletMessage>, from: number, message: StreamletMessage): void {
    this.#honest.onMessage(new DeviantContext(context, this.#deviation), from, message);
    this.#deviation.onMessage?.(context, from, message);
  }

  onTimer(context: ReplicaContext<StreamletMessage>, tag: number): void {
    if (this.#deviation.onTimer?.(context, tag) === true) return;
    this.#deviation.onEpoch?.(context);
    this.#honest.onTimer(new DeviantContext(context, this.#deviation), tag);
  }
}

/** The context of the honest part: what it sends goes through the deviation. */
class DeviantContext implements ReplicaContext<StreamletMessage> {
  readonly #context: ReplicaContext<StreamletMessage>;
  readonly #deviation: Deviation;

  constructor(context: ReplicaContext<StreamletMessage>, deviation: Deviation) {
    this.#context = context;
    this.#deviation = deviation;
  }

  get self(): number {
    return this.#context.self;
  }

  get nowNs(): Nanos {
    return this.#context.nowNs;
  }

  get disk(): Disk {
    return this.#context.disk;
  }

  send(to: number, message: StreamletMessage): void {
    this.#deviation.send(this.#context, to, message);
  }

  setTimer(delayNs: Nanos, tag: number): TimerHandle {
    return this.#context.setTimer(delayNs, tag);
  }

  cancelTimer(timer: TimerHandle): boolean {
    return this.#context.cancelTimer(timer);
  }

  random(purpose: string): RandomStream {
    return this.#context.random(purpose);
  }
}
