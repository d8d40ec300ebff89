import type { Nanos } from "../../../core/units.ts";
import { NS_PER_MINUTE } from "../../../core/units.ts";
import { Reason } from "../../../model/reason.ts";
import { RecordKind } from "../../../model/record.ts";
import { AccountStates } from "../account-states.ts";
import type { AlertLog } from "../alert-log.ts";
import type { Detector, DetectorSite } from "../detector.ts";
import type { MarketEvent } from "../market-event.ts";
import { RecentEvents } from "../recent-events.ts";

export interface UnrevealedCommitsThresholds {
  /** So many commits that were not revealed, within the time. */
  readonly commits: number;
  readonly withinNs: Nanos;
  /** And their share in all commits of the account. */
  readonly share: number;
}

/** A lost message or a crash costs a reveal now and then; who means to trade reveals nearly all that it commits to. */
export const UNREVEALED_COMMITS_THRESHOLDS: UnrevealedCommitsThresholds = {
  commits: 10,
  withinNs: 5 * NS_PER_MINUTE,
  share: 0.5,
};

class CommitState {
  readonly unrevealed: RecentEvents;
  ended = 0;
  missed = 0;

  constructor(commits: number) {
    this.unrevealed = new RecentEvents(commits);
  }
}

/** Commits to orders that are never shown: they take places in the batch, and keep everybody in the dark. */
export class UnrevealedCommitsDetector implements Detector {
  readonly #log: AlertLog;
  readonly #thresholds: UnrevealedCommitsThresholds;
  readonly #states: AccountStates<CommitState>;

  constructor({ log }: DetectorSite, thresholds = UNREVEALED_COMMITS_THRESHOLDS) {
    this.#log = log;
    this.#thresholds = thresholds;
    this.#states = new AccountStates(() => new CommitState(thresholds.commits));
  }

  see(event: MarketEvent): void {
    // The collateral comes back when a commit is over, however it ended; a batch that is void is nobody's fault.
    if (event.kind !== RecordKind.collateralReleased || event.reason === Reason.batchVoid) return;
    const state = this.#states.of(event.instrument, event.account);
    state.ended++;
    if (event.reason !== Reason.notRevealed) return;
    state.missed++;
    state.unrevealed.add(event.timeNs, event.sequence);
    const { commits, withinNs, share } = this.#thresholds;
    if (!state.unrevealed.isFull) return;
    const spanNs = event.timeNs - state.unrevealed.timeNs(commits - 1);
    const missed = state.missed / state.ended;
    if (spanNs > withinNs || missed < share) return;
    this.#log.raise("unrevealedCommits", event, {
      accounts: [event.account],
      score: missed / share,
      finding: `${state.missed} of ${state.ended} commits were not revealed, the last ${commits} of them within ${(spanNs / 1e9).toFixed(1)} s`,
      evidence: state.unrevealed.newest(commits),
    });
  }
}
