import { defineConfig } from "vitest/config";

const NODE_MAJOR_MIN = 24;

// The suite starts child processes with its own Node, so an older one would fail far from the cause.
if (Number(process.versions.node.split(".")[0]) < NODE_MAJOR_MIN) {
  throw new Error(
    `The tests need Node ${NODE_MAJOR_MIN} or newer, found ${process.version}: use npm test or npx vitest.`,
  );
}

const EXCLUDED = ["**/node_modules/**", "dist/**", "runs/**"];
const UNIT = ["{src,test,bench,soak,examples,scripts}/**/*.test.ts"];
const SOAK = ["{src,test}/**/*.soak.ts"];
// No test is about time. This only ends one that would hang, on a machine that may stand still for a minute.
const UNIT_TIMEOUT_MS = 600_000;
const SOAK_TIMEOUT_MS = 3_600_000;
// Property tests try the same cases each time, so that a red test is the doing of whoever changed something. The soak
// runs them with other cases each time.
const PROPERTY_SEED = process.env["TRADESWARM_PROPERTY_SEED"] ?? "1";

// `.ci/run` sets this to read the counts from JSON instead of parsing what was printed for people.
const reportFile = process.env["TEST_REPORT_FILE"];

export default defineConfig(({ mode }) => ({
  test: {
    include: mode === "soak" ? [...SOAK, ...UNIT] : UNIT,
    exclude: EXCLUDED,
    testTimeout: mode === "soak" ? SOAK_TIMEOUT_MS : UNIT_TIMEOUT_MS,
    hookTimeout: UNIT_TIMEOUT_MS,
    // Files share a worker, its modules and what V8 has compiled of them: nothing of ours is kept in a module's state.
    isolate: false,
    restoreMocks: true,
    unstubEnvs: true,
    // By default one core is left idle, and two are all that there are.
    maxWorkers: "100%",
    globalSetup: "test/global-setup.ts",
    setupFiles: "test/property-seed.ts",
    env: mode === "soak" ? {} : { TRADESWARM_PROPERTY_SEED: PROPERTY_SEED },
    reporters: reportFile === undefined ? ["default"] : ["default", ["json", { outputFile: reportFile }]],
    passWithNoTests: mode === "soak",
  },
}));
