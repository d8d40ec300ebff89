import { formatTimeOfDay } from "../core/duration.ts";
import type { Progress } from "../kernel/driver.ts";
import type { Scenario } from "../world/scenario/schema.ts";
import { compact, styled } from "./terminal.ts";

const BAR_CHARS = 28;
/** Without a terminal, a line this often. */
const LINE_MS = 5_000;
const CLEAR_LINE = "\r\u001B[2K";

export interface ProgressBarOptions {
  readonly isQuiet: boolean;
  readonly stream?: Pick<NodeJS.WriteStream, "isTTY" | "write">;
  readonly nowMs?: () => number;
}

/** How far long work is: a bar that moves on a terminal, a line every few seconds elsewhere, nothing when quiet. */
export class ProgressBar {
  readonly #isQuiet: boolean;
  readonly #stream: Pick<NodeJS.WriteStream, "isTTY" | "write">;
  readonly #nowMs: () => number;
  #lastLineMs: number;
  #isShown = false;

  constructor(options: ProgressBarOptions) {
    this.#isQuiet = options.isQuiet;
    this.#stream = options.stream ?? process.stderr;
    this.#nowMs = options.nowMs ?? (() => performance.now());
    this.#lastLineMs = this.#nowMs();
  }

  /** @param share what is done, 0 to 1 */
  update(share: number, text: string): void {
    if (this.#isQuiet) return;
    const done = Math.min(1, Math.max(0, share));
    const percent = `${String(Math.floor(done * 100)).padStart(3)} %`;
    if (this.#stream.isTTY) {
      const full = Math.round(done * BAR_CHARS);
      const bar =
        styled("cyan", "█".repeat(full), this.#stream) + styled("dim", "░".repeat(BAR_CHARS - full), this.#stream);
      this.#stream.write(`${CLEAR_LINE}  ${bar} ${percent}  ${text}`);
      this.#isShown = true;
      return;
    }
    if (this.#nowMs() - this.#lastLineMs < LINE_MS) return;
    this.#lastLineMs = this.#nowMs();
    this.#stream.write(`  ${percent}  ${text}\n`);
  }

  /** Takes the bar away. */
  clear(): void {
    if (this.#isShown) this.#stream.write(CLEAR_LINE);
    this.#isShown = false;
  }
}

/** Shows how far a run is, from now on. */
export function showRun(bar: ProgressBar, scenario: Scenario): (progress: Progress) => void {
  const startMs = performance.now();
  return ({ timeNs, events }) => {
    const seconds = Math.max(performance.now() - startMs, 1) / 1000;
    const speed = compact(timeNs / 1e9 / seconds);
    const text = `${formatTimeOfDay(scenario.start + timeNs)}  ${compact(events / seconds)} events/s  ${speed} x real time`;
    bar.update(timeNs / scenario.duration, text);
  };
}
