/** The numbers of docs/proofs-on-recordings.md, which says what each class means. */

export const AMZN = {
  messages: 155_935,
  everyRow: { equal: 155_935, bestEqual: 155_935, classes: {} },
  withoutWindow: {
    equal: 161,
    bestEqual: 23_697,
    classes: { missing: 2_238, stale: 35_148, "missing and stale": 118_388 },
  },
  window: { messages: 12_051, levelsSeen: 11_005, levelsGone: 4_322 },
  origins: {
    best: { "orders only": 129_758, window: 26_030, snapshot: 142, "snapshot and window": 5 },
    tenLevels: { "orders only": 22_313, window: 132_259, snapshot: 86, "snapshot and window": 1_277 },
  },
  /** Order numbers rise through the day. This is the first of an order that arrived after the opening. */
  firstNumberOfTheDay: 16_202_496,
  orders: { "unseen, pre-open": 99, "unseen, of the day": 8_392, "seen, pre-open": 27 },
  hiddenExecutions: 2_445,
  executions: {
    all: {
      "named order": 7_703,
      "unknown order": 1_052,
      "gone already": 134,
      "another order first": 77,
      "lots of the snapshot first": 8,
    },
    atClearLevels: { "named order": 6_682, "gone already": 3, "another order first": 15 },
  },
  deletions: { "just that": 58_459, "unknown order": 7_329, "gone already": 721, less: 173, more: 3 },
} as const;

export interface BinanceFacts {
  readonly file: string;
  readonly name: string;
  readonly rows: number;
  /** Update ids that a diff and a bookTicker share. */
  readonly shared: number;
  /** Of these, the ones that are right when every 50th row is left out, if it is a level. */
  readonly equalWhenTorn: number;
  /** What became of the recorded trades: orders, and those of them that found all they wanted, or nothing. */
  readonly trades: { readonly all: number; readonly filled: number; readonly empty: number };
}

export const BINANCE: readonly BinanceFacts[] = [
  {
    file: "spot_btcusdt_20240808.raw.gz",
    name: "Binance spot BTCUSDT",
    rows: 191_944,
    shared: 564,
    equalWhenTorn: 501,
    trades: { all: 9_757, filled: 7_668, empty: 2_031 },
  },
  {
    file: "usdm_btcusdt_20240808.raw.gz",
    name: "Binance USD-M BTCUSDT",
    rows: 599_082,
    shared: 629,
    equalWhenTorn: 592,
    trades: { all: 21_313, filled: 19_573, empty: 1_659 },
  },
  {
    file: "cm_btcusd_perp_20240808.raw.gz",
    name: "Binance COIN-M BTCUSD_PERP",
    rows: 338_580,
    shared: 1_124,
    equalWhenTorn: 1_054,
    trades: { all: 2_286, filled: 2_208, empty: 72 },
  },
];
