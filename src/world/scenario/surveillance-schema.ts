import { z } from "zod";
import type { DetectorName } from "../../market/surveillance/alert.ts";
import { DETECTOR_KINDS } from "../../market/surveillance/detector-kinds.ts";

const NAMES = DETECTOR_KINDS.map(({ name }) => name) as [DetectorName, ...DetectorName[]];

export const surveillance = z
  .union([z.boolean(), z.strictObject({ detectors: z.array(z.enum(NAMES)).min(1).describe("Those that look") })])
  .describe("Whether detectors watch the venues, and which of them; docs/surveillance.md has each");
