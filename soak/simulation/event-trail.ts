import type { Nanos } from "../../src/core/units.ts";

const KEPT = 64;

/** The last things that happened, kept cheaply and put into words only when somebody asks. */
export class EventTrail {
  readonly #timesNs = new Float64Array(KEPT);
  readonly #seats = new Int32Array(KEPT);
  readonly #whats = new Array<string>(KEPT).fill("");
  readonly #details = new Array<unknown>(KEPT);
  #count = 0;

  /** @param detail the message or fault; it is described when the trail is told */
  note(timeNs: Nanos, seat: number, what: string, detail: unknown): void {
    const at = this.#count++ % KEPT;
    this.#timesNs[at] = timeNs;
    this.#seats[at] = seat;
    this.#whats[at] = what;
    this.#details[at] = detail;
  }

  /** The newest last. */
  lines(nameOf: (seat: number) => string): string[] {
    const lines: string[] = [];
    for (let place = Math.max(0, this.#count - KEPT); place < this.#count; place++) {
      const at = place % KEPT;
      const seconds = (this.#timesNs[at] / 1e9).toFixed(6).padStart(11);
      const detail = this.#details[at];
      const text = detail === undefined ? "" : ` ${describe(detail)}`;
      lines.push(`${seconds} s  ${nameOf(this.#seats[at])}  ${this.#whats[at]}${text}`);
    }
    return lines;
  }
}

const TEXT_MAX = 160;

function describe(detail: unknown): string {
  const text = JSON.stringify(detail, (_, value: unknown): unknown =>
    value instanceof Int32Array ? (value.length > 6 ? [...value.subarray(0, 6), "…"] : [...value]) : value,
  );
  return text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)}…` : text;
}
