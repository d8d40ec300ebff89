import { Command, InvalidArgumentError, Option } from "commander";
import { currentVersions } from "../lab/manifest.ts";
import type { BenchCommandOptions } from "./bench-command.ts";
import type { DoctorCommandOptions } from "./doctor-command.ts";
import type { ExportCommandOptions } from "./export-command.ts";
import type { ImportCommandOptions } from "./import-command.ts";
import type { ReplayCommandOptions } from "./replay-command.ts";
import type { RunCommandOptions } from "./run-command.ts";
import type { SurveilCommandOptions } from "./surveil-command.ts";
import type { SoakCommandOptions } from "./soak-command.ts";
import type { StudyCommandOptions } from "./study-command.ts";

/** What help begins with, by command; the program's own under the empty name. */
export const EXAMPLES: Readonly<Record<string, readonly (readonly [command: string, does: string])[]>> = {
  "": [
    ["tradeswarm run scenarios/default.yaml", "a swarm trades a day; the run is recorded below runs/"],
    ["tradeswarm replay runs/latest", "makes that run again and proves that it is the same"],
    ["tradeswarm replay runs/latest --until 10:30", "stops there and shows the book and the accounts"],
    ["tradeswarm import recording.gz", "reads raw exchange data into one compact file"],
  ],
  run: [
    ["tradeswarm run scenarios/rmsc04.yaml --seed 7", "the same market with other chance"],
    ["tradeswarm run scenarios/default.yaml --pace 60", "a simulated minute a second"],
    ["tradeswarm run scenarios/network/cut-cable.yaml --pace 10 --inject -", "type: cut newYork miami for 30s"],
    ["tradeswarm run scenarios/recorded.yaml --data btcusdt.tsd", "in a book that recorded order flow drives"],
  ],
  replay: [
    ["tradeswarm replay runs/latest", "proves that the run is the same when it is made again"],
    ["tradeswarm replay runs/latest --until 45m --json", "the books and all accounts after 45 minutes"],
    ["tradeswarm replay runs/latest --until 10:30 --fork --set momentum.meanInterval=5s", "what if, from 10:30 on"],
  ],
  export: [
    ["tradeswarm export runs/latest --out log.parquet", "everything that happened in the run, as a table"],
    ["tradeswarm export runs/latest --agent maker-1 --source venue | jq .kind", "what one agent did, line by line"],
    ["tradeswarm export runs/latest --kind trade --from 10:00 --to 10:30", "half an hour of trades"],
  ],
  study: [
    ["tradeswarm study", "the studies that there are"],
    ["tradeswarm study latency-arbitrage", "what it is worth to be faster"],
    ["tradeswarm study latency-arbitrage --seeds 50 --set jumpTicks=20", "more seeds, and wilder news"],
  ],
  surveil: [
    ["tradeswarm surveil runs/latest", "who spoofed, stuffed, washed, …, with the events that show it"],
    ["tradeswarm surveil runs/latest --json", "the same for programs, with all evidence"],
  ],
  import: [
    ["tradeswarm import btcusdt.raw.gz", "raw frames of Binance, spot or USD-M"],
    ["tradeswarm import AMZN_2012-06-21.zip --out amzn.tsd", "a sample of LOBSTER"],
  ],
  bench: [["tradeswarm bench --only matching", "the order book against its peers"]],
  soak: [
    ["tradeswarm soak --protocol raft --seeds 1000", "a thousand clusters, each with its own faults"],
    ["tradeswarm soak --protocol raft --seed 17 --minimize", "one of them again, and as small as it still fails"],
    ["tradeswarm soak --mutants", "which of the planted bugs are found, and at which seed"],
  ],
  doctor: [["tradeswarm doctor runs/latest", "this machine, and the journal of a run"]],
  schema: [["tradeswarm schema > scenario.schema.json", "for an editor that checks YAML"]],
};

/** The command line: its commands, arguments and options. */
export function createProgram(exitWith: (code: number) => void): Command {
  const program = new Command("tradeswarm")
    .description("A flight simulator and a flight recorder for trading agents.")
    .version(currentVersions().tradeswarm)
    .exitOverride()
    .showSuggestionAfterError()
    .addHelpText("before", examplesText(""));
  const json = new Option("--json", "print the result as JSON");
  const quiet = new Option("-q, --quiet", "no progress, no messages");
  const data = new Option("--data <file>", "imported recording that drives the scenario's recorded book");
  const runs = new Option("--runs <folder>", "folder of the recorded runs").default("runs");
  const command = (name: string): Command => program.command(name).addHelpText("before", examplesText(name));

  command("run")
    .description("run a scenario and record it")
    .argument("<scenario>", "scenario file (YAML)")
    .option("--seed <number>", "another seed than the scenario's", wholeNumber)
    .option(
      "--pace <factor>",
      "simulated time per real time: 1 is real time; as fast as possible if left out",
      positive,
    )
    .option("--inject <file>", "faults of the network, a command a line; - takes them from stdin while the run goes on")
    .addOption(data)
    .addOption(runs)
    .addOption(json)
    .addOption(quiet)
    .action(async (file: string, options: RunCommandOptions) => {
      const { runCommand } = await import("./run-command.ts");
      exitWith(await runCommand(file, options));
    });

  command("replay")
    .description("make a recorded run again and prove that it is the same")
    .argument("<run>", "folder of a run, such as runs/latest")
    .option(
      "--until <point>",
      "stop at a time of day (10:30), a time since the start (45m) or an event number, and show the state",
    )
    .option("--fork", "go on from there as a new run (with --set)")
    .option("--set <group.parameter=value>", "what the fork changes; may be given several times", collect, [])
    .addOption(data)
    .addOption(runs)
    .addOption(json)
    .addOption(quiet)
    .action(async (run: string, options: ReplayCommandOptions) => {
      const { replayCommand } = await import("./replay-command.ts");
      exitWith(await replayCommand(run, options));
    });

  command("export")
    .description("write down everything that happened in a recorded run: the compliance log")
    .argument("<run>", "folder of a run, such as runs/latest")
    .addOption(
      new Option("--format <format>", "ndjson or parquet; what the file's name ends with if left out").choices(FORMATS),
    )
    .option("-o, --out <file>", "file to write; if left out, lines of JSON go to stdout")
    .option("--from <time>", "from this time of day (10:00) or time since the start (30m) on")
    .option("--to <time>", "and before this one")
    .option("--agent <name>", "an agent, or a group of agents; may be given several times, as those below", collect, [])
    .option("--instrument <symbol>", "an instrument", collect, [])
    .option("--venue <name>", "a venue", collect, [])
    .option("--kind <kind>", "a kind of record, such as submitOrder, trade or quote", collect, [])
    .option("--source <source>", "venue: what happened at venues; delivery: messages that reached their receivers")
    .addOption(data)
    .addOption(json)
    .addOption(quiet)
    .action(async (run: string, options: ExportCommandOptions) => {
      const { exportCommand } = await import("./export-command.ts");
      exitWith(await exportCommand(run, options));
    });

  command("study")
    .description("run a paired experiment: every arm on the same seeds, with intervals, charts and what was found")
    .argument("[name]", "which study; lists them if left out")
    .option("--seeds <count>", "on how many seeds; the study's own number if left out", wholeNumber)
    .option("--seed <number>", "the first of them", wholeNumber, 1)
    .option(
      "--set <parameter=value>",
      "another value of one of the study's parameters; may be given several times",
      collect,
      [],
    )
    .option(
      "--workers <count>",
      "threads, which change nothing but the time; one for each core if left out",
      wholeNumber,
    )
    .option("--out <folder>", "folder of the studies' results", "runs/studies")
    .addOption(json)
    .addOption(quiet)
    .action(async (name: string | undefined, options: StudyCommandOptions) => {
      const { studyCommand } = await import("./study-command.ts");
      exitWith(await studyCommand(name, options));
    });

  command("surveil")
    .description("make a recorded run again with every detector on, and list what they find")
    .argument("<run>", "folder of a run, such as runs/latest")
    .addOption(data)
    .addOption(json)
    .addOption(quiet)
    .action(async (run: string, options: SurveilCommandOptions) => {
      const { surveilCommand } = await import("./surveil-command.ts");
      exitWith(await surveilCommand(run, options));
    });

  command("import")
    .description("read a recording (raw Binance frames, LOBSTER zip) into the project's own format")
    .argument("<recording>", "file to read")
    .option("-o, --out <file>", "file to write; in the current folder, named after the recording, if left out")
    .option("--symbol <symbol>", "which instrument, where the recording holds several")
    .option("--tick <step>", "smallest step of the price; found out if left out")
    .option("--lot <step>", "smallest step of the quantity; found out if left out")
    .addOption(json)
    .addOption(quiet)
    .action(async (file: string, options: ImportCommandOptions) => {
      const { importCommand } = await import("./import-command.ts");
      exitWith(await importCommand(file, options));
    });

  command("bench")
    .description("measure matching, kernel and replay, as ratios to their peers")
    .option("--only <part>", "one part: matching, venue, kernel or replay")
    .addOption(new Option("--data <file>", "imported recording for the part replay"))
    .addOption(json)
    .addOption(quiet)
    .action(async (options: BenchCommandOptions) => {
      const { benchCommand } = await import("./bench-command.ts");
      exitWith(await benchCommand(options));
    });

  command("soak")
    .description("test the ledgers' protocols, the journal and the network by simulated lives full of faults")
    .option("--protocol <name>", "one of them; all if left out")
    .option("--seed <number>", "the first seed, and the only one without --seeds", wholeNumber)
    .option("--seeds <number>", "lives of each protocol, 500 if left out; with --mutants the most for each", aboveZero)
    .option("--minutes <number>", "as many lives as fit into so many minutes", positive)
    .option("--replicas <number>", "no more replicas than these", aboveZero)
    .option("--clients <number>", "no more clients than these", wholeNumber)
    .option("--seconds <number>", "no more simulated seconds under faults than these", aboveZero)
    .option("--faults <places>", "only these of the seed's faults, such as 0,4,17, or none")
    .option("--minimize", "make a failing case as small as it still fails")
    .option("--mutants", "plant the bugs of the catalogue, and look for each")
    .option("--only <mutant>", "only the planted bug of this name (with --mutants)")
    .option("--workers <number>", "threads; as many as the machine has processors if left out", aboveZero)
    .addOption(json)
    .addOption(quiet)
    .action(async (options: SoakCommandOptions) => {
      const { soakCommand } = await import("./soak-command.ts");
      exitWith(await soakCommand(options));
    });

  command("doctor")
    .description("check that this machine and this installation can run tradeswarm")
    .argument("[run]", "a run whose journal is checked as well")
    .addOption(json)
    .action(async (run: string | undefined, options: DoctorCommandOptions) => {
      const { doctorCommand } = await import("./doctor-command.ts");
      exitWith(doctorCommand(run, options));
    });

  command("schema")
    .description("print the JSON Schema of scenario files")
    .action(async () => {
      const { schemaCommand } = await import("./schema-command.ts");
      exitWith(schemaCommand());
    });
  return program;
}

/** Formats of an export. */
const FORMATS = ["ndjson", "parquet"];

function examplesText(name: string): string {
  const examples = EXAMPLES[name];
  const width = Math.max(...examples.map(([command]) => command.length));
  const isWide = examples.some(([command, does]) => command.length + does.length > 110);
  const lines = examples.map(([command, does]) =>
    isWide ? `  ${command}\n      ${does}` : `  ${command.padEnd(width)}  ${does}`,
  );
  return `Examples:\n${lines.join("\n")}\n`;
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new InvalidArgumentError("Expected a whole number from 0 to 2^53 - 1.");
}

function aboveZero(text: string): number {
  const value = wholeNumber(text);
  if (value > 0) return value;
  throw new InvalidArgumentError("Expected a whole number above 0.");
}

function positive(text: string): number {
  const value = Number(text);
  if (value > 0 && value < Infinity) return value;
  throw new InvalidArgumentError("Expected a number above 0.");
}

function collect(text: string, earlier: readonly string[]): string[] {
  return [...earlier, text];
}
