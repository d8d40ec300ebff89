import type { OxlintOverride } from "oxlint";
import { TEST_FILE_GLOBS, TESTING_FOLDER, forbiddenImportsOf, LAYERS, layerOf } from "../layers.ts";
import { DETERMINISTIC_FOLDERS, NOT_DETERMINISTIC_FILES } from "../determinism.ts";

interface RestrictedPattern {
  readonly regex: string;
  readonly message: string;
}

const SELF_REFERENCE: RestrictedPattern = {
  regex: "^tradeswarm(/|$)",
  message: "Inside src/ import the file itself: the package's name is for its users.",
};

const TESTING: RestrictedPattern = {
  regex: `^(\\.\\.?/)+${TESTING_FOLDER}/`,
  message: `src/${TESTING_FOLDER} is for tests only.`,
};

const NODE_MODULES: RestrictedPattern = {
  regex: "^node:",
  message: "No I/O on the deterministic path: take what is needed as a value, or through a port.",
};

/**
 * The layer table as the linter's overrides. For one file the last matching override wins, so the narrower ones come
 * later and each of them carries the whole rule.
 */
export function layerOverrides(): OxlintOverride[] {
  const overrides: OxlintOverride[] = [];
  for (const { folder } of LAYERS) {
    overrides.push(restrict([`src/${folder}/**/*.ts`], [...layerPatterns(folder), TESTING]));
  }
  for (const folder of DETERMINISTIC_FOLDERS) {
    const patterns = [...layerPatterns(folder.split("/")[0]), TESTING, NODE_MODULES];
    overrides.push({
      ...restrict([`src/${folder}/**/*.ts`], patterns),
      excludeFiles: NOT_DETERMINISTIC_FILES.map((file) => `src/${file}`),
    });
  }
  for (const { folder } of LAYERS) {
    const testFiles = TEST_FILE_GLOBS.map((glob) => `src/${folder}/${glob}`);
    overrides.push(restrict(testFiles, layerPatterns(folder)));
  }
  return overrides;
}

function layerPatterns(folder: string): RestrictedPattern[] {
  const { level } = layerOf(folder);
  const layers = forbiddenImportsOf(folder).map((other) => ({
    regex: `^(\\.\\./)+${other.folder}/`,
    message: `${folder}/ (level ${level}) imports only from lower levels, and ${other.folder}/ is on level ${other.level}.`,
  }));
  return [...layers, SELF_REFERENCE];
}

function restrict(files: string[], patterns: RestrictedPattern[]): OxlintOverride {
  return { files, rules: { "no-restricted-imports": ["error", { patterns }] } };
}
