import type { LinkSpec } from "../../src/network/link-spec.ts";

/** When packets of one size come out of a link that only delays and queues: undefined for those that found no room. */
export function arrivalsNs(spec: LinkSpec, bytes: number, departuresNs: readonly number[]): (number | undefined)[] {
  const { delayNs, bandwidthBps, queueBytesMax } = spec;
  const serialisationNs = bandwidthBps === undefined ? 0 : Math.ceil((bytes * 8e9) / bandwidthBps);
  /** When each that was taken goes onto the wire. */
  const starts: number[] = [];
  let freeAtNs = 0;
  return departuresNs.map((atNs) => {
    const waitingBytes = starts.filter((startNs) => startNs > atNs).length * bytes;
    const mustWait = freeAtNs > atNs;
    if (mustWait && waitingBytes + bytes > queueBytesMax) return undefined;
    const startNs = Math.max(atNs, freeAtNs);
    starts.push(startNs);
    freeAtNs = startNs + serialisationNs;
    return freeAtNs + delayNs;
  });
}
