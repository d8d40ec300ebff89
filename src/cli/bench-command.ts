import { existsSync } from "node:fs";
import { cpus } from "node:os";
import { setFlagsFromString } from "node:v8";
import { ExitCode, UserError } from "../core/errors.ts";
import { currentCommit, currentVersions } from "../lab/manifest.ts";
import { createTerminal, styled } from "./terminal.ts";

export interface BenchCommandOptions {
  readonly only?: string | undefined;
  readonly data?: string | undefined;
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
}

/** The part of bench/suite.ts that this command needs. */
interface BenchSuite {
  readonly PARTS: readonly string[];
  runBenches(options: {
    parts: readonly string[];
    data: string | undefined;
    say: (text: string) => void;
  }): Promise<readonly unknown[]>;
  formatRows(rows: readonly unknown[]): string;
}

/** `tradeswarm bench` @returns the exit code */
export async function benchCommand(options: BenchCommandOptions): Promise<number> {
  const terminal = createTerminal({ quiet: options.quiet });
  // The peers and the flows are no part of the published package.
  const suiteUrl = new URL("../../bench/suite.ts", import.meta.url);
  if (!existsSync(suiteUrl))
    throw new UserError("bench runs in a checkout of tradeswarm, where its peers are installed");
  setFlagsFromString("--expose-gc");
  const suite = (await import(suiteUrl.href)) as BenchSuite;
  if (options.only !== undefined && !suite.PARTS.includes(options.only)) {
    throw new UserError(`--only: expected one of ${suite.PARTS.join(", ")}, found ${options.only}`);
  }
  const parts = options.only === undefined ? suite.PARTS : [options.only];
  const rows = await suite.runBenches({ parts, data: options.data, say: (text) => terminal.say(text) });
  const machine = { cpu: cpus()[0].model, cores: cpus().length, ...currentVersions(), commit: currentCommit() };
  if (options.json === true) terminal.out(JSON.stringify({ machine, rows }, undefined, 2));
  else
    terminal.out(
      `${styled("bold", `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, V8 ${machine.v8}`)}\n${suite.formatRows(rows)}`,
    );
  return ExitCode.ok;
}
