/** Numbers that every event of an actor needs stand together, four to an actor. */
export const ActorFact = {
  /** Since when it is free; `TAKES_TURNS` where a READY event says when. */
  freeAtNs: 0,
  /** How long an event takes it. */
  computeDelayNs: 1,
  /** Factor by which it computes more slowly than it should; 0 for none. */
  slowness: 2,
} as const;

/** Instead of the time since when an actor is free: its next event is taken from its mailbox when a READY event comes. */
export const TAKES_TURNS = Infinity;

/** Kinds of the kernel's events. */
export const EventKind = {
  start: 0,
  message: 1,
  timer: 2,
  /** A busy actor is free again and takes the next event of its mailbox. */
  ready: 3,
  /** The network goes on with what is under way. No actor sees it. */
  step: 4,
} as const;
