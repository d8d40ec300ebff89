/** What a journal entry is. The codes stand in files: a code is never changed or used again for something else. */
export const EntryKind = { manifest: 1, input: 2, command: 3, checkpoint: 4, end: 5 } as const;
export type EntryKind = (typeof EntryKind)[keyof typeof EntryKind];
export type EntryKindName = keyof typeof EntryKind;

/** Entries that hold a record of 16 int32 words. */
export type RecordEntryKind = typeof EntryKind.command | typeof EntryKind.checkpoint;
/** Entries that hold a JSON value. */
export type JsonEntryKind = Exclude<EntryKind, RecordEntryKind>;

export interface EntryKindFacts {
  readonly code: EntryKind;
  readonly holds: "record" | "json";
  readonly doc: string;
}

/** Every kind of entry with what it holds, the source of the table in docs/journal.md. */
export const ENTRY_KINDS: { readonly [Name in EntryKindName]: EntryKindFacts } = {
  manifest: {
    code: EntryKind.manifest,
    holds: "json",
    doc: "The run's resolved scenario, seed, commit and versions. The first entry.",
  },
  input: {
    code: EntryKind.input,
    holds: "json",
    doc: "Something from outside, when it enters the kernel: a message to an actor, a fault of the network, or a parameter that changes.",
  },
  command: {
    code: EntryKind.command,
    holds: "record",
    doc: "A command to a venue, in order of arrival, or a phase that an instrument of it has entered.",
  },
  checkpoint: {
    code: EntryKind.checkpoint,
    holds: "record",
    doc: "How far the run is: events processed, time and the rolling tape hash.",
  },
  end: {
    code: EntryKind.end,
    holds: "json",
    doc: "Why the run ended, its final tape hash and its counts. Nothing follows it.",
  },
};

export function isEntryKind(code: number): code is EntryKind {
  return code >= EntryKind.manifest && code <= EntryKind.end;
}

export function isRecordEntryKind(kind: EntryKind): kind is RecordEntryKind {
  return kind === EntryKind.command || kind === EntryKind.checkpoint;
}

/** The name of a kind, for messages. */
export function entryKindName(kind: EntryKind): EntryKindName {
  const names = Object.keys(EntryKind) as EntryKindName[];
  return names[kind - EntryKind.manifest];
}

/** The registry as a table in Markdown, for docs/journal.md. */
export function renderEntryKindTable(): string {
  const rows = Object.entries(ENTRY_KINDS).map(
    ([name, { code, holds, doc }]) => `| ${code} | ${name} | ${holds} | ${doc} |`,
  );
  return ["| code | kind | holds | what it is |", "| --- | --- | --- | --- |", ...rows].join("\n");
}
