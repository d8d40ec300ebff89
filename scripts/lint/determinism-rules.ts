import {
  BANNED_GLOBALS,
  BANNED_MATH,
  BANNED_MATH_RANDOM,
  BANNED_METHODS,
  DETERMINISTIC_FOLDERS,
  NOT_DETERMINISTIC_FILES,
} from "../determinism.ts";
import { TEST_FILE_GLOBS } from "../layers.ts";

import type { OxlintOverride } from "oxlint";

/** The determinism ban list as one override of the linter. */
export function determinismOverride(): OxlintOverride {
  return {
    files: DETERMINISTIC_FOLDERS.map((folder) => `src/${folder}/**/*.ts`),
    excludeFiles: [...NOT_DETERMINISTIC_FILES.map((file) => `src/${file}`), ...TEST_FILE_GLOBS],
    rules: {
      "no-restricted-globals": ["error", ...restrictedGlobals()],
      "no-restricted-properties": ["error", ...restrictedProperties()],
      "oxc/no-async-await": "error",
      "node/no-top-level-await": "error",
      "typescript/require-array-sort-compare": ["error", { ignoreStringArrays: false }],
      "determinism/banned-syntax": "error",
    },
  };
}

function restrictedGlobals() {
  return BANNED_GLOBALS.flatMap(({ names, why }) => names.map((name) => ({ name, message: why })));
}

function restrictedProperties() {
  const math = [BANNED_MATH, BANNED_MATH_RANDOM].flatMap(({ names, why }) =>
    names.map((property) => ({ object: "Math", property, message: why })),
  );
  const methods = BANNED_METHODS.names.map((property) => ({ property, message: BANNED_METHODS.why }));
  return [...math, ...methods];
}
