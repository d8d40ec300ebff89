/** What a step of the network is about. It stands in the low bits of the step's number, and whom it concerns above. */
export const StepKind = {
  /** A packet leaves its sender. */
  enter: 0,
  /** A packet comes to the end of a link. */
  arrive: 1,
  /** A link is free for the next packet of its queue. */
  wake: 2,
  /** The timer of a stream's sender. */
  timer: 3,
  /** A fault begins or ends. */
  fault: 4,
  /** Routing learns of what failed or came back. */
  learn: 5,
  /** A message that is passed from one to the next leaves its source. */
  rumour: 6,
} as const;

export function stepOf(kind: number, subject: number): number {
  return (subject << 3) | kind;
}
