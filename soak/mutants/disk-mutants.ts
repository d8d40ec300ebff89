import type { Mutant } from "./mutant.ts";

const foundBy = ["raft", "streamlet", "proof-of-work"];
const file = "src/consensus/checked-disk.ts";

/** The disk under every replica. */
export const DISK_MUTANTS: readonly Mutant[] = [
  {
    name: "checksums are not compared",
    foundBy,
    file,
    text: "if (words[Word.checksum] !== checksumOf(words, this.#checksum)) return false;",
    replacement: "if (words[Word.checksum] === 0) return false;",
    why: "A replica acts on what has rotted.",
  },
  {
    name: "half of a record is covered",
    foundBy,
    file,
    text: "at < words.length; at += 4) {",
    replacement: "at < words.length / 2; at += 4) {",
    why: "What rots behind is not noticed.",
  },
  {
    name: "damage is cut off",
    foundBy,
    file,
    text: "if (whole < records.length - 1) {",
    replacement: "if (whole < 0) {",
    why: "What was promised is forgotten as if it had never been safe.",
  },
  {
    name: "torn record is damage",
    foundBy,
    file,
    text: "if (whole < records.length - 1) {",
    replacement: "if (whole < records.length) {",
    why: "A replica that only crashed never comes back.",
  },
  {
    name: "checksum does not go on after a restart",
    foundBy,
    file,
    text: "    this.#places++;\n    this.#checksum = words[Word.checksum];\n    if (words",
    replacement: "    this.#places++;\n    if (words",
    why: "What is written next does not follow what was read.",
  },
  {
    name: "sync does not reach the disk",
    foundBy,
    file,
    text: "    this.#disk.sync();\n",
    replacement: "",
    why: "What is relied upon is gone after a crash.",
  },
];
