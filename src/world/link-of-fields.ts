import type { DelayLaw } from "../network/delay-law.ts";
import { simBlockDelay } from "../network/delay-law.ts";
import type { LinkSpec } from "../network/link-spec.ts";
import type { Nanos } from "../core/units.ts";
import type { LinkFields } from "./scenario/link-schema.ts";

/**
 * A link with those properties changed that a scenario gives.
 * @param startNs time of day at which the run begins
 */
export function linkOfFields(base: LinkSpec, fields: LinkFields, startNs: Nanos): LinkSpec {
  const { delay = base.delayNs, bandwidth, queue, codel, load, reorder, spikes } = fields;
  const drawn = jitterOf(fields.jitter);
  return {
    delayNs: delay + drawn.delayNs,
    jitter: drawn.jitter ?? (drawn.delayNs > 0 ? undefined : base.jitter),
    bandwidthBps: bandwidth ?? base.bandwidthBps,
    queueBytesMax: queue ?? base.queueBytesMax,
    codel: codel === undefined ? base.codel : { targetNs: codel.target, intervalNs: codel.interval },
    loss: fields.loss ?? base.loss,
    duplicate: fields.duplicate ?? base.duplicate,
    corrupt: fields.corrupt ?? base.corrupt,
    reorder: reorder === undefined ? base.reorder : { probability: reorder.probability, holdBackNs: reorder.holdBack },
    load: load === undefined ? base.load : { trough: load.trough, peak: load.peak, peakAtNs: load.peakAt - startNs },
    spikes:
      spikes === undefined ? base.spikes : { everyNs: spikes.every, lastsNs: spikes.lasts, delayNs: spikes.delay },
  };
}

/** The law of a link's jitter, and what SimBlock's law has in place of one where its mean is short. */
function jitterOf(jitter: LinkFields["jitter"]): { readonly delayNs: Nanos; readonly jitter: DelayLaw | undefined } {
  if (jitter === undefined) return { delayNs: 0, jitter: undefined };
  if (jitter.kind !== "simBlock") return { delayNs: 0, jitter };
  const { delay, jitter: law } = simBlockDelay(jitter.mean);
  return { delayNs: delay, jitter: law };
}
