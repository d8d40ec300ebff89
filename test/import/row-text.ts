import { type RecordingChunk, RowFlag, RowKind } from "../../src/store/columnar/recording-chunk.ts";

const KIND_NAMES = new Map<number, string>(Object.entries(RowKind).map(([name, kind]) => [kind, name]));

/** Rows as text, so that tests show tables: `level bid 10000 @ 10 #12 lastOfFrame`. */
export function rowTexts(recording: RecordingChunk): string[] {
  return Array.from({ length: recording.rows }, (_, i) => {
    const flags = Object.entries(RowFlag).filter(([, bit]) => (recording.flags[i] & bit) !== 0);
    const kind = KIND_NAMES.get(recording.kind[i]) ?? `kind ${recording.kind[i]}`;
    const side = recording.side[i] === 0 ? "buy" : "sell";
    const level = `${kind} ${side} ${recording.price[i]} x ${recording.qty[i]} #${recording.sequence[i]}`;
    const order = recording.orderId[i] === 0 ? "" : ` order ${recording.orderId[i]}`;
    return [level + order, ...flags.map(([name]) => name)].join(" ");
  });
}
