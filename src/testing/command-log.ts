import type { Nanos } from "../core/units.ts";
import type { JournalPort } from "../kernel/journal-port.ts";
import { CommandWord } from "../model/command.ts";
import { FlagBits, sideOf } from "../model/order-flags.ts";
import { RecordKind } from "../model/record.ts";
import { SIDE_NAMES } from "../model/side.ts";

export interface LoggedCommand {
  readonly timeNs: Nanos;
  readonly owner: number;
  readonly kind: "submit" | "cancel" | "cancelAll" | "other";
  readonly side: "buy" | "sell";
  readonly priceTicks: number;
  readonly qtyLots: number;
  readonly postOnly: boolean;
}

const KINDS = new Map<number, LoggedCommand["kind"]>([
  [RecordKind.submitOrder, "submit"],
  [RecordKind.cancelOrder, "cancel"],
  [RecordKind.cancelAllOrders, "cancelAll"],
]);

/** A journal that keeps every command that reached a venue, decoded, for tests to look at. */
export class CommandLog implements JournalPort {
  readonly commands: LoggedCommand[] = [];

  command(timeNs: Nanos, words: Int32Array, at: number): void {
    const flags = words[at + CommandWord.flags];
    this.commands.push({
      timeNs,
      owner: words[at + CommandWord.owner],
      kind: KINDS.get(words[at]) ?? "other",
      side: SIDE_NAMES[sideOf(flags)],
      priceTicks: words[at + CommandWord.priceTicks],
      qtyLots: words[at + CommandWord.qtyLots],
      postOnly: (flags & FlagBits.postOnly) !== 0,
    });
  }

  input(): void {}

  directive(): void {}

  checkpoint(): void {}

  of(owner: number): LoggedCommand[] {
    return this.commands.filter((command) => command.owner === owner);
  }

  submitsOf(owner: number): LoggedCommand[] {
    return this.of(owner).filter(({ kind }) => kind === "submit");
  }

  /** One line a command, such as `buy 100 @ 99990`, `cancel` or `cancelAll`. */
  textOf(owner: number): string[] {
    return this.of(owner).map(({ kind, side, qtyLots, priceTicks }) => {
      return kind === "submit" ? `${side} ${qtyLots} @ ${priceTicks}` : kind;
    });
  }
}
