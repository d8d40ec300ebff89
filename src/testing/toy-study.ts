import type { Study } from "../lab/study/study.ts";
import { defineStudy } from "../lab/study/study.ts";

/** A study whose every number can be worked out by hand: each arm adds its own amount to the seed. */
export function toyStudy(options: { readonly wait?: (seed: number) => Promise<void> } = {}): Study {
  return defineStudy({
    name: "toy",
    question: "What does adding do?",
    design: "A seed, and what is added to it.",
    seedCount: 4,
    parameters: { factor: { preset: 1, low: 0, high: 10, means: "what the seed is multiplied with" } },
    arms: [
      { name: "none", label: "nothing", treatment: 0, dose: 0 },
      { name: "ten", label: "ten", treatment: 10, dose: 10 },
    ],
    measures: [
      { name: "sum", label: "the sum", unit: "USD", digits: 1 },
      { name: "odd", label: "the odd sum", unit: "", digits: 0 },
      { name: "rest", label: "the rest", unit: "%", differenceUnit: "points", digits: 2 },
      { name: "sign", label: "the alternation", unit: "", digits: 0 },
    ],
    charts: [
      { kind: "intervals", title: "Sums", measure: "sum" },
      {
        kind: "curve",
        title: "Sums & doses",
        doseLabel: "added",
        unit: "USD",
        lines: [{ label: "sum", measure: "sum", arms: ["none", "ten"] }],
      },
    ],
    runArm: async ({ treatment, seed, parameters: { factor } }) => {
      await options.wait?.(seed + treatment);
      const sum = seed * factor + treatment;
      // Alternation that says nothing of the treatment.
      const sign = treatment === 0 ? 0 : seed % 2 === 0 ? 1 : -1;
      return { sum, odd: sum % 2 === 1 ? sum : null, rest: 0 - seed * treatment, sign };
    },
    find: (findings) => [
      findings.level({ measure: "sum", arm: "ten" }),
      findings.comparison({ measure: "sum", arm: "ten", against: "none" }),
      findings.comparison({ measure: "sum", arm: "none", against: "ten" }),
      findings.comparison({ measure: "rest", arm: "ten", against: "none" }),
      findings.comparison({ measure: "sign", arm: "ten", against: "none" }),
      findings.level({ measure: "sign", arm: "ten" }),
      findings.level({ measure: "odd", arm: "ten" }),
    ],
  });
}
