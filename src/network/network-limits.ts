/** Places that a graph may have. Routing keeps a row of 12 bytes a place for each place that is somebody's goal. */
export const PLACES_MAX = 1_024;

/** Links from place to place, each direction counted: a full mesh of 512 places. */
export const LINKS_MAX = 512 * 511;

/** Packets under way at once. A step's number has room for 2^28 of them. */
export const PACKETS_MAX = 1 << 24;

/** Ordered pairs of actors that have talked. */
export const FLOWS_MAX = 1 << 22;

/** Faults of one run, those drawn at random and each cut of a flapping link counted. */
export const FAULTS_MAX = 100_000;

/** Bytes that may wait for a link where nothing is said. */
export const QUEUE_BYTES_DEFAULT = 256_000;

/** Times that a packet goes from place to place: more means that routes went in a circle while they changed. */
export const HOPS_MAX = 255;
