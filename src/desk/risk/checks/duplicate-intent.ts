import type { RiskCheck } from "../request.ts";
import { allow } from "../request.ts";

/** An agent counts its intents up, so one number is enough to know every intent that it has sent before. */
export const duplicateIntent: RiskCheck = {
  reason: "duplicateIntent",
  lotsAllowed(request, desk) {
    const { agent, number } = request.intent;
    const last = desk.lastIntents[agent];
    return Number.isSafeInteger(number) && number > last
      ? request.lots
      : allow(request, 0, { limit: last, found: number });
  },
};
