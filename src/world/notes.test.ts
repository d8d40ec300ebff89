import { describe, expect, test } from "vitest";

import type { DeskAgentHost } from "../agents/desk-agent.ts";
import { DeskAgent } from "../agents/desk-agent.ts";
import type { Agent, AgentFactory, Note } from "../agents/port.ts";
import { NS_PER_MILLISECOND, NS_PER_SECOND } from "../core/units.ts";
import { discardingJournal } from "../kernel/journal-port.ts";
import { scenarioOf } from "../testing/scenario-text.ts";
import { World } from "./world.ts";

const NOTES = 100;
const FIRST_NS = NS_PER_SECOND;
const EVERY_NS = 10 * NS_PER_MILLISECOND;
/** Between the 50th note and the one after it. */
const LATE_NS = FIRST_NS + 49.5 * EVERY_NS;
const TOPIC = -7;
const LISTENERS = 12;

/** What an agent has heard, and when. */
interface Heard {
  readonly by: string;
  readonly atNs: number;
  readonly note: Note;
}

interface Run {
  readonly world: World;
  readonly heard: readonly Heard[];
  readonly digest: string;
}

/** Publishes its notes at regular times; it listens too, and must not hear itself. */
const speaker: AgentFactory = () => ({
  onStart: (agent) => {
    agent.listen(TOPIC);
    for (let note = 0; note < NOTES; note++) agent.setTimer(FIRST_NS + note * EVERY_NS, note);
  },
  onTimer: (agent, note) => agent.publish(TOPIC, [note, 0.1 * note, -1e300, 2 ** -1074, 5].slice(0, 1 + (note % 5))),
  onNote: () => {
    throw new Error("nobody hears a note of its own");
  },
});

function listeners(heard: Heard[], start: (agent: Agent) => void, late?: (agent: Agent) => void): AgentFactory {
  return () => ({
    onStart: start,
    ...(late === undefined ? {} : { onTimer: late }),
    onNote: (agent, note) => {
      heard.push({ by: agent.name, atNs: agent.nowNs, note });
    },
  });
}

function run(network: string, { isTold = true } = {}): Run {
  const heard: Heard[] = [];
  const factories = new Map<string, AgentFactory>([
    ["speaker", isTold ? speaker : () => ({})],
    [
      "listener",
      listeners(heard, (agent) => {
        agent.listen(TOPIC);
        agent.listen(TOPIC);
      }),
    ],
    ["deaf", listeners(heard, (agent) => agent.listen(TOPIC + 1))],
    [
      "late",
      listeners(
        heard,
        (agent) => void agent.setTimer(LATE_NS),
        (agent) => agent.listen(TOPIC),
      ),
    ],
  ]);
  const agents = [
    `{ file: listener, name: listener, count: ${LISTENERS} }`,
    "{ file: deaf, name: deaf, count: 2 }",
    "{ file: late, name: late, count: 1 }",
    "{ file: speaker, name: speaker, count: 1 }",
  ];
  const scenario = scenarioOf({ network, agents, population: [], duration: "10m" });
  const world = new World(scenario, { journal: discardingJournal, factories });
  world.kernel.run(world.endNs);
  return { world, heard, digest: world.kernel.tape.digest() };
}

/** Everybody is one millisecond away from everybody. */
function routed(intelligence: string, loss = 0): string {
  const link = `{ delay: 1ms, loss: { kind: bernoulli, probability: ${loss} } }`;
  const at = "{ speaker: a, listener: [b, c, d], late: b, deaf: c }";
  return `{ kind: routed, topology: { kind: mesh, places: [a, b, c, d] }, local: 1ms, link: ${link}, at: ${at}, transport: { ${intelligence} } }`;
}

const CONSTANT = "{ kind: constant, delay: 1ms }";

/** By listener, the numbers of the notes that it has heard, as they came. */
function notesOf(heard: readonly Heard[]): Map<string, number[]> {
  const notes = new Map<string, number[]>();
  for (const { by, note } of heard) notes.set(by, [...(notes.get(by) ?? []), note.values[0]]);
  return notes;
}

const delayOf = ({ atNs, note }: Heard): number => atNs - note.sentNs;
const ALL = Array.from({ length: NOTES }, (_, note) => note);

describe.each([
  ["a constant link", CONSTANT],
  ["streams", routed("intelligence: reliable")],
  ["datagrams", routed("intelligence: datagram")],
])("over %s without loss", (_, network) => {
  const { heard } = run(network);

  test("each note reaches those who listen when it is published, once, in order, and nobody else", () => {
    const notes = notesOf(heard);
    expect(notes.size).toBe(LISTENERS + 1);
    for (let number = 1; number <= LISTENERS; number++) expect(notes.get(`listener-${number}`)).toEqual(ALL);
    expect(notes.get("late-1")).toEqual(ALL.slice(50));
  });

  test("it takes as long as the link, and says what was said, when and by whom", () => {
    expect(new Set(heard.map(delayOf))).toEqual(new Set([NS_PER_MILLISECOND]));
    for (const { note } of heard) {
      const [number] = note.values;
      const values = [number, 0.1 * number, -1e300, 2 ** -1074, 5].slice(0, 1 + (number % 5));
      expect(note).toEqual({ from: "speaker-1", topic: TOPIC, values, sentNs: FIRST_NS + number * EVERY_NS });
    }
  });
});

describe("over a network that loses three packets in ten", () => {
  test("streams repeat what is lost: all hear everything in order, some of it late; that is what they do unless told", () => {
    const { heard, digest } = run(routed("intelligence: reliable", 0.3));
    const notes = notesOf(heard);
    for (let number = 1; number <= LISTENERS; number++) expect(notes.get(`listener-${number}`)).toEqual(ALL);
    expect(notes.get("late-1")).toEqual(ALL.slice(50));
    expect(Math.min(...heard.map(delayOf))).toBe(NS_PER_MILLISECOND);
    expect(Math.max(...heard.map(delayOf))).toBeGreaterThan(200 * NS_PER_MILLISECOND);
    expect(run(routed("orders: reliable", 0.3)).digest).toBe(digest);
  });

  test("datagrams are lost: what is heard comes at once", () => {
    const { heard, world } = run(routed("intelligence: datagram", 0.3));
    const sent = LISTENERS * NOTES + NOTES / 2;
    expect(new Set(heard.map(delayOf))).toEqual(new Set([NS_PER_MILLISECOND]));
    expect(Math.abs(heard.length - 0.7 * sent)).toBeLessThan(5 * Math.sqrt(0.21 * sent));
    expect(world.network?.counts.lost).toBe(sent - heard.length);
  });
});

describe("by gossip", () => {
  const network = routed("intelligence: gossip, fanOut: 2");
  const { heard, world } = run(network);

  test("the speaker tells two, and each that hears it two more: hop by hop, and nobody hears it twice", () => {
    const notes = notesOf(heard);
    expect([...notes.keys()].every((by) => by === "late-1" || by.startsWith("listener-"))).toBe(true);
    for (const numbers of notes.values()) expect(new Set(numbers).size).toBe(numbers.length);
    expect(notes.get("late-1")?.every((number) => number >= 50)).toBe(true);
    const hops = heard.map((one) => delayOf(one) / NS_PER_MILLISECOND);
    expect(hops.every((count) => Number.isInteger(count) && count >= 1)).toBe(true);
    expect(hops.filter((count) => count === 1)).toHaveLength(2 * NOTES);
    expect(Math.max(...hops)).toBeGreaterThan(3);
  });

  test("whoever is never told is counted as missed", () => {
    const missed = world.network?.counts.missed ?? 0;
    expect(missed).toBeGreaterThan(0);
    expect(missed + heard.length).toBe(LISTENERS * NOTES + NOTES / 2);
  });

  test("forgers of market data leave notes alone, signed or not", () => {
    for (const signed of ["", ", signed: true"]) {
      const forged = run(routed(`marketData: gossip, intelligence: gossip, fanOut: 2, forgers: [listener-1]${signed}`));
      expect(forged.heard).toEqual(heard);
      expect(forged.world.network?.counts.believed).toBe(0);
    }
  });
});

test.each([CONSTANT, routed("intelligence: datagram", 0.3), routed("intelligence: gossip, fanOut: 2", 0.3)])(
  "the same run again has the same hash, and notes are part of it: %s",
  (network) => {
    const { digest } = run(network);
    expect(run(network).digest).toBe(digest);
    expect(run(network, { isTold: false }).digest).not.toBe(digest);
  },
);

describe("what is no note stops the run", () => {
  const publishing = (act: (agent: Agent) => void): (() => void) => {
    const factories = new Map<string, AgentFactory>([["bad", () => ({ onStart: act })]]);
    const scenario = scenarioOf({ network: CONSTANT, agents: ["{ file: bad, name: bad }"], population: [] });
    const world = new World(scenario, { journal: discardingJournal, factories });
    return () => world.kernel.run(1);
  };
  test.each<[string, (agent: Agent) => void, RegExp | undefined]>([
    ["five values", (agent) => agent.publish(1, [1, 2, 3, 4, 5]), undefined],
    ["six values", (agent) => agent.publish(1, [1, 2, 3, 4, 5, 6]), /at most 5 values/],
    ["no number", (agent) => agent.publish(1, [Number.NaN]), /finite numbers, found NaN/],
    ["half a topic", (agent) => agent.publish(0.5, []), /topic is a whole number/],
    ["a topic that is too large", (agent) => agent.listen(2 ** 31), /topic is a whole number/],
  ])("%s", (_, act, message) => {
    const problem = problemOf(publishing(act));
    if (message === undefined) expect(problem).toBe("none");
    else expect(problem).toMatch(message);
  });
});

test("an agent on a desk is told that notes do not pass", () => {
  const agent = new DeskAgent("alpha-1", {}, {} as Partial<DeskAgentHost> as DeskAgentHost);
  expect(() => agent.publish()).toThrow("alpha-1 wants to publish one");
  expect(() => agent.listen()).toThrow("alpha-1 wants to listen");
});

function problemOf(act: () => void): string {
  try {
    act();
    return "none";
  } catch (error) {
    return error instanceof Error ? `${error.message} ${String(error.cause)}` : String(error);
  }
}
