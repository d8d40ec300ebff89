import { arcsin, cos, sin } from "../../core/portable-trigonometry.ts";
import type { Coordinates } from "./cities.ts";

/** Mean radius of the Earth (IUGG), in kilometres. */
const EARTH_RADIUS_KM = 6_371.009;
const RADIANS = Math.PI / 180;

/** Length of the great circle between two points, by the haversine formula, in kilometres. */
export function distanceKm(a: Coordinates, b: Coordinates): number {
  const north = sin(((b.latitude - a.latitude) * RADIANS) / 2);
  const east = sin(((b.longitude - a.longitude) * RADIANS) / 2);
  const square = north * north + cos(a.latitude * RADIANS) * cos(b.latitude * RADIANS) * east * east;
  return 2 * EARTH_RADIUS_KM * arcsin(Math.min(1, Math.sqrt(square)));
}
