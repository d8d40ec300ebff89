import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Command } from "commander";

import { EXAMPLES, createProgram } from "../src/cli/program.ts";
import { ExitCode } from "../src/core/errors.ts";

/** What each exit code means; one for each of the registry. */
const EXIT_CODES: { readonly [Name in keyof typeof ExitCode]: string } = {
  ok: "All is well: the run came to its end, the replay is equal.",
  failed: "A check failed, or an actor: the replay differs, the journal is corrupt, an agent threw.",
  usage: "The command line, the scenario or a file is not right. Nothing was written.",
  inconclusive: "Nothing was found wrong, but not everything could be proven: the journal is torn, or has no end.",
  interrupted: "Ctrl-C, or SIGTERM. What was recorded until then is whole.",
};

/** Every command with its examples, arguments and options, from the program itself. */
export function renderCommands(): string {
  return createProgram(() => undefined)
    .commands.map(commandText)
    .join("\n\n");
}

export function renderExitCodes(): string {
  const rows = Object.entries(EXIT_CODES).map(
    ([name, text]) => `| ${ExitCode[name as keyof typeof ExitCode]} | ${text} |`,
  );
  return ["| code | |", "| --- | --- |", ...rows].join("\n");
}

/** A scenario that is shipped, as an example. */
export function renderScenario(file: string): string {
  const text = readFileSync(join(import.meta.dirname, "..", "scenarios", file), "utf8");
  return `\`\`\`yaml\n${text.trimEnd()}\n\`\`\``;
}

function commandText(command: Command): string {
  const name = command.name();
  const width = Math.max(...EXAMPLES[name].map(([line]) => line.length));
  const examples = EXAMPLES[name].map(([line, does]) => `${line.padEnd(width)}  # ${does}`);
  const args = command.registeredArguments.map((argument) => {
    const flags = argument.required ? `<${argument.name()}>` : `[${argument.name()}]`;
    return `| \`${flags}\` | ${argument.description} | |`;
  });
  const options = command.options.map(({ flags, description, defaultValue }) => {
    const preset = typeof defaultValue === "string" ? `\`${defaultValue}\`` : "";
    return `| \`${flags}\` | ${description} | ${preset} |`;
  });
  return [
    `## ${name}`,
    sentence(command.description()),
    `\`\`\`sh\n${examples.join("\n")}\n\`\`\``,
    ...([...args, ...options].length === 0
      ? []
      : [["| | | if left out |", "| --- | --- | --- |", ...args, ...options].join("\n")]),
  ].join("\n\n");
}

function sentence(text: string): string {
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}
