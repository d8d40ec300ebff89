import type { Nanos } from "../core/units.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Driver, Progress, RunEnd } from "../kernel/driver.ts";
import type { ExternalInput } from "../kernel/external-input.ts";
import type { Kernel } from "../kernel/kernel.ts";
import { VirtualDriver } from "../kernel/virtual-driver.ts";
import type { Change } from "../world/change.ts";
import { applyChange } from "../world/change.ts";
import type { World } from "../world/world.ts";

export interface FlightOptions {
  readonly clock: Clock;
  /** Kernel time per wall time; as fast as possible where nothing is said. */
  readonly pace?: number | undefined;
  /** Stops before the first event later than this, or after that many events. */
  readonly untilNs?: Nanos | undefined;
  readonly eventsMax?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** What is changed on the way, in order of events. */
  readonly changes?: readonly Change[] | undefined;
  /** Messages from outside and faults, in order of time. */
  readonly inputs?: readonly ExternalInput[] | undefined;
  /** Another driver than the virtual one, which then has the inputs and the pace to itself. */
  readonly createDriver?: ((kernel: Kernel) => Driver) | undefined;
  /** Called when a change has taken effect. */
  readonly onChange?: ((change: Change) => void) | undefined;
}

/** Lets a world live until its end, or as far as the options say. */
export async function fly(world: World, options: FlightOptions): Promise<RunEnd> {
  const { signal, onProgress } = options;
  const driver = (options.createDriver ?? ((kernel) => virtualDriver(kernel, options)))(world.kernel);
  const untilNs = Math.min(options.untilNs ?? Infinity, world.endNs);
  const eventsMax = options.eventsMax ?? Infinity;
  const leg = (legEvents: number): Promise<RunEnd> =>
    driver.run({
      untilNs,
      eventsMax: legEvents,
      ...(signal === undefined ? {} : { signal }),
      ...(onProgress === undefined ? {} : { onProgress }),
    });
  for (const change of options.changes ?? []) {
    if (change.events > eventsMax) break;
    if (world.kernel.events < change.events) {
      const end = await leg(change.events);
      if (end !== "events") return end;
    }
    applyChange(world, change);
    options.onChange?.(change);
  }
  return leg(eventsMax);
}

function virtualDriver(kernel: Kernel, { clock, pace, inputs = [] }: FlightOptions): Driver {
  return new VirtualDriver(kernel, { clock, inputs, ...(pace === undefined ? {} : { pace }) });
}
