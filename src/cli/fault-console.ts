import { createInterface } from "node:readline";
import type { Interface } from "node:readline";
import { formatDuration, formatTimeOfDay } from "../core/duration.ts";
import { UserError } from "../core/errors.ts";
import type { VirtualDriver } from "../kernel/virtual-driver.ts";
import { FaultCommands } from "../world/fault-commands.ts";
import type { Scenario } from "../world/scenario/schema.ts";

/** Takes faults while a run goes on, a command a line, and answers each: what begins when, or why it cannot be. */
export class FaultConsole {
  readonly #scenario: Scenario;
  readonly #input: NodeJS.ReadStream;
  readonly #commands: FaultCommands;
  #lines: Interface | undefined;

  /** @throws {UserError} where nothing could go wrong in the scenario's network */
  constructor(scenario: Scenario, input: NodeJS.ReadStream) {
    this.#scenario = scenario;
    this.#input = input;
    this.#commands = new FaultCommands(scenario);
  }

  /** Reads from now on. Lines that came before wait in the stream. */
  open(driver: VirtualDriver, say: (text: string) => void): void {
    this.#lines = createInterface({ input: this.#input, terminal: false });
    this.#lines.on("line", (line) => {
      const text = line.trim();
      if (text !== "" && !text.startsWith("#")) say(this.#take(text, driver));
    });
  }

  /** Lets go of the stream, which would otherwise keep the program awake. */
  close(): void {
    this.#lines?.close();
    this.#input.pause();
    this.#input.unref();
  }

  /** @returns the answer */
  #take(text: string, driver: VirtualDriver): string {
    try {
      const { atNs, begin } = this.#commands.read(text);
      const nowNs = driver.entryNs;
      const beginNs = atNs ?? nowNs;
      const { duration, start } = this.#scenario;
      if (beginNs < nowNs) throw late(`expected a time to come, found ${formatDuration(beginNs)}, which is over`);
      if (beginNs > duration) throw late(`expected at most ${formatDuration(duration)}, when the run ends`);
      driver.direct(nowNs, begin(beginNs));
      return `${formatTimeOfDay(start + beginNs, 3)}  ${text}`;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return `not done: ${text}\n${error.describe()}`;
    }
  }
}

function late(message: string): UserError {
  return new UserError("the fault cannot be", { problems: [{ path: "at", message }] });
}
