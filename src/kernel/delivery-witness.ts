/** Sees each message when it is delivered, before its receiver does. It looks on, and must change nothing. */
export interface DeliveryWitness {
  /** @param sender an actor, or -1 where it came from outside. @param message it begins at `pool.words[message << 4]` */
  delivered(sender: number, receiver: number, message: number): void;
}
