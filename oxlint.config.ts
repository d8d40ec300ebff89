import { defineConfig } from "oxlint";

import { determinismOverride } from "./scripts/lint/determinism-rules.ts";
import { layerOverrides } from "./scripts/lint/layer-rules.ts";
import { TEST_FILE_GLOBS } from "./scripts/layers.ts";

// The file is TypeScript so that the layer table and the ban list have one source, which the tidy tests read too.
export default defineConfig({
  plugins: ["eslint", "typescript", "unicorn", "oxc", "import", "node"],
  // The linter calls JavaScript plugins alpha. This one is thirty lines, and the tidy test repeats its check as text.
  jsPlugins: ["./scripts/lint/determinism-plugin.ts"],
  options: {
    typeAware: true,
    denyWarnings: true,
    reportUnusedDisableDirectives: "error",
    respectEslintDisableDirectives: false,
  },
  ignorePatterns: ["node_modules", "dist/", "runs/"],
  categories: { correctness: "error", suspicious: "error" },
  rules: {
    eqeqeq: "error",
    "no-var": "error",
    "prefer-const": "error",
    "no-else-return": "error",
    "no-implicit-coercion": "error",
    "no-throw-literal": "error",
    "object-shorthand": "error",
    "import/no-cycle": "error",
    "import/no-duplicates": "error",
    "import/no-default-export": "error",
    "import/no-self-import": "error",
    "typescript/ban-ts-comment": "error",
    "typescript/consistent-type-imports": "error",
    "typescript/no-explicit-any": "error",
    "typescript/no-floating-promises": "error",
    "typescript/no-misused-promises": "error",
    "typescript/no-non-null-assertion": "error",
    "typescript/no-unsafe-argument": "error",
    "typescript/no-unsafe-assignment": "error",
    "typescript/no-unsafe-call": "error",
    "typescript/no-unsafe-member-access": "error",
    "typescript/no-unsafe-return": "error",
    "typescript/only-throw-error": "error",
    "typescript/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
    "typescript/use-unknown-in-catch-callback-variable": "error",
    "unicorn/filename-case": ["error", { case: "kebabCase" }],
    "unicorn/prefer-node-protocol": "error",

    // Branded numbers are made by assertions, in the constructors that check them.
    "typescript/no-unsafe-type-assertion": "off",
    // Hot code sizes and sorts arrays in place on purpose.
    "unicorn/no-array-reverse": "off",
    "unicorn/no-array-sort": "off",
    "unicorn/no-new-array": "off",
    // fast-check is used by its default export, `fc`, everywhere.
    "import/no-named-as-default-member": "off",
    // The compiler checks returns, and it knows when a switch is exhaustive.
    "typescript/consistent-return": "off",
    // It is about windows; ours are worker threads.
    "unicorn/require-post-message-target-origin": "off",
    // A leaf function may stand inside the only function that uses it.
    "unicorn/consistent-function-scoping": "off",
  },
  overrides: [
    ...layerOverrides(),
    determinismOverride(),
    {
      files: [...TEST_FILE_GLOBS, "test/**/*.ts"],
      rules: { "typescript/no-misused-spread": "off", "typescript/no-non-null-assertion": "off" },
    },
    {
      // The launcher imports by a computed path and has no types but its comments.
      files: ["bin/*.js"],
      rules: { "typescript/no-unsafe-assignment": "off" },
    },
    {
      // An example is one agent in one file, and a scenario names it by its path: a default export is its only name.
      files: ["examples/**/*.ts", "*.config.ts", "scripts/lint/*-plugin.ts"],
      rules: { "import/no-default-export": "off" },
    },
  ],
});
