import { CommanderError } from "commander";
import { ExitCode, UserError } from "../core/errors.ts";
import { createProgram } from "./program.ts";
import { styled } from "./terminal.ts";

/** Runs one command line. @returns the exit code */
export async function main(args: readonly string[]): Promise<number> {
  let exitCode: number = ExitCode.ok;
  process.stdout.on("error", endWithReader);
  const program = createProgram((code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...args], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.ok : ExitCode.usage;
    if (!(error instanceof UserError)) throw error;
    process.stderr.write(`${styled("red", "error", process.stderr)}: ${error.describe()}\n`);
    return error.exitCode;
  }
}

/** Whoever read the output, such as `head`, has enough of it: no error, and nothing left to do. */
function endWithReader(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
  process.exit(process.exitCode ?? ExitCode.ok);
}
