import { expect, test } from "vitest";

import { toyStudy } from "../../testing/toy-study.ts";
import { latencyArbitrage } from "../studies/latency-arbitrage/study.ts";
import type { StudyPlan } from "./run-study.ts";
import { runHere, runStudy } from "./run-study.ts";
import { parametersOf } from "./study-parameters.ts";
import { StudyWorkers } from "./study-workers.ts";
import type { Study } from "./study.ts";

function plan(study: Study, more: Partial<StudyPlan> = {}): StudyPlan {
  return { seeds: [1, 2, 3, 4], parameters: parametersOf(study), lanes: 1, run: runHere(study), ...more };
}

const TOY = {
  seeds: [1, 2, 3, 4],
  samples: {
    none: { sum: [1, 2, 3, 4], odd: [1, null, 3, null], rest: [0, 0, 0, 0], sign: [0, 0, 0, 0] },
    ten: { sum: [11, 12, 13, 14], odd: [11, null, 13, null], rest: [-10, -20, -30, -40], sign: [-1, 1, -1, 1] },
  },
};

test("every arm runs on every seed, and the samples stand in the seeds' order", async () => {
  const steps: string[] = [];
  const onProgress = (done: number, of: number): void => void steps.push(`${done}/${of}`);
  expect(await runStudy(toyStudy(), plan(toyStudy(), { onProgress }))).toEqual(TOY);
  expect(steps).toEqual(["1/8", "2/8", "3/8", "4/8", "5/8", "6/8", "7/8", "8/8"]);
});

test("which of several lanes is done first changes nothing", async () => {
  // Later tasks end sooner.
  const wait = async (task: number): Promise<void> => {
    for (let turn = task; turn < 20; turn++) await Promise.resolve();
  };
  const study = toyStudy({ wait });
  expect(await runStudy(study, plan(study, { lanes: 3 }))).toEqual(TOY);
});

test("a study that is stopped has the seeds that every arm has run on", async () => {
  const study = toyStudy();
  const stop = new AbortController();
  const onProgress = (done: number): void => void (done === 5 && stop.abort());
  const { seeds, samples } = await runStudy(study, plan(study, { onProgress, signal: stop.signal }));
  expect(seeds).toEqual([1, 2]);
  expect(samples["ten"]["sum"]).toEqual([11, 12]);
});

test("a run that fails, and one that measures what is no number, fail the study", async () => {
  const study = toyStudy();
  const failing = plan(study, { run: () => Promise.reject(new RangeError("a run broke")) });
  await expect(runStudy(study, failing)).rejects.toThrow("a run broke");
  const endless = plan(study, { run: () => Promise.resolve({ sum: Infinity, odd: 1, rest: 1, sign: 1 }) });
  await expect(runStudy(study, endless)).rejects.toThrow("sum of toy is Infinity");
  const short = plan(study, { run: () => Promise.resolve({ sum: 1, odd: 1, rest: 1 }) });
  await expect(runStudy(study, short)).rejects.toThrow("the study toy did not measure sign");
});

test("a thread comes to what this one comes to, and what fails there fails here with its message", async () => {
  const parameters = parametersOf(latencyArbitrage, ["simulatedSeconds=10"]);
  const two = { seeds: [1, 2], parameters };
  const here = await runStudy(latencyArbitrage, plan(latencyArbitrage, two));
  await using workers = new StudyWorkers(latencyArbitrage.name, 1);
  expect(await runStudy(latencyArbitrage, plan(latencyArbitrage, { ...two, run: workers.run }))).toEqual(here);

  const broken = plan(latencyArbitrage, { parameters: { ...parameters, simulatedSeconds: -1 }, run: workers.run });
  await expect(runStudy(latencyArbitrage, broken)).rejects.toThrow("the scenario latency-arbitrage has 1 problem");
});
