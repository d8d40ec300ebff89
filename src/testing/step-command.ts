import { writeCancel, writeOwnerCommand, writeReplace, writeSubmit } from "../model/command.ts";
import { writeSetPhase } from "../model/phase.ts";
import { RecordKind } from "../model/record.ts";
import type { BookStep } from "./book-steps.ts";

const OWNER_COMMANDS = {
  cancelAll: RecordKind.cancelAllOrders,
  massCancel: RecordKind.massCancel,
  disconnect: RecordKind.disconnect,
} as const;

/** Steps that reach a venue as commands. The others set something up. */
export type CommandStep = Exclude<BookStep, { readonly do: "clock" | "expire" | "position" }>;

/** Writes the command of a step for one instrument. */
export function writeStep(
  words: Int32Array,
  doubles: Float64Array,
  at: number,
  { instrument, step }: { readonly instrument: number; readonly step: CommandStep },
): void {
  switch (step.do) {
    case "submit":
      writeSubmit(words, doubles, at, { instrument, ...step });
      break;
    case "cancel":
      writeCancel(words, at, { instrument, ...step });
      break;
    case "phase":
      writeSetPhase(words, doubles, at, { instrument, ...step });
      break;
    case "replace":
      writeReplace(words, at, { instrument, ...step });
      break;
    default:
      writeOwnerCommand(words, at, { kind: OWNER_COMMANDS[step.do], instrument, owner: step.owner });
  }
}
