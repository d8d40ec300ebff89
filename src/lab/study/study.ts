import type { Difference, Estimate, Value } from "./estimate.ts";

/** One way to treat the market. Its first arm is what the others are compared with. */
export interface Arm<Treatment = unknown> {
  readonly name: string;
  /** A noun phrase that fits after "with": "a batch auction of 1 s". */
  readonly label: string;
  readonly treatment: Treatment;
  /** Where the arms are doses of one thing, how much of it: the place on a curve's axis. */
  readonly dose?: number;
}

/** A number that a run comes to. */
export interface Measure {
  readonly name: string;
  /** A noun phrase: "the sniper's profit". */
  readonly label: string;
  /** The head of its column in a table; the label where nothing is said. */
  readonly heading?: string;
  /** Empty for a bare number. */
  readonly unit: string;
  /** That of a difference, where it has another: two percentages are some points apart. */
  readonly differenceUnit?: string;
  /** Digits after the point, for people. */
  readonly digits: number;
}

/** A number that may be changed from the command line. */
export interface Parameter {
  readonly preset: number;
  readonly low: number;
  readonly high: number;
  /** What it is, with its unit. */
  readonly means: string;
}

/** Means of arms, with their intervals. */
export interface IntervalChart {
  readonly kind: "intervals";
  readonly title: string;
  readonly measure: string;
  /** By name; all of them where nothing is said. */
  readonly arms?: readonly string[];
}

/** A measure over the arms' doses. */
export interface CurveChart {
  readonly kind: "curve";
  readonly title: string;
  readonly doseLabel: string;
  readonly unit: string;
  readonly scale?: "linear" | "log";
  readonly lines: readonly CurveLine[];
}

export interface CurveLine {
  readonly label: string;
  readonly measure: string;
  /** By name, each with a dose. */
  readonly arms: readonly string[];
}

export type StudyChart = IntervalChart | CurveChart;

/** A paired experiment: every arm runs on the same seeds, so that what differs is what the treatment did. */
export interface Study {
  readonly name: string;
  readonly question: string;
  /** How the market of the experiment is made, for people: one or two sentences. */
  readonly design: string;
  /** What it leans on, such as a paper. */
  readonly reference?: string;
  /** How many seeds are run where nothing is said, so that it ends within about a minute on two cores. */
  readonly seedCount: number;
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly arms: readonly Arm[];
  readonly measures: readonly Measure[];
  readonly charts: readonly StudyChart[];
  runArm(run: StudyRun): Promise<Readonly<Record<string, Value>>>;
  /** The sentences of "what was found". They follow from the numbers. */
  find(findings: Findings): readonly string[];
}

/** One seed of one arm. */
export interface StudyRun<Treatment = unknown, ParameterName extends string = string> {
  readonly treatment: Treatment;
  readonly seed: number;
  readonly parameters: Readonly<Record<ParameterName, number>>;
}

/** A measure of an arm. */
export interface Place {
  readonly measure: string;
  readonly arm: string;
}

/** The numbers of a finished study, and words for them that claim no more than they say. */
export interface Findings {
  /** The mean of a measure in an arm. */
  estimate(place: Place): Estimate;
  /** An arm less another, seed by seed. */
  difference(place: Place & { readonly against: string }): Difference;
  /** "With fibre, the maker's profit is 12 USD (10 to 14)." */
  level(place: Place): string;
  /** "With fibre, the maker's profit is 12 USD higher than with WiFi (10 to 14; in 20 of 20 seeds)." */
  comparison(place: Place & { readonly against: string }): string;
}

/** A study whose names the compiler knows. */
export interface StudySpec<Treatment, ParameterName extends string, MeasureName extends string> extends Omit<
  Study,
  "parameters" | "arms" | "measures" | "runArm"
> {
  readonly parameters: Readonly<Record<ParameterName, Parameter>>;
  readonly arms: readonly Arm<Treatment>[];
  readonly measures: readonly (Measure & { readonly name: MeasureName })[];
  readonly runArm: (run: StudyRun<Treatment, ParameterName>) => Promise<Readonly<Record<MeasureName, Value>>>;
}

/** Ties the run of an arm to the study's own treatments, parameters and measures. */
export function defineStudy<Treatment, ParameterName extends string, MeasureName extends string>(
  spec: StudySpec<Treatment, ParameterName, MeasureName>,
): Study {
  // Whoever runs a study takes the treatment out of its arms and the parameters out of its table.
  return { ...spec, runArm: (run) => spec.runArm(run as StudyRun<Treatment, ParameterName>) };
}
