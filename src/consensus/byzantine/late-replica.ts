import type { Nanos } from "../../core/units.ts";
import type { ReplicaContext } from "../replica.ts";
import type { StreamletMessage } from "../streamlet/message.ts";
import type { StreamletOptions } from "../streamlet/options.ts";
import { StreamletReplica } from "../streamlet/replica.ts";
import { epochAt, epochStartNs } from "../streamlet/rules.ts";
import { DeviantReplica } from "./deviant-replica.ts";

/** The liar's own timer; the honest part has number 1. */
const LATE_TIMER = 2;

interface Held {
  readonly atNs: Nanos;
  readonly to: number;
  readonly message: StreamletMessage;
}

/**
 * A replica that says nothing false, but all of it at the worst moment that Delta leaves it. Its proposals set out half a
 * Delta before the epoch's end, so that some hear of them in time to vote and others do not; its votes at the very end,
 * so that the next leader does not know of them. What it does cannot be told from a slow line, and proves nothing.
 */
export function lateReplica(options: StreamletOptions): DeviantReplica {
  const { deltaNs } = options;
  const held: Held[] = [];

  const hold = (context: ReplicaContext<StreamletMessage>, late: Held): void => {
    held.push(late);
    context.setTimer(late.atNs - context.nowNs, LATE_TIMER);
  };

  return new DeviantReplica(new StreamletReplica(options), {
    send(context, to, message) {
      const endNs = epochStartNs(epochAt(context.nowNs, deltaNs) + 1, deltaNs);
      const latestNs = message.kind === "proposal" ? endNs - Math.floor(deltaNs / 2) : endNs - 1;
      const isHeld = (message.kind === "proposal" || message.kind === "vote") && latestNs > context.nowNs;
      if (isHeld) hold(context, { atNs: latestNs, to, message });
      else context.send(to, message);
    },
    onTimer(context, tag) {
      if (tag !== LATE_TIMER) return false;
      const due = held.filter(({ atNs }) => atNs <= context.nowNs);
      held.splice(0, held.length, ...held.filter(({ atNs }) => atNs > context.nowNs));
      for (const { to, message } of due) context.send(to, message);
      return true;
    },
  });
}
