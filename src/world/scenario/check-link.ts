import { formatDuration } from "../../core/duration.ts";
import type { Finding, Path } from "./finding.ts";
import type { LinkFields } from "./link-schema.ts";

/** What a schema cannot say of a link's fields. */
export function checkLink({ jitter, codel, queue }: LinkFields, path: Path): Finding[] {
  const findings: Finding[] = [];
  if (jitter?.kind === "uniform" && jitter.low > jitter.high) {
    const message = `expected at most high (${formatDuration(jitter.high)}), found ${formatDuration(jitter.low)}`;
    findings.push({ path: [...path, "jitter", "low"], message });
  }
  if (jitter?.kind === "empirical") {
    const fall = jitter.quantiles.findIndex((ns, i) => i > 0 && ns < jitter.quantiles[i - 1]);
    if (fall > 0) {
      const message = `expected at least the one before, found ${formatDuration(jitter.quantiles[fall])}`;
      findings.push({ path: [...path, "jitter", "quantiles", fall], message });
    }
  }
  if (codel !== undefined && codel.target > codel.interval) {
    const message = `expected at most interval (${formatDuration(codel.interval)}), found ${formatDuration(codel.target)}`;
    findings.push({ path: [...path, "codel", "target"], message });
  }
  if (queue !== undefined && queue < QUEUE_BYTES_MIN) {
    findings.push({
      path: [...path, "queue"],
      message: `expected room for the largest packet (${QUEUE_BYTES_MIN}B), found ${queue}B`,
    });
  }
  return findings;
}

/** The largest message is 64 records of 64 bytes, and its headers. */
const QUEUE_BYTES_MIN = 4_200;
