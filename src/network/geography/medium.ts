import type { Nanos } from "../../core/units.ts";

/** By what the messages between two cities travel. */
export type Medium = "internet" | "fibre" | "microwave";

/** Light in a vacuum, in kilometres a second. */
const LIGHT_KM_S = 299_792.458;
/** Group index of glass fibre at 1,550 nm (ITU-T G.652 fibres): light in it does 204,000 km/s. */
const FIBRE_INDEX = 1.468;
/** Leased routes are longer than the great circle: 1.08 from London to New York (Hibernia Express), 1.17 from Chicago to
 * New Jersey (Spread Networks). */
const FIBRE_DETOUR = 1.15;
/** Air is as good as a vacuum; towers are nearly in line, and each repeats the signal. 8.1 ms there and back from
 * Chicago to New Jersey are 1.03 of what light needs. */
const MICROWAVE_DETOUR = 1.03;
/** Round trips between cities on the public Internet: 31.8 ms + 0.0174 ms/km, fitted to the city-to-city means of 2018. */
const INTERNET_ROUND_TRIP_NS = 31.8e6;
const INTERNET_ROUND_TRIP_NS_KM = 17_400;

/** One way over so many kilometres of great circle; nothing where there is no distance. */
export function mediumDelayNs(medium: Medium, km: number): Nanos {
  if (km === 0) return 0;
  switch (medium) {
    case "internet":
      return Math.round((INTERNET_ROUND_TRIP_NS + INTERNET_ROUND_TRIP_NS_KM * km) / 2);
    case "fibre":
      return Math.round((km * FIBRE_DETOUR * FIBRE_INDEX * 1e9) / LIGHT_KM_S);
    case "microwave":
      return Math.round((km * MICROWAVE_DETOUR * 1e9) / LIGHT_KM_S);
  }
}
