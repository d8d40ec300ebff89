import { describe, expect, test } from "vitest";

import { NS_PER_DAY, NS_PER_HOUR } from "../core/units.ts";
import { NetworkStage, twoPlaces } from "../testing/network-stage.ts";
import { SpikeTrain, loadAt } from "./link-load.ts";

describe("the load of the day", () => {
  const load = { trough: 0.1, peak: 0.7, peakAtNs: 15 * NS_PER_HOUR };

  test("is highest at the peak, lowest twelve hours from it, halfway at six, and the same each day", () => {
    expect(loadAt(load, 15 * NS_PER_HOUR)).toBeCloseTo(0.7, 12);
    expect(loadAt(load, 3 * NS_PER_HOUR)).toBeCloseTo(0.1, 12);
    expect(loadAt(load, 9 * NS_PER_HOUR)).toBeCloseTo(0.4, 12);
    expect(loadAt(load, 21 * NS_PER_HOUR)).toBeCloseTo(0.4, 12);
    expect(loadAt(load, 3 * NS_PER_DAY + 11 * NS_PER_HOUR)).toBeCloseTo(loadAt(load, 19 * NS_PER_HOUR), 12);
    expect(loadAt({ ...load, peakAtNs: -9 * NS_PER_HOUR }, 1)).toBeCloseTo(loadAt(load, 1), 12);
  });

  test("leaves the rest of the bandwidth", () => {
    const graph = twoPlaces({ bandwidthBps: 1e9, load });
    const times = [3, 9, 15].map((hour) => hour * NS_PER_HOUR);
    const stage = new NetworkStage({ graph }).send("a", "b", times).run();
    const took = stage.timesAt("b").map((ns, i) => ns - times[i]);
    expect(took).toEqual([0.9, 0.6, 0.3].map((free) => Math.ceil(1_040 / free - 1e-6)));
  });
});

describe("spikes", () => {
  const spec = { everyNs: 1e9, lastsNs: 2e8, delayNs: 5e6 };

  test("come and go as often and for as long as asked", () => {
    const train = new SpikeTrain(spec, 1, "a to b");
    const looks = 200_000;
    let high = 0;
    let spikes = 0;
    let before = 0;
    for (let i = 0; i < looks; i++) {
      const delayNs = train.delayNs(i * 1e7);
      if (delayNs > 0) high++;
      if (delayNs > 0 && before === 0) spikes++;
      before = delayNs;
    }
    // 2,000 s of cycles of 1.2 s; the number of spikes has about the deviation of a Poisson number, or less.
    expect(Math.abs(spikes - 2_000 / 1.2)).toBeLessThan(5 * Math.sqrt(2_000 / 1.2));
    expect(Math.abs(high / looks - 0.2 / 1.2)).toBeLessThan(5 * 0.2 * Math.sqrt(1.2 / 2_000));
  });

  test("depend on the link and the time, not on who asks how often", () => {
    const [often, seldom] = [new SpikeTrain(spec, 1, "a to b"), new SpikeTrain(spec, 1, "a to b")];
    for (let ns = 0; ns < 1e11; ns += 1e7) {
      const delayNs = often.delayNs(ns);
      if (ns % 7e9 === 0) expect(seldom.delayNs(ns)).toBe(delayNs);
    }
    const other = new SpikeTrain(spec, 1, "b to a");
    const differs = Array.from({ length: 1_000 }, (_, i) => 1e11 + i * 1e8).some(
      (ns) => often.delayNs(ns) !== other.delayNs(ns),
    );
    expect(differs).toBe(true);
  });

  test("make packets later, and never let one overtake another", () => {
    const times = Array.from({ length: 5_000 }, (_, i) => i * 1e6);
    const stage = new NetworkStage({ graph: twoPlaces({ delayNs: 1e6, spikes: spec }) }).send("a", "b", times).run();
    const took = stage.arrivals.map(({ number, timeNs }) => timeNs - times[number]);
    expect(stage.numbersAt("b")).toEqual(times.map((_, i) => i));
    expect(Math.min(...took)).toBe(1e6);
    expect(Math.max(...took)).toBe(6e6);
  });
});
