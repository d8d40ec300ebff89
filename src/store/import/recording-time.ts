/**
 * Times are nanoseconds since the dataset's start, exact below 2^53 ns, which is 104 days. A time this far from the first
 * one of the recording cannot be kept exactly and is taken for damage.
 */
export const DAYS_FROM_FIRST_FRAME_MAX = 50;
const SECONDS_PER_DAY = 86_400;
const SECONDS_FROM_FIRST_FRAME_MAX = DAYS_FROM_FIRST_FRAME_MAX * SECONDS_PER_DAY;

const MICROS_PER_SECOND = 1_000_000;
const NS_PER_SECOND = 1_000_000_000;

/** A frame's times as recorded: see `BinanceFrame`. */
export interface FrameClock {
  readonly receiveSeconds: number;
  readonly receiveNanos: number;
  readonly eventMicros: number | undefined;
}

/** Whether both times of a frame are near enough to the recording's first to be believed. */
export function isNear(clock: FrameClock, firstSeconds: number): boolean {
  const event = clock.eventMicros === undefined ? clock.receiveSeconds : clock.eventMicros / MICROS_PER_SECOND;
  return (
    Math.abs(clock.receiveSeconds - firstSeconds) <= SECONDS_FROM_FIRST_FRAME_MAX &&
    Math.abs(event - firstSeconds) <= SECONDS_FROM_FIRST_FRAME_MAX
  );
}

/**
 * Whether a frame's two times agree to a day, so that the first such frame can say when the recording was made. Recorders'
 * clocks are seconds off, at worst; a damaged digit is off by years.
 */
export function agrees(clock: FrameClock): boolean {
  if (clock.eventMicros === undefined) return true;
  return Math.abs(clock.eventMicros / MICROS_PER_SECOND - clock.receiveSeconds) <= SECONDS_PER_DAY;
}

/** The last whole second that neither time of the frame lies before. A dataset starts at such a second. */
export function secondsBefore(clock: FrameClock): number {
  if (clock.eventMicros === undefined) return clock.receiveSeconds;
  return Math.min(clock.receiveSeconds, Math.floor(clock.eventMicros / MICROS_PER_SECOND));
}

/** Nanoseconds from the dataset's start to the recorder's time. Exact. */
export function receiveNs(clock: FrameClock, startSeconds: number): number {
  return (clock.receiveSeconds - startSeconds) * NS_PER_SECOND + clock.receiveNanos;
}

/** Nanoseconds from the dataset's start to the venue's time, where there is one. Exact. */
export function eventNs(eventMicros: number, startSeconds: number): number {
  return (eventMicros - startSeconds * MICROS_PER_SECOND) * 1000;
}
