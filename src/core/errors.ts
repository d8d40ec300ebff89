/** One thing that is wrong in what a person gave us, and where it stands. */
export interface Problem {
  /** Dotted path of the value, such as `venues[0].instruments[1].tick`; empty for the whole. */
  readonly path: string;
  /** What is wrong, what was expected and what was found. */
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

/** Exit codes of the command line. */
export const ExitCode = { ok: 0, failed: 1, usage: 2, inconclusive: 3, interrupted: 130 } as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/**
 * An error that a person can mend: bad configuration, a bad file, a wrong argument. It lists every problem at once.
 * A bug in this program is an `AssertionError` instead.
 */
export class UserError extends Error {
  override readonly name: string = "UserError";
  readonly problems: readonly Problem[];
  readonly exitCode: ExitCode;

  constructor(message: string, options: { problems?: readonly Problem[]; exitCode?: ExitCode } = {}) {
    super(message);
    this.problems = options.problems ?? [];
    this.exitCode = options.exitCode ?? ExitCode.usage;
  }

  /** The message and each problem on a line of its own: `12:5 venues[0].tick: expected …, found …`. */
  describe(): string {
    const lines = this.problems.map(({ path, message, line, column }) => {
      const place = line === undefined ? "" : `${line}:${column ?? 1} `;
      return `  ${place}${path === "" ? "" : `${path}: `}${message}`;
    });
    return [this.message, ...lines].join("\n");
  }
}
