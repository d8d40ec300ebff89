/** Proof of work: the heaviest chain, and what miners do who do not follow the rules. */
export { doubleSpendOdds, selfishRevenue, selfishThreshold } from "./attack-odds.ts";
export type { Block, BlockHeader, BlockId } from "./block.ts";
export type { Proof } from "./block-rules.ts";
export type { ChainMessage } from "./chain-message.ts";
export { chainCodec } from "./chain-message.ts";
export { confirmationsOf } from "./confirmations.ts";
export type { DoubleSpenderOptions } from "./double-spender.ts";
export { DoubleSpender } from "./double-spender.ts";
export type { HashMiningOptions, Mining } from "./mining.ts";
export { HashMining, SimulatedMining } from "./mining.ts";
export type { ChainObserver, NodeOptions } from "./node.ts";
export { ProofOfWorkNode } from "./node.ts";
export type { ChainParameters } from "./parameters.ts";
export { CHAIN_DEFAULTS } from "./parameters.ts";
export { supplyAt } from "./reward.ts";
export { SelfishMiner } from "./selfish-miner.ts";
export type { Strategy, StrategyActions } from "./strategy.ts";
export { honest } from "./strategy.ts";
