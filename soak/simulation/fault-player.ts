import { RandomStream } from "../../src/core/random.ts";
import type { Nanos } from "../../src/core/units.ts";
import type { Cluster } from "./cluster.ts";
import { logUniform } from "./draws.ts";
import type { Fault, FaultKind } from "./fault.ts";
import type { Spell } from "./weather.ts";

/** Faults that are the protocol's own to make. */
export type ProtocolFault = (kind: "membership" | "transfer" | "forgery", random: RandomStream) => void;

export interface FaultTargets {
  /** A replica that takes itself for the leader, or -1. */
  readonly leader: () => number;
  /** Replicas whose disks may be damaged. */
  readonly rottenMax: number;
  readonly onProtocolFault?: ProtocolFault;
}

const WRITES_BEFORE_A_TORN_ONE_MAX = 8;
/** A bounced replica is back before the others have missed it. */
const BOUNCE_NS_MAX = 50e6;
const FLAPS_MAX = 20;
const SLOW_EVENT_NS_MAX = 200e6;
const SKEW_NS_MAX = 4e9;
const DRIFT_MAX = 0.3;
const SLOWNESS_MAX = 30;
/** For so long a new leader leads before it is deposed. */
const REIGN_NS_MIN = 2e6;
const REIGN_NS_MAX = 1e9;
const DEPOSING_NS = 10e9;

/** Makes the faults of a plan happen, and undoes all of them when it is told. */
export class FaultPlayer<Message> {
  readonly #cluster: Cluster<Message>;
  readonly #targets: FaultTargets;
  readonly #replicas: readonly number[];
  /** Replicas whose power is off, and until when; a fault that lasts longer puts it off. */
  readonly #downUntilNs = new Map<number, Nanos>();
  /** New leaders are cut off until this time, each for so long. */
  #deposes: { readonly untilNs: Nanos; readonly eachNs: Nanos; readonly random: RandomStream } | undefined;
  #isOver = false;

  constructor(cluster: Cluster<Message>, faults: readonly Fault[], targets: FaultTargets) {
    this.#cluster = cluster;
    this.#targets = targets;
    this.#replicas = Array.from({ length: cluster.replicas }, (_, replica) => replica);
    for (const fault of faults) {
      cluster.at(fault.atNs, () => {
        if (this.#isOver) return;
        cluster.trail.note(cluster.nowNs, -1, "fault", fault);
        this.#begin(fault);
      });
    }
  }

  /** A replica has crashed between two writes: it comes back at some time. */
  onCrash(replica: number): void {
    if (this.#isOver) return;
    const untilNs = this.#downUntilNs.get(replica) ?? 0;
    if (untilNs <= this.#cluster.nowNs) this.#restartAfter(replica, 500e6);
  }

  /** Somebody has begun to lead. Cut off before it has told many, it leaves what others will replace. */
  leaderElected(leader: number): void {
    const deposes = this.#deposes;
    if (this.#isOver || deposes === undefined || this.#cluster.nowNs > deposes.untilNs) return;
    const reignNs = Math.ceil(logUniform(deposes.random, REIGN_NS_MIN, REIGN_NS_MAX));
    this.#after(reignNs, () => this.cut(deposes.eachNs, (from, to) => from === leader || to === leader));
  }

  /** Ends everything that is wrong; only the core is started again, the others stay off. */
  healCore(core: readonly number[]): void {
    this.#isOver = true;
    const cluster = this.#cluster;
    cluster.weather.clear();
    for (const replica of this.#replicas) {
      cluster.diskOf(replica).crashAfter(Infinity);
      cluster.slowDown(replica, 0);
      cluster.clockOf(replica).mend(cluster.nowNs);
      if (!core.includes(replica)) cluster.crash(replica);
      else cluster.start(replica);
    }
  }

  /** Cuts ways between replicas for so long. */
  cut(durationNs: Nanos, isCut: (from: number, to: number) => boolean): void {
    if (this.#isOver) return;
    const { weather } = this.#cluster;
    const ways = this.#replicas
      .flatMap((from) => this.#replicas.map((to) => [from, to] as const))
      .filter(([from, to]) => from !== to && isCut(from, to));
    for (const [from, to] of ways) weather.cut(from, to);
    this.#after(durationNs, () => {
      for (const [from, to] of ways) weather.mend(from, to);
    });
  }

  #begin(fault: Fault): void {
    const cluster = this.#cluster;
    const { durationNs, amount } = fault;
    const target = this.#targetOf(fault);
    const random = RandomStream.named(fault.seed, "fault", fault.kind);
    switch (fault.kind) {
      case "crash":
        return this.#powerOff(target, durationNs);
      case "bounce":
        return this.#powerOff(target, Math.min(durationNs, BOUNCE_NS_MAX));
      case "blackout":
        for (const replica of this.#replicas) this.#powerOff(replica, random.integer(1, durationNs));
        return;
      case "torn write":
        this.#downUntilNs.set(target, 0);
        return cluster.diskOf(target).crashAfter(random.integer(0, WRITES_BEFORE_A_TORN_ONE_MAX));
      case "corruption":
        return this.#rot(target, durationNs, random);
      case "pause":
        return cluster.pause(target, durationNs);
      case "freeze":
        return cluster.freeze(target, durationNs);
      case "slow down":
        cluster.slowDown(target, Math.ceil(amount * SLOW_EVENT_NS_MAX));
        return this.#after(durationNs, () => cluster.slowDown(target, 0));
      case "clock skew":
        this.#skew(target, amount, random);
        return this.#after(durationNs, () => cluster.clockOf(target).mend(cluster.nowNs));
      case "split": {
        const sides = this.#replicas.map(() => random.integer(0, 1));
        return this.cut(durationNs, (from, to) => sides[from] !== sides[to]);
      }
      case "isolate":
        return this.cut(durationNs, (from, to) => from === target || to === target);
      case "depose": {
        const untilNs = cluster.nowNs + DEPOSING_NS;
        this.#deposes = { untilNs, eachNs: durationNs, random };
        return;
      }
      case "one-way cut":
        return random.chance(0.5)
          ? this.cut(durationNs, (from) => from === target)
          : this.cut(durationNs, (_, to) => to === target);
      case "flapping link":
        return this.#flap(target, durationNs, random.integer(2, FLAPS_MAX));
      case "loss":
      case "duplicate":
      case "reorder":
      case "slow network":
      case "hold-up":
      case "black hole": {
        const spell = this.#spellOf(fault, random.chance(0.5) ? target : -1);
        cluster.weather.begin(spell);
        return this.#after(durationNs, () => cluster.weather.end(spell));
      }
      case "membership":
      case "transfer":
      case "forgery":
        return this.#targets.onProtocolFault?.(fault.kind, random);
    }
  }

  #targetOf({ target, seed }: Fault): number {
    // A smaller case may have fewer replicas than the fault was drawn for.
    if (target !== "leader") return target % this.#replicas.length;
    const leader = this.#targets.leader();
    return leader >= 0 ? leader : seed % this.#replicas.length;
  }

  #skew(replica: number, amount: number, random: RandomStream): void {
    const { nowNs } = this.#cluster;
    const clock = this.#cluster.clockOf(replica);
    const drift = 1 + amount * DRIFT_MAX;
    const isFar = clock.at(nowNs) - nowNs > SKEW_NS_MAX;
    const aheadNs = random.chance(0.5) && !isFar ? amount * SKEW_NS_MAX : 0;
    clock.skew(nowNs, random.chance(0.5) && !isFar ? drift : 1 / drift, aheadNs);
  }

  #spellOf({ kind, amount }: Fault, of: number): Spell {
    const spell = kind as Spell["kind"] & FaultKind;
    return { kind: spell, amount: spell === "slow network" ? 1 + amount * SLOWNESS_MAX : amount, of };
  }

  #powerOff(replica: number, durationNs: Nanos): void {
    if (!this.#cluster.isUp(replica)) return;
    this.#downUntilNs.set(replica, this.#cluster.nowNs + durationNs);
    this.#cluster.crash(replica);
    this.#restartAfter(replica, durationNs);
  }

  /** Bits flip while the power is off. */
  #rot(replica: number, durationNs: Nanos, random: RandomStream): void {
    // As many as a protocol can do without, and the healed core never loses more.
    const rotten = this.#replicas.filter((other) => this.#cluster.diskOf(other).rotten > 0).length;
    if (rotten >= this.#targets.rottenMax) return;
    this.#powerOff(replica, durationNs);
    if (!this.#cluster.isUp(replica)) this.#cluster.diskOf(replica).rot(random);
  }

  #restartAfter(replica: number, durationNs: Nanos): void {
    this.#after(durationNs, () => this.#cluster.start(replica));
  }

  #flap(target: number, durationNs: Nanos, flaps: number): void {
    const eachNs = Math.ceil(durationNs / (2 * flaps));
    for (let flap = 0; flap < flaps; flap++) {
      this.#after(2 * flap * eachNs, () => this.cut(eachNs, (from, to) => from === target || to === target));
    }
  }

  #after(durationNs: Nanos, action: () => void): void {
    this.#cluster.at(this.#cluster.nowNs + durationNs, () => {
      if (!this.#isOver) action();
    });
  }
}
