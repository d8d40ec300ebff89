/** Places, links, routes, transports and faults under the kernel. */
export type { DelayLaw } from "./delay-law.ts";
export { simBlockDelay } from "./delay-law.ts";
export type { NetworkFault } from "./faults/fault.ts";
export { drawFaults } from "./faults/random-faults.ts";
export type { RandomFaultSpec } from "./faults/random-faults.ts";
export type { Access, Edge, Graph, Place } from "./graph.ts";
export { bothWays, unreachablePlaces } from "./graph.ts";
export type { Location } from "./hosts.ts";
export type { LinkSpec, LossLaw } from "./link-spec.ts";
export { expectedDelayNs, meanLoss, plainLink } from "./link-spec.ts";
export type { NetworkCounts } from "./network-counts.ts";
export { Network } from "./network.ts";
export type { NetworkOptions } from "./network.ts";
export type { Route, RouteMetric } from "./routes.ts";
export type { Transport } from "./transport/wire-size.ts";
