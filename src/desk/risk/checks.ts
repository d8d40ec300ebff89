import { concentration } from "./checks/concentration.ts";
import { dailyLoss } from "./checks/daily-loss.ts";
import { drawdown } from "./checks/drawdown.ts";
import { duplicateIntent } from "./checks/duplicate-intent.ts";
import { feedDegraded } from "./checks/feed-degraded.ts";
import { freeBalance } from "./checks/free-balance.ts";
import { grossExposure } from "./checks/gross-exposure.ts";
import { intentExpired } from "./checks/intent-expired.ts";
import { invalidIntent } from "./checks/invalid-intent.ts";
import { marketMoved } from "./checks/market-moved.ts";
import { netExposure } from "./checks/net-exposure.ts";
import { orderNotional } from "./checks/order-notional.ts";
import { orderRate } from "./checks/order-rate.ts";
import { orderSize } from "./checks/order-size.ts";
import { outsideWindow } from "./checks/outside-window.ts";
import { position } from "./checks/position.ts";
import { positionCount } from "./checks/position-count.ts";
import { priceCollar } from "./checks/price-collar.ts";
import { reconciling } from "./checks/reconciling.ts";
import { reducingOnly } from "./checks/reducing-only.ts";
import { restricted } from "./checks/restricted.ts";
import { riskPerTrade } from "./checks/risk-per-trade.ts";
import { selfCross } from "./checks/self-cross.ts";
import { slippage } from "./checks/slippage.ts";
import { staleReference } from "./checks/stale-reference.ts";
import { stopRequired } from "./checks/stop-required.ts";
import { tooVolatile } from "./checks/too-volatile.ts";
import { tradingHalted } from "./checks/trading-halted.ts";
import type { RiskCheck } from "./request.ts";

/**
 * All checks in the order in which they are made: what is wrong with the intent itself, whether one may trade at all,
 * whether the market is as it should be, and then amounts. Checks that may take away lots come in an order in which
 * each one's answer still holds for fewer lots, so every later check sees the order as it would be sent.
 */
export const RISK_CHECKS: readonly RiskCheck[] = [
  invalidIntent,
  duplicateIntent,
  intentExpired,
  tradingHalted,
  reconciling,
  restricted,
  outsideWindow,
  reducingOnly,
  feedDegraded,
  staleReference,
  marketMoved,
  tooVolatile,
  priceCollar,
  stopRequired,
  orderSize,
  orderNotional,
  riskPerTrade,
  position,
  grossExposure,
  netExposure,
  concentration,
  positionCount,
  dailyLoss,
  drawdown,
  freeBalance,
  slippage,
  selfCross,
  orderRate,
];
