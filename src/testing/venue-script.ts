import { RecordKind } from "../model/record.ts";
import { ChargeWord, ReportWord, TradeWord } from "../model/report.ts";
import { reasonName } from "../model/reason.ts";
import { EVERY_INSTRUMENT } from "../model/command.ts";
import { renderReport } from "./book-record-text.ts";
import { dedent } from "./book-script.ts";
import { parseStep } from "./book-step-text.ts";
import { waitingRecords } from "./stale-words.ts";
import type { StepTarget, TradingFloor } from "./trading-floor.ts";

/**
 * Runs a script of steps on a trading floor and writes it anew with what came of it: a script is right when it comes
 * back unchanged. Steps are those of book-step-text.ts, with accounts as owners; reports stand below them, indented:
 *
 *     deposit 2 USD 1000
 *     given sell 3:1 10@50
 *     buy 2:1 4@50
 *       accepted 2:1 #1 buy 4@50 left 4
 *       trade 0 4@50 buy 2:1 left 0, maker 3:1 left 6, fees 2 and -1
 *     accounts 2
 *       2: 800 USD, 4 BTC
 *
 * A step goes to the first instrument of the first venue, unless `at 1 …` names another instrument, `at 0/1 …` a venue
 * and an instrument, or `everywhere …` all instruments of the first venue. `given` runs a step that must not be refused
 * and hides what it did. `deposit`, `credit` and `on-disconnect 2` set up accounts, `accounts 2 3` shows them.
 *
 * @throws {BookCheckError} when money is wrong after a step
 */
export function runVenueScript(floor: TradingFloor, script: string): string {
  const lines: string[] = [];
  for (const line of dedent(script)
    .split("\n")
    .filter((text) => !text.startsWith(" "))) {
    lines.push(line, ...runLine(floor, line).map((text) => `  ${text}`));
    floor.take();
  }
  return lines.join("\n");
}

/** @returns what the line shows */
function runLine(floor: TradingFloor, line: string): string[] {
  const [verb, ...rest] = line.split(" ");
  switch (verb) {
    case "#":
      return [];
    case "deposit":
      floor.deposit(Number(rest[0]), rest[1], Number(rest[2]));
      return [];
    case "credit":
      floor.grantCredit(Number(rest[0]), rest[1], Number(rest[2]));
      return [];
    case "on-disconnect":
      for (const venue of floor.venues) venue.cancelOnDisconnect(Number(rest[0]));
      return [];
    case "accounts":
      return rest.map((account) => `${account}: ${renderAccount(floor, Number(account))}`);
    case "given": {
      const shown = runStep(floor, rest.join(" "));
      if (shown.some((text) => /^(rejected|refused)/.test(text))) throw new Error(`a given step was refused: ${line}`);
      return [];
    }
    default:
      return runStep(floor, line);
  }
}

function runStep(floor: TradingFloor, line: string): string[] {
  const [target, step] = readTarget(floor, line);
  floor.apply(parseStep(step), target);
  return renderVenueReports(target);
}

/** Every report that waits in the venue's ring, as lines of text. */
export function renderVenueReports(target: StepTarget): string[] {
  const { reports } = target.venue;
  return waitingRecords(reports).map((at) => renderVenueReport(target, reports, at));
}

function readTarget(floor: TradingFloor, line: string): [target: StepTarget, step: string] {
  const [first, ...rest] = line.split(" ");
  if (first === "everywhere") return [{ venue: floor.venues[0], instrument: EVERY_INSTRUMENT }, rest.join(" ")];
  if (first !== "at") return [{ venue: floor.venues[0], instrument: 0 }, line];
  const place = rest[0].split("/").map(Number);
  const [venue, instrument] = place.length === 1 ? [0, place[0]] : place;
  return [{ venue: floor.venues[venue], instrument }, rest.slice(1).join(" ")];
}

/** The text of book-record-text.ts, with a trade's fees and, where it is not the one asked for, the instrument. */
function renderVenueReport(
  target: StepTarget,
  records: { words: Int32Array; doubles: Float64Array },
  at: number,
): string {
  const instrument = records.words[at + ReportWord.instrument];
  const rules = target.venue.books[Math.max(0, Math.min(instrument, target.venue.books.length - 1))].rules;
  const words = records.words.slice(at, at + 16);
  words[ReportWord.instrument] = rules.instrument;
  const where = instrument === target.instrument ? "" : `at ${instrument} `;
  if (words[0] === RecordKind.charge) {
    const units = records.doubles[(at + ChargeWord.units) >> 1];
    return `${where}charged ${words[ChargeWord.owner]}: ${units} ${reasonName(words[ChargeWord.reason])}`;
  }
  if (words[0] !== RecordKind.trade) return where + renderReport(words, 0, rules).replace(/kind (\d+)/, nameOfKind);
  words.fill(0, TradeWord.takerFeeUnits);
  const fees = [TradeWord.takerFeeUnits, TradeWord.makerFeeUnits].map((word) => records.doubles[(at + word) >> 1]);
  const told = fees.every((fee) => Object.is(fee, 0))
    ? ""
    : `, fees ${fees.map((fee) => renderFee(fee)).join(" and ")}`;
  return `${where}${renderReport(words, 0, rules)}${told}`;
}

function nameOfKind(text: string, kind: string): string {
  const names = {
    cancelAllOrders: "cancel-all",
    massCancel: "mass-cancel",
    disconnect: "disconnect",
    engageKillSwitch: "engage",
    releaseKillSwitch: "release",
  } as const;
  for (const [name, shown] of Object.entries(names)) {
    if (RecordKind[name as keyof typeof names] === Number(kind)) return shown;
  }
  return text;
}

/** A negative 0 must show: it is no fee that anybody should be told. */
function renderFee(fee: number): string {
  return Object.is(fee, -0) ? "-0" : String(fee);
}

/** `800 USD, 4 BTC (1 reserved, may borrow 5)`; assets of which an account has nothing are left out. */
function renderAccount({ ledger, assets }: TradingFloor, account: number): string {
  const shown: string[] = [];
  assets.assets.forEach(({ code }, asset) => {
    const [balance, reserved, credit] = [
      ledger.balance(account, asset),
      ledger.reserved(account, asset),
      ledger.credit(account, asset),
    ];
    if (balance === 0 && reserved === 0 && credit === 0) return;
    const notes = [
      ...(reserved === 0 ? [] : [`${reserved} reserved`]),
      ...(credit === 0 ? [] : [`may borrow ${credit}`]),
    ];
    shown.push(`${balance} ${code}${notes.length === 0 ? "" : ` (${notes.join(", ")})`}`);
  });
  return shown.length === 0 ? "nothing" : shown.join(", ");
}
