import { z } from "zod";
import { bandwidth, byteSize, duration, positiveDuration, probability, timeOfDay } from "./fields.ts";

const correlation = z
  .number()
  .min(0)
  .max(0.999)
  .default(0)
  .describe("How much a packet's draw goes with that of the one before");
const shape = z.number().positive().max(1_000);

const jitter = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("uniform"),
      low: duration.prefault("0s"),
      high: duration.describe("At most"),
      correlation,
    }),
    z.strictObject({
      kind: z.literal("normal"),
      mean: duration.prefault("0s"),
      deviation: duration.describe("Standard deviation; the whole delay is never below 0"),
      correlation,
    }),
    z.strictObject({
      kind: z.literal("logNormal"),
      median: duration,
      sigma: z.number().min(0).max(5).describe("Standard deviation of the logarithm"),
      correlation,
    }),
    z.strictObject({
      kind: z.literal("pareto"),
      scale: positiveDuration.describe("The least value"),
      shape: shape.describe("The share above x is (scale / x)^shape"),
      correlation,
    }),
    z.strictObject({
      kind: z.literal("generalisedPareto"),
      scale: positiveDuration,
      shape: z.number().min(-1).max(10).describe("Heavy tails above 0, exponential at 0, bounded below 0"),
      correlation,
    }),
    z.strictObject({
      kind: z.literal("empirical"),
      quantiles: z.array(duration).min(2).max(10_000).describe("Measured quantiles at even distances, rising"),
      correlation,
    }),
    z.strictObject({
      kind: z.literal("simBlock"),
      mean: duration.describe("Mean of SimBlock's law, a Pareto law of scale mean - 5 ms and shape 0.2 mean / ms"),
    }),
  ])
  .describe("What is added to the delay, drawn for each packet");

const loss = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("bernoulli"), probability: probability.describe("Of each packet, by itself") }),
    z.strictObject({
      kind: z.literal("gilbertElliott"),
      p: probability.describe("Chance to go from the good to the bad state, with each packet"),
      r: probability.describe("Chance to come back; bad spells last 1 / r packets on average"),
      h: probability.default(0).describe("Chance to get through in the bad state"),
      k: probability.default(1).describe("Chance to get through in the good state"),
    }),
  ])
  .describe("How packets are lost on the wire");

/** The fields of a link. All may be left out; an entry of `links` changes only those that it has. */
export const linkFields = {
  delay: duration.optional().describe("Propagation, the same for every packet; 0s if left out"),
  jitter: jitter.optional(),
  bandwidth: bandwidth.optional().describe("Packets leave one after the other at this rate; at once if left out"),
  queue: byteSize.optional().describe("What waits at most; the rest is dropped. 256kB if left out"),
  codel: z
    .strictObject({
      target: positiveDuration.prefault("10ms").describe("Packets should not wait longer"),
      interval: positiveDuration.prefault("100ms").describe("For how long they may, before the first is dropped"),
    })
    .optional()
    .describe("Controlled delay (RFC 8289) instead of a queue that fills up"),
  loss: loss.optional(),
  duplicate: probability.optional().describe("Probability that a packet arrives twice"),
  corrupt: probability.optional().describe("Probability that it is damaged, and discarded by its receiver"),
  reorder: z
    .strictObject({
      probability,
      holdBack: positiveDuration.describe("By how much such a packet is later than it should be"),
    })
    .optional()
    .describe("Packets that others overtake"),
  load: z
    .strictObject({
      trough: z.number().min(0).max(0.99).describe("Share of the bandwidth at the quietest time of the day"),
      peak: z.number().min(0).max(0.99).describe("And at the busiest, 12 hours later"),
      peakAt: timeOfDay.prefault("15:00").describe("When that is"),
    })
    .optional()
    .describe("Other people's traffic"),
  spikes: z
    .strictObject({
      every: positiveDuration.describe("Mean time between two"),
      lasts: positiveDuration,
      delay: duration.describe("What packets take longer meanwhile"),
    })
    .optional()
    .describe("Bursts of delay at random moments"),
};

const link = z.strictObject(linkFields);
export type LinkFields = z.output<typeof link>;
