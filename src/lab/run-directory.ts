import { existsSync, mkdirSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { UserError } from "../core/errors.ts";

/** Runs that may begin in the same second under the same name. */
const SAME_SECOND_MAX = 100;

/** The files of one run. */
export class RunDirectory {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  get journal(): string {
    return join(this.path, "journal.tsj");
  }

  get report(): string {
    return join(this.path, "report.html");
  }

  /**
   * `runs/<name>/<utc>` below `root`, new, with `runs/latest` pointing to it.
   * @throws {UserError} when it cannot be made
   */
  static create(root: string, name: string, now: Date): RunDirectory {
    const utc = now
      .toISOString()
      .replace(/\.\d+Z$/, "Z")
      .replaceAll(":", "-");
    const parent = join(root, name);
    try {
      mkdirSync(parent, { recursive: true });
      for (let copy = 1; copy <= SAME_SECOND_MAX; copy++) {
        const path = join(parent, copy === 1 ? utc : `${utc}-${copy}`);
        if (!makeNew(path)) continue;
        moveLatest(root, path);
        return new RunDirectory(path);
      }
    } catch (error) {
      throw new UserError(`the run's folder cannot be made: ${error instanceof Error ? error.message : String(error)}`);
    }
    throw new UserError(`${parent} holds ${SAME_SECOND_MAX} runs of this second already`);
  }

  /**
   * An existing run: its folder, or its journal. What `latest` points to now is named by its own path.
   * @throws {UserError} when there is none
   */
  static open(path: string): RunDirectory {
    const folder = resolve(path.endsWith(".tsj") ? dirname(path) : path);
    if (!existsSync(join(folder, "journal.tsj"))) {
      throw new UserError(`${path} is no run: there is no journal.tsj in ${folder}`);
    }
    return new RunDirectory(realpathSync(folder));
  }

  writeJson(file: string, value: unknown): void {
    writeFileSync(join(this.path, file), `${JSON.stringify(value, undefined, 2)}\n`);
  }
}

/** @returns false where it was there before: another run of this second took it */
function makeNew(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/** In one step, so that `latest` always points to a run. */
function moveLatest(root: string, path: string): void {
  const next = join(root, `.latest-${process.pid}`);
  rmSync(next, { force: true });
  symlinkSync(relative(root, path), next);
  renameSync(next, join(root, "latest"));
}
