/** A source text in which parts were replaced by blanks of the same length, so that positions and lines stay. */
export interface CodeText {
  readonly withoutComments: string;
  /** Without comments, and without the contents of strings, templates and regular expressions. */
  readonly withoutLiterals: string;
}

const REGEX_MAY_FOLLOW = /(?:^|[(,=:[!&|?{};+\-*%<>~^]|\b(?:return|typeof|case|in|of|do|else|void|yield|await))$/;

/**
 * Splits TypeScript into code, comments and literals. It knows as much of the language as textual checks need: it is
 * a second opinion beside the linter, which parses.
 */
export function codeText(text: string): CodeText {
  const comments = text.split("");
  const literals = text.split("");
  // Braces that are open inside a template's `${`, one count for each template that is open.
  const templates: number[] = [];
  let at = 0;

  const blank = (target: string[], from: number, to: number): void => {
    for (let i = from; i < to; i++) if (target[i] !== "\n") target[i] = " ";
  };
  const skipComment = (end: number): void => {
    blank(comments, at, end);
    blank(literals, at, end);
    at = end;
  };
  const skipLiteral = (end: number): void => {
    blank(literals, at + 1, end - 1);
    at = end;
  };
  const endOfTemplatePart = (from: number): number => {
    let i = from;
    while (i < text.length && text[i] !== "`" && !text.startsWith("${", i)) i += text[i] === "\\" ? 2 : 1;
    return i;
  };
  const readTemplatePart = (): void => {
    const end = endOfTemplatePart(at + 1);
    const substitutes = text.startsWith("${", end);
    blank(literals, at + 1, end);
    at = substitutes ? end + 2 : end + 1;
    if (substitutes) templates.push(0);
  };

  while (at < text.length) {
    const char = text[at];
    const open = templates.length - 1;
    if (text.startsWith("//", at)) skipComment(indexOrEnd(text, "\n", at));
    else if (text.startsWith("/*", at)) skipComment(Math.min(text.length, indexOrEnd(text, "*/", at + 2) + 2));
    else if (char === '"' || char === "'") skipLiteral(endOfLiteral(text, at, char));
    else if (char === "`") readTemplatePart();
    else if (
      char === "/" &&
      REGEX_MAY_FOLLOW.test(
        literals
          .slice(Math.max(0, at - 40), at)
          .join("")
          .trimEnd(),
      )
    ) {
      skipLiteral(endOfLiteral(text, at, "/"));
    } else if (char === "{" && open >= 0) {
      templates[open] += 1;
      at += 1;
    } else if (char === "}" && templates[open] === 0) {
      templates.pop();
      readTemplatePart();
    } else {
      if (char === "}" && open >= 0) templates[open] -= 1;
      at += 1;
    }
  }
  return { withoutComments: comments.join(""), withoutLiterals: literals.join("") };
}

/** The index after the closing mark; a literal that is not closed ends with its line. */
function endOfLiteral(text: string, from: number, mark: string): number {
  let inClass = false;
  for (let i = from + 1; i < text.length && text[i] !== "\n"; i++) {
    if (text[i] === "\\") i += 1;
    else if (mark === "/" && text[i] === "[") inClass = true;
    else if (mark === "/" && text[i] === "]") inClass = false;
    else if (text[i] === mark && !inClass) return i + 1;
  }
  return indexOrEnd(text, "\n", from);
}

function indexOrEnd(text: string, part: string, from: number): number {
  const index = text.indexOf(part, from);
  return index < 0 ? text.length : index;
}

/** The specifiers of static and dynamic imports, of re-exports, and of files named by `new URL(..., import.meta.url)`. */
export function importsOf(code: CodeText): string[] {
  const pattern =
    /(?:\bfrom\s*|\bimport\s*\(?\s*|\bnew\s+URL\s*\(\s*)(?:"([^"\n]+)"|'([^'\n]+)')(?=\s*(?:[;),\n]|with\b|$))/g;
  return [...code.withoutComments.matchAll(pattern)]
    .filter((match) => isCode(code, match.index))
    .map((match) => match[1] ?? match[2]);
}

/** Whether the character at this place is code, and not part of a literal. */
function isCode(code: CodeText, index: number): boolean {
  return code.withoutLiterals[index] === code.withoutComments[index];
}

export function lineOf(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}
