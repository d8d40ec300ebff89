import { styleText } from "node:util";

/** Where a command writes: data to stdout, everything else to stderr. */
export interface Terminal {
  readonly isQuiet: boolean;
  out(text: string): void;
  outJson(value: unknown): void;
  say(text: string): void;
}

export function createTerminal(options: { readonly quiet?: boolean | undefined }): Terminal {
  const isQuiet = options.quiet === true;
  const out = (text: string): void => void process.stdout.write(`${text}\n`);
  return {
    isQuiet,
    out,
    outJson: (value) => out(JSON.stringify(value, undefined, 2)),
    say: (text) => {
      if (!isQuiet) process.stderr.write(`${text}\n`);
    },
  };
}

export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";

/** Text in a style, where the stream shows styles and NO_COLOR (no-color.org) is not set to anything. */
export function styled(style: Style, text: string, stream: { readonly isTTY?: boolean } = process.stdout): string {
  const isPlain = stream.isTTY !== true || (process.env["NO_COLOR"] ?? "") !== "";
  return isPlain ? text : styleText(style, text, { validateStream: false });
}

/** Columns of text: the first aligned left, the others right. */
export function table(rows: readonly (readonly string[])[], options: { readonly indent?: string } = {}): string {
  const widths = rows.reduce<number[]>((found, row) => row.map((cell, i) => Math.max(found[i] ?? 0, cell.length)), []);
  return rows
    .map((row) => {
      const cells = row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])));
      return `${options.indent ?? ""}${cells.join("  ")}`.trimEnd();
    })
    .join("\n");
}

/** A number for people: three significant digits, and a letter for thousands and more. */
export function compact(value: number): string {
  if (!Number.isFinite(value)) return "-";
  for (const [size, letter] of [
    [1e9, "G"],
    [1e6, "M"],
    [1e3, "k"],
  ] as const) {
    // What rounds up to the size belongs to it: 999.9 is 1k.
    const rounded = Number((value / size).toPrecision(3));
    if (Math.abs(rounded) >= 1) return `${rounded}${letter}`;
  }
  return String(Number(value.toPrecision(3)));
}

/** A duration of the program's own work. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
