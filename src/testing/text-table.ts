/**
 * Reads a table written as text: a row per line, cells between bars, the first row names them. Lines of dashes and empty
 * lines are for the eye.
 */
export function textTable<Name extends string>(names: readonly Name[], text: string): Record<Name, string>[] {
  const rows = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !/^[-|\s]+$/.test(line))
    .map((line) => line.split("|").map((cell) => cell.trim()));
  const [head, ...body] = rows;
  if (head?.join() !== names.join()) throw new Error(`a table of ${names.join(", ")} has ${head?.join(", ")}`);
  return body.map((cells) => {
    if (cells.length !== names.length) throw new Error(`a row of ${names.length} cells has ${cells.join(" | ")}`);
    return Object.fromEntries(names.map((name, at) => [name, cells[at]])) as Record<Name, string>;
  });
}
