/**
 * The determinism ban list: what code on the deterministic path must not name, as data. The linter's rules and the
 * tidy test's second, textual check are both made from it.
 *
 * Same code, scenario, seed and inputs must give the same journal hash on every machine. So time, randomness and
 * effects come through the kernel's context, and arithmetic uses only what IEEE 754 rounds exactly.
 */

/** Relative to `src/`. `venues` holds I/O adapters too, so only its simulated venue is listed. */
export const DETERMINISTIC_FOLDERS: readonly string[] = [
  "core",
  "model",
  "kernel",
  "market",
  "network",
  "consensus",
  "desk",
  "agents",
  "venues/simulated",
  "world",
];

/**
 * Relative to `src/`. The drivers wait for real time, so they and their port are asynchronous; the clock itself is read
 * in system-clock.ts. No file in which an event is handled is excused.
 */
export const NOT_DETERMINISTIC_FILES: readonly string[] = [
  "kernel/clock.ts",
  "kernel/drive.ts",
  "kernel/driver.ts",
  "kernel/system-clock.ts",
  "kernel/virtual-driver.ts",
  "kernel/wall-driver.ts",
];

interface BannedGroup {
  readonly names: readonly string[];
  readonly why: string;
}

export const BANNED_GLOBALS: readonly BannedGroup[] = [
  {
    names: ["Date", "performance", "Temporal"],
    why: "Wall clocks differ between runs: take time from the kernel's context.",
  },
  {
    names: ["crypto", "Crypto", "CryptoKey"],
    why: "Machine randomness differs between runs: take a named stream from the kernel's context.",
  },
  {
    names: [
      "setTimeout",
      "setInterval",
      "setImmediate",
      "clearTimeout",
      "clearInterval",
      "clearImmediate",
      "queueMicrotask",
    ],
    why: "The event loop's order is not ours: set a timer through the kernel's context.",
  },
  {
    names: ["Promise", "MessageChannel", "BroadcastChannel", "Worker"],
    why: "Microtasks and threads run outside the kernel's order: return effects instead.",
  },
  {
    names: ["fetch", "WebSocket", "EventSource", "XMLHttpRequest", "localStorage", "sessionStorage"],
    why: "I/O belongs to store/, cli/, lab/, server/ and venue adapters.",
  },
  {
    names: ["process", "navigator", "console", "globalThis", "global"],
    why: "The host must not be visible from here: I/O and settings enter through the kernel's context.",
  },
  { names: ["Intl"], why: "Formatting by locale differs between machines." },
  { names: ["WeakRef", "FinalizationRegistry"], why: "What they show depends on when memory was collected." },
];

/** V8 is free to compute these differently on another CPU or in another version. */
export const BANNED_MATH: BannedGroup = {
  names: [
    "log",
    "log2",
    "log10",
    "log1p",
    "exp",
    "expm1",
    "pow",
    "sin",
    "cos",
    "tan",
    "asin",
    "acos",
    "atan",
    "atan2",
    "sinh",
    "cosh",
    "tanh",
    "asinh",
    "acosh",
    "atanh",
    "hypot",
    "cbrt",
  ],
  why: "Its last bits may differ between CPUs and versions of V8: use src/core/portable-math.ts.",
};

export const BANNED_MATH_RANDOM: BannedGroup = {
  names: ["random"],
  why: "Unseeded randomness: take a named stream from the kernel's context.",
};

/** Methods banned on every object. */
export const BANNED_METHODS: BannedGroup = {
  names: [
    "toLocaleString",
    "toLocaleDateString",
    "toLocaleTimeString",
    "toLocaleUpperCase",
    "toLocaleLowerCase",
    "localeCompare",
  ],
  why: "Its result depends on the machine's locale: compare code units, format by hand.",
};

/** Syntax that the linter's own plugin (scripts/lint/determinism-plugin.ts) reports. */
export const BANNED_SYNTAX = {
  exponent: `\`**\` is Math.pow. ${BANNED_MATH.why}`,
  forIn: "for-in walks integer-like keys in an order of its own: use an array, a Map or sorted keys.",
  dynamicImport: "import() is asynchronous: import statically, or let the caller pass the module's value.",
} as const;

/** The ban list in Markdown, for docs/determinism.md. */
export function renderBanList(): string {
  const row = (names: readonly string[], why: string): string => `| ${names.join(", ")} | ${why} |`;
  const code = (names: readonly string[], prefix = ""): string[] => names.map((name) => `\`${prefix}${name}\``);
  return [
    "| banned | why, and what to do instead |",
    "| --- | --- |",
    ...BANNED_GLOBALS.map(({ names, why }) => row(code(names), why)),
    row(code(BANNED_MATH_RANDOM.names, "Math."), BANNED_MATH_RANDOM.why),
    row(code(BANNED_MATH.names, "Math."), BANNED_MATH.why),
    row(code(BANNED_METHODS.names, "."), BANNED_METHODS.why),
    row(code(["**"]), BANNED_SYNTAX.exponent),
    row(code(["for (… in …)"]), BANNED_SYNTAX.forIn),
    row(code(["import()"]), BANNED_SYNTAX.dynamicImport),
    row(code(["async", "await"]), "Microtasks run outside the kernel's order: set a timer, or answer a message."),
    row(code([".sort()"]), "Without a comparison it orders by text: give one that decides every tie."),
    row(code(["node:*"]), "I/O: take what is needed as a value, or through a port."),
  ].join("\n");
}

/** The folders and the excused files in Markdown, for docs/determinism.md. */
export function renderDeterministicFolders(): string {
  const list = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(", ");
  return `Under \`src/\`: ${list(DETERMINISTIC_FOLDERS)}. Excused: ${list(NOT_DETERMINISTIC_FILES)}, and tests.`;
}
