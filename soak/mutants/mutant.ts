/**
 * A bug that is planted on purpose, to see whether the soak finds it. It is a change of one place of one file, which is
 * made while the module is loaded: the sources know nothing of it.
 */
export interface Mutant {
  readonly name: string;
  /** The subjects of the soak that may find it, in the order in which they are tried. */
  readonly foundBy: readonly string[];
  /** Relative to the root of the repository. */
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly text: string;
  readonly replacement: string;
  /** Why it is a bug. */
  readonly why: string;
}

/** @throws {Error} when the text does not stand exactly once in the source */
export function mutated(source: string, { name, file, text, replacement }: Mutant): string {
  const parts = source.split(text);
  if (parts.length !== 2) throw new Error(`mutant "${name}": its text stands ${parts.length - 1} times in ${file}`);
  return parts.join(replacement);
}
