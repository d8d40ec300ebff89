/**
 * A replica's disk: records that are appended to a log, each whole or not there. Only what was synced outlives a crash
 * for certain; what was not may be lost from the end on, and the last of it torn.
 */
export interface Disk {
  /** Appends a copy of the words. */
  append(record: Int32Array): void;
  /** Returns when everything appended is safe. */
  sync(): void;
  /** Puts other records in the place of all, in one step that a crash makes whole or not at all. They are safe then. */
  rewrite(records: readonly Int32Array[]): void;
  /** Everything that was appended and is still there, in order. */
  readonly records: readonly Int32Array[];
}
