/** Recordings of real markets: imported once into the project's own columnar file, read many times. */
export type { ColumnArray, ColumnSpec, ColumnType } from "./columnar/column.ts";
export { DatasetError, type DatasetFault } from "./columnar/dataset-error.ts";
export { type ChunkIndexEntry, type DatasetFooter, readDatasetSummary } from "./columnar/dataset-footer.ts";
export type { DatasetClosing, DatasetHeader } from "./columnar/dataset-header.ts";
export { DatasetReader } from "./columnar/dataset-reader.ts";
export { DatasetWriter } from "./columnar/dataset-writer.ts";
export {
  RECORDING_COLUMNS,
  type RecordingChunk,
  type RecordingRow,
  RowFlag,
  RowKind,
  type RowKindName,
} from "./columnar/recording-chunk.ts";
export { openDataset, readDataset, type Recording, RecordingReader } from "./columnar/recording-reader.ts";
export { RecordingWriter } from "./columnar/recording-writer.ts";
export { importRecording } from "./import/import-recording.ts";
export type { ImportGap, ImportOptions, ImportProgress, ImportSummary } from "./import/import-types.ts";
export { type LineFault, QUARANTINE_CODES, type QuarantineCode } from "./import/quarantine.ts";

/** The journal on disk: a run's flight recorder, described in docs/journal.md. */
export { ENTRY_KINDS, EntryKind, entryKindName, isRecordEntryKind } from "./journal/entry-kind.ts";
export type { EntryKindFacts, EntryKindName, JsonEntryKind, RecordEntryKind } from "./journal/entry-kind.ts";
export { MemorySource } from "./journal/byte-source.ts";
export type { ByteSource } from "./journal/byte-source.ts";
export { JournalCorrupt, JournalUnusable } from "./journal/journal-error.ts";
export type { Corruption } from "./journal/journal-error.ts";
export { JournalReader } from "./journal/journal-reader.ts";
export type { JournalEntry } from "./journal/journal-reader.ts";
export type { JournalSink } from "./journal/journal-sink.ts";
export { JournalWriter, SEGMENT_BUFFER_BYTES } from "./journal/journal-writer.ts";
export type { JournalWriterOptions } from "./journal/journal-writer.ts";
export { MAX_JSON_BYTES } from "./journal/layout.ts";
export { openJournal, truncateTornTail, verifyJournal, verifySource } from "./journal/recovery.ts";
export type { JournalReport } from "./journal/recovery.ts";
export type { ChainPosition } from "./journal/segment-encoder.ts";
export type { JournalTail } from "./journal/segment-reader.ts";
