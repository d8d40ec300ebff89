/** What a soak does, as the environment says it. */
export interface SoakSettings<Profile> {
  readonly seeds: readonly number[];
  /** For each seed and profile. */
  readonly commands: number;
  readonly profiles: readonly Profile[];
}

/**
 * Reads TRADESWARM_SOAK_SEED (the first seed), TRADESWARM_SOAK_SEEDS (how many; one when the first is named),
 * TRADESWARM_SOAK_COMMANDS and TRADESWARM_SOAK_PROFILE (one profile only).
 * @throws {Error} when one of them makes no sense
 */
export function soakSettings<Profile extends { readonly name: string }>(defaults: {
  readonly seeds: number;
  readonly commands: number;
  readonly profiles: readonly Profile[];
}): SoakSettings<Profile> {
  const first = wholeNumber("TRADESWARM_SOAK_SEED", 1);
  const count = wholeNumber(
    "TRADESWARM_SOAK_SEEDS",
    process.env["TRADESWARM_SOAK_SEED"] === undefined ? defaults.seeds : 1,
  );
  const profileName = process.env["TRADESWARM_SOAK_PROFILE"];
  const profiles = defaults.profiles.filter(({ name }) => profileName === undefined || name === profileName);
  if (profiles.length === 0) throw new Error(`TRADESWARM_SOAK_PROFILE: no profile is called "${profileName}"`);
  return {
    seeds: Array.from({ length: count }, (_, place) => first + place),
    commands: wholeNumber("TRADESWARM_SOAK_COMMANDS", defaults.commands),
    profiles,
  };
}

function wholeNumber(variable: string, otherwise: number): number {
  const text = process.env[variable];
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new Error(`${variable}: expected a whole number above 0, found "${text}"`);
}
