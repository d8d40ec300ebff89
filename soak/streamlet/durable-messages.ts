import { RECORD_HEADER_WORDS } from "../../src/consensus/checked-disk.ts";
import { MESSAGE_WORDS_MAX } from "../../src/consensus/replica-actor.ts";
import { streamletCodec } from "../../src/consensus/streamlet/codec.ts";
import type { StreamletMessage } from "../../src/consensus/streamlet/message.ts";
import type { FaultyDisk } from "../simulation/faulty-disk.ts";

const words = new Int32Array(MESSAGE_WORDS_MAX);

/** Whether a message would still be known after a crash. */
export function holds(disk: FaultyDisk, message: StreamletMessage): boolean {
  const length = streamletCodec.encode(message, words, 0);
  let place = disk.safeCount - 1;
  while (place >= 0 && !isRecordOf(disk.records[place], length)) place--;
  words.fill(0, 0, length);
  return place >= 0;
}

function isRecordOf(record: Int32Array, length: number): boolean {
  if (record.length !== RECORD_HEADER_WORDS + length) return false;
  for (let i = 0; i < length; i++) if (record[RECORD_HEADER_WORDS + i] !== words[i]) return false;
  return true;
}
