/** Keys and places in lists, from the outside in. */
export type Path = readonly PropertyKey[];

/** What is wrong, and where. */
export interface Finding {
  readonly path: Path;
  readonly message: string;
}

/** Problems that one error lists. */
export const PROBLEMS_MAX = 100;

/** `venues[0].instruments[1].tick` */
export function pathText(path: Path): string {
  let text = "";
  for (const step of path)
    text += typeof step === "number" ? `[${step}]` : text === "" ? String(step) : `.${String(step)}`;
  return text;
}
