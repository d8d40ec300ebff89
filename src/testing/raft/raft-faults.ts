import type { RandomStream } from "../../core/random.ts";
import type { ChangeKind, MemberChange, MembershipChange } from "../../consensus/raft/conf-change.ts";
import type { RaftMessage } from "../../consensus/raft/messages.ts";
import type { RaftCluster } from "./raft-cluster.ts";

const FAULTS = [
  "crash",
  "bounce",
  "depose",
  "restart",
  "split",
  "isolate",
  "one-way",
  "heal",
  "weather",
  "membership",
  "transfer",
] as const;
type Fault = (typeof FAULTS)[number];
const DEPOSED_AFTER_MAX = 25;
const CHANGES: readonly ChangeKind[] = ["add-voter", "add-voter", "add-learner", "remove"];

export interface FaultTargets {
  readonly replicas: number;
  readonly voters: number;
  /** The number of a replica that takes itself for the leader; -1 if none does. */
  readonly leader: () => number;
  readonly admin: number;
}

/** Breaks things at random. Each run has its own mix: a fault that never happens lets others go further. */
export class RaftFaults {
  readonly parameters: string;
  readonly #cluster: RaftCluster;
  readonly #random: RandomStream;
  readonly #targets: FaultTargets;
  readonly #mix: Fault[];
  readonly #pauseMax: number;
  #requests = 0;
  #isOver = false;

  constructor(cluster: RaftCluster, random: RandomStream, targets: FaultTargets) {
    this.#cluster = cluster;
    this.#random = random;
    this.#targets = targets;
    const chosen = FAULTS.filter(() => random.chance(0.6));
    // What is broken for good lets nothing happen any more.
    this.#mix = [...new Set<Fault>([...chosen, "restart", "heal"])];
    this.#pauseMax = random.integer(5, 120);
    this.parameters = `faults ${this.#mix.join(", ")}; pause up to ${this.#pauseMax}`;
  }

  get pause(): number {
    return this.#random.integer(1, this.#pauseMax);
  }

  next(): void {
    this.#apply(this.#mix[this.#random.integer(0, this.#mix.length - 1)]);
  }

  /** Somebody has begun to lead. Cut off before it has told many, it leaves entries that others will replace. */
  leaderElected(leader: number): void {
    if (this.#isOver || !this.#mix.includes("depose") || this.#random.chance(0.3)) return;
    this.#cluster.at(this.#cluster.now + this.#random.integer(0, DEPOSED_AFTER_MAX), () => {
      if (this.#isOver) return;
      this.#cluster.healAll();
      this.#cutWhere((from, to) => from === leader || to === leader);
    });
  }

  healEverything(): void {
    this.#isOver = true;
    this.#cluster.healAll();
    Object.assign(this.#cluster.weather, { lossProbability: 0, doubleProbability: 0, delayMin: 1, delayMax: 5 });
    for (let replica = 0; replica < this.#targets.replicas; replica++) {
      this.#cluster.diskOf(replica).writesLeft = Infinity;
      if (!this.#cluster.isUp(replica)) this.#cluster.start(replica);
    }
  }

  #apply(fault: Fault): void {
    const random = this.#random;
    const target = this.#target();
    switch (fault) {
      case "crash":
        // Now, or between two of the next writes.
        if (random.chance(0.3)) this.#cluster.crash(target);
        else this.#cluster.diskOf(target).writesLeft = this.#cluster.diskOf(target).writes + random.integer(0, 6);
        return;
      case "bounce":
        // Back at once: before the others have missed it, it can break what it has promised and forgotten.
        this.#cluster.crash(target);
        if (!this.#cluster.isUp(target)) this.#cluster.start(target);
        return;
      case "depose":
        // Happens by itself, whenever somebody begins to lead.
        return;
      case "restart":
        for (const replica of this.#all()) if (!this.#cluster.isUp(replica)) this.#cluster.start(replica);
        return;
      case "split": {
        this.#cluster.healAll();
        const sides = this.#all().map(() => random.integer(0, 1));
        return this.#cutWhere((from, to) => sides[from] !== sides[to]);
      }
      case "isolate":
        return this.#cutWhere((from, to) => from === target || to === target);
      case "one-way":
        return random.chance(0.5)
          ? this.#cutWhere((from) => from === target)
          : this.#cutWhere((_, to) => to === target);
      case "heal":
        return this.#cluster.healAll();
      case "weather":
        Object.assign(this.#cluster.weather, this.#drawWeather());
        return;
      case "membership":
        return this.#ask({ kind: "change-membership", request: ++this.#requests, change: this.#drawChange() });
      case "transfer":
        return this.#ask({ kind: "transfer-leadership", request: ++this.#requests, to: this.#any() });
    }
  }

  #drawWeather(): object {
    const random = this.#random;
    const lossProbability = random.chance(0.5) ? 0 : random.uniform() * 0.4;
    const doubleProbability = random.chance(0.3) ? 0 : random.uniform() * 0.4;
    const delayMax = random.chance(0.8) ? random.integer(1, 15) : random.integer(15, 120);
    return { lossProbability, doubleProbability, delayMin: 1, delayMax };
  }

  #drawChange(): MembershipChange {
    const random = this.#random;
    const transition = (["auto", "joint-implicit", "joint-explicit"] as const)[random.integer(0, 2)];
    if (random.chance(0.4)) return { transition, changes: this.#drawReplacement() };
    // Without changes it leaves a joint configuration that waits for that.
    const count = random.chance(0.3) ? 0 : random.integer(1, 3);
    const changes = Array.from({ length: count }, () => {
      const kind = CHANGES[random.integer(0, CHANGES.length - 1)];
      return { kind, replica: this.#any() };
    });
    return { transition, changes };
  }

  /** Other voters altogether: the two sets of the joint configuration may have nobody in common. */
  #drawReplacement(): MemberChange[] {
    const voters = this.#all().filter(() => this.#random.chance(0.4));
    if (voters.length === 0) voters.push(this.#any());
    return this.#all().map((replica) => ({ kind: voters.includes(replica) ? "add-voter" : "remove", replica }));
  }

  #ask(message: RaftMessage): void {
    const leader = this.#targets.leader();
    if (leader >= 0) this.#cluster.act(this.#targets.admin, (context) => context.send(leader, message));
  }

  #cutWhere(isCut: (from: number, to: number) => boolean): void {
    for (const from of this.#all()) {
      for (const to of this.#all()) if (from !== to && isCut(from, to)) this.#cluster.cut(from, to);
    }
  }

  /** The leader half of the time: that is where most can go wrong. */
  #target(): number {
    const leader = this.#targets.leader();
    return leader >= 0 && this.#random.chance(0.5) ? leader : this.#any();
  }

  #any(): number {
    return this.#random.integer(0, this.#targets.replicas - 1);
  }

  #all(): number[] {
    return Array.from({ length: this.#targets.replicas }, (_, i) => i);
  }
}
