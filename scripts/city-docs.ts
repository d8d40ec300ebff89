import { CITIES } from "../src/network/geography/cities.ts";

/** The cities that a scenario can name. */
export function renderCities(): string {
  return `${[...CITIES.keys()].map((name) => `\`${name}\``).join(", ")}.`;
}
