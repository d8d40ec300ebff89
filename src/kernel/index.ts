/** The deterministic runtime: actors, time, chance, messages, and the drivers that tie it to real time. */
export type { Actor, ActorContext, TimerHandle } from "./actor.ts";
export { ActorFailure } from "./actor-failure.ts";
export type { Carrier, CarrierHost } from "./carrier.ts";
export type { Clock } from "./clock.ts";
export { ClockSkew } from "./clock-skew.ts";
export type { Driver, Progress, RunEnd, RunOptions } from "./driver.ts";
export type { ExternalInput } from "./external-input.ts";
export { CHECKPOINT_EVENTS, discardingJournal } from "./journal-port.ts";
export type { JournalPort } from "./journal-port.ts";
export { Kernel } from "./kernel.ts";
export type { KernelOptions } from "./kernel.ts";
export type { Link } from "./link.ts";
export { ConstantLink, LineLink, MatrixLink, UniformLink } from "./links.ts";
export { systemClock } from "./system-clock.ts";
export { VirtualDriver } from "./virtual-driver.ts";
export type { VirtualDriverOptions } from "./virtual-driver.ts";
export { INPUTS_WAITING_MAX, WallDriver } from "./wall-driver.ts";
export type { WallDriverOptions } from "./wall-driver.ts";
