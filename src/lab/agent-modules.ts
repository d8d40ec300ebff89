import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { AgentFactory } from "../agents/port.ts";
import type { Problem } from "../core/errors.ts";

/** Relative imports, static and dynamic. One in a comment names a file that is there, or it is passed over. */
const RELATIVE_IMPORT = /\b(?:from|import)\s*\(?\s*["'](\.{1,2}\/[^"'\n]+)["']/g;

/**
 * Loads the agent that is a file's default export.
 * @returns the agent, or what is wrong
 */
export async function loadAgent(path: string): Promise<AgentFactory | Pick<Problem, "message">> {
  if (!existsSync(path)) return { message: `there is no file ${path}` };
  let loaded: { readonly default?: unknown };
  try {
    loaded = (await import(pathToFileURL(path).href)) as typeof loaded;
  } catch (error) {
    return {
      message: `${path} cannot be loaded: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    };
  }
  if (typeof loaded.default === "function") return loaded.default as AgentFactory;
  const found = "default" in loaded ? typeof loaded.default : "none";
  return { message: `${path}: expected an agent as default export (export default defineAgent(…)), found ${found}` };
}

/** A file and all the files that it imports by relative paths, itself first. Packages have their versions instead. */
export function modulesOf(path: string): readonly string[] {
  const found = new Set([path]);
  for (const file of found) {
    for (const [, specifier] of readFileSync(file, "utf8").matchAll(RELATIVE_IMPORT)) {
      const module = resolve(dirname(file), specifier);
      if (existsSync(module)) found.add(module);
    }
  }
  return [...found];
}
