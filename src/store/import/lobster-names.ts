/** What the name of a file in a LOBSTER zip says: `AMZN_2012-06-21_34200000_57600000_message_5.csv`. */
export interface LobsterName {
  readonly ticker: string;
  /** Trading day, as `2012-06-21`. */
  readonly date: string;
  readonly content: "message" | "orderbook";
  /** Levels a side of the window. */
  readonly levels: number;
}

/** Levels a side that are read: LOBSTER offers up to 200. */
export const LOBSTER_LEVELS_MAX = 1_000;

const NAME = /^(?:.*\/)?([A-Za-z0-9.-]{1,20})_(\d{4}-\d{2}-\d{2})_\d+_\d+_(message|orderbook)_(\d{1,4})\.csv$/;

/** @returns undefined where the name is not LOBSTER's. */
export function parseLobsterName(fileName: string): LobsterName | undefined {
  const match = NAME.exec(fileName);
  if (match === null) return undefined;
  const [, ticker, date, content, levelsText] = match;
  const levels = Number(levelsText);
  if (levels < 1 || levels > LOBSTER_LEVELS_MAX || Number.isNaN(Date.parse(date))) return undefined;
  return { ticker, date, content: content === "message" ? "message" : "orderbook", levels };
}

/**
 * Midnight in New York, from which LOBSTER counts its seconds.
 *
 * The offset is the one in force at the market's opening. On the two Sundays a year when it changes there is no trading.
 *
 * @returns Unix seconds, and the offset as text, such as "-04:00".
 */
export function midnightInNewYork(date: string): { unixSeconds: number; offset: string } {
  const opening = new Date(`${date}T14:30:00Z`);
  const format = new Intl.DateTimeFormat("en-US", { timeZone: "America/New_York", timeZoneName: "longOffset" });
  const name = format.formatToParts(opening).find(({ type }) => type === "timeZoneName")?.value ?? "";
  const offset = name.replace(/^GMT/, "");
  return { unixSeconds: Date.parse(`${date}T00:00:00${offset}`) / 1000, offset };
}
