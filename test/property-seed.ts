import fc from "fast-check";

// vitest.config.ts says when there is one. Where a property fails without, fast-check prints the seed to set.
const seed = process.env["TRADESWARM_PROPERTY_SEED"];
if (seed !== undefined) fc.configureGlobal({ seed: Number(seed) });
