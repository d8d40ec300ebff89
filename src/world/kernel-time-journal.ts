import type { JournalPort } from "../kernel/journal-port.ts";
import type { Kernel } from "../kernel/kernel.ts";

/**
 * A journal whose commands bear the kernel's time, whatever a venue's clock shows: its entries stand in order of time,
 * and a venue's clock may be wrong.
 */
export function withKernelTime(journal: JournalPort, kernel: Kernel): JournalPort {
  return {
    input: (timeNs, to, records) => journal.input(timeNs, to, records),
    directive: (timeNs, directive) => journal.directive(timeNs, directive),
    command: (_, words, at) => journal.command(kernel.nowNs, words, at),
    checkpoint: (timeNs, events, tape) => journal.checkpoint(timeNs, events, tape),
  };
}
