import type { Replica } from "../replica.ts";
import type { StreamletMessage } from "../streamlet/message.ts";

/** A replica that never says anything, whatever it hears. */
export const silentReplica: Replica<StreamletMessage> = {
  onStart() {},
  onMessage() {},
  onTimer() {},
};
