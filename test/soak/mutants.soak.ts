import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { mutated } from "../../soak/mutants/mutant.ts";
import type { Mutant } from "../../soak/mutants/mutant.ts";
import { MUTANTS } from "../../soak/mutants/mutants.ts";
import { scratchFolder } from "../import/scratch-folder.ts";
import { ROOT } from "../tidy/project-files.ts";

/** A planted bug that the compiler would find is none that a reviewer could miss. Each gets a place in a copy of src/. */
const folder = scratchFolder();

test("every planted bug compiles", () => {
  for (const part of ["src", "scripts", "tsconfig.json", "package.json"])
    cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  const problems = batches().flatMap((batch) => {
    for (const mutant of batch) writeFileSync(join(folder, mutant.file), mutated(sourceOf(mutant), mutant));
    const errors = compilerErrors();
    for (const mutant of batch) writeFileSync(join(folder, mutant.file), sourceOf(mutant));
    return errors.map((error) => `${batch.find(({ file }) => error.startsWith(file))?.name ?? "?"}: ${error}`);
  });
  expect(problems).toEqual([]);
});

/** Each with one bug in a file at most, so that the compiler runs a few times and not once for each. */
function batches(): Mutant[][] {
  const found: Mutant[][] = [];
  for (const mutant of MUTANTS) {
    const batch = found.find((others) => others.every(({ file }) => file !== mutant.file));
    if (batch === undefined) found.push([mutant]);
    else batch.push(mutant);
  }
  return found;
}

function sourceOf({ file }: Mutant): string {
  return readFileSync(join(ROOT, file), "utf8");
}

function compilerErrors(): string[] {
  try {
    execFileSync(join(ROOT, "node_modules", ".bin", "tsc"), ["--noEmit", "-p", folder], {
      cwd: folder,
      encoding: "utf8",
    });
    return [];
  } catch (error) {
    const { stdout } = error as { stdout: string };
    return stdout.split("\n").filter((line) => /^src\/[^ ]+: error/.test(line) && !line.includes(".test.ts"));
  }
}
