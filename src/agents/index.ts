/** What an agent's file needs. */
export type { CommitSchedule, CommitWindows } from "./commit-schedule.ts";
export { commitWindowsAt } from "./commit-schedule.ts";
export { committing } from "./committing.ts";
export { defineAgent } from "./define-agent.ts";
export type { Algorithm } from "../desk/execution/algorithms/plan.ts";
export type {
  Agent,
  AgentFactory,
  AgentHandlers,
  AgentSetup,
  BookLevel,
  BookSnapshot,
  FeedOptions,
  Fill,
  FundamentalPath,
  LevelChange,
  Market,
  NewOrder,
  Note,
  OrderChange,
  OrderEvent,
  OverheardOrder,
  Quote,
  Trade,
} from "./port.ts";
export {
  NS_PER_DAY,
  NS_PER_HOUR,
  NS_PER_MICROSECOND,
  NS_PER_MILLISECOND,
  NS_PER_MINUTE,
  NS_PER_SECOND,
} from "../core/units.ts";
