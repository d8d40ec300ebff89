import { describe, expect, test } from "vitest";

import { InvariantError } from "../core/assert.ts";
import { say } from "../testing/scripted-actor.ts";
import type { Actor, ActorContext } from "./actor.ts";
import { ActorFailure } from "./actor-failure.ts";
import { Kernel } from "./kernel.ts";
import { ConstantLink } from "./links.ts";

/** A caller in JavaScript may return anything, whatever the type says. */
function returning(value: unknown): () => void {
  return () => value;
}

/** Runs `broken` beside an actor that writes to it at 20 ns, and gives back how the run failed. */
function failureOf(broken: Partial<Actor>, options: { describeKind?: (kind: number) => string } = {}): ActorFailure {
  const kernel = new Kernel({ seed: 1, link: new ConstantLink(20), ...options });
  kernel.add("sound", {
    onStart: (context) => {
      const message = context.compose();
      context.words[message << 4] = 64;
      context.send(context.find("broken"), message);
    },
    onMessage: () => undefined,
  });
  kernel.add("broken", { onMessage: () => undefined, ...broken });
  try {
    kernel.run(Infinity);
  } catch (error) {
    if (error instanceof ActorFailure) return error;
    throw error;
  }
  throw new Error("the run did not fail");
}

function setsTimer(context: ActorContext): void {
  context.setTimer(30, 77);
}

describe("an actor that throws stops the run", () => {
  const cause = new TypeError("quantity is undefined");
  const throws = (): void => {
    throw cause;
  };

  test.each<[string, Partial<Actor>, object]>([
    ["at its start", { onStart: throws }, { event: "start", timeNs: 0, sequence: 2 }],
    ["on a message", { onMessage: throws }, { event: "message note", timeNs: 20, sequence: 3 }],
    ["on a timer", { onStart: setsTimer, onTimer: throws }, { event: "timer 77", timeNs: 30, sequence: 4 }],
  ])("%s, with its name, the event, the time and the sequence", (_, broken, facts) => {
    const failure = failureOf(broken, { describeKind: (kind) => (kind === 64 ? "note" : "unknown") });
    expect(failure).toMatchObject({ name: "ActorFailure", actor: "broken", cause, ...facts });
  });

  test("with a message for people", () => {
    expect(failureOf({ onMessage: throws }).message).toBe(
      "broken failed at event 3 (message 64, 20 ns): quantity is undefined",
    );
  });

  test("also when what it throws is no error", () => {
    const text = (): void => {
      const thrown: unknown = "out of cash";
      throw thrown as Error;
    };
    expect(failureOf({ onMessage: text }).message).toBe("broken failed at event 3 (message 64, 20 ns): out of cash");
  });
});

describe("an actor that returns something stops the run", () => {
  test.each([0, 1, "", "done", false, null, {}, [], () => undefined, 5n])("%o", (value) => {
    const failure = failureOf({ onMessage: returning(value) });
    expect(failure).toMatchObject({ actor: "broken", event: "message 64", sequence: 3 });
    expect(failure.message).toMatch(/it returned .*; a handler returns nothing$/);
  });

  test.each<[string, Partial<Actor>, string]>([
    ["start", { onStart: returning(1) }, "start"],
    ["timer", { onStart: setsTimer, onTimer: returning(1) }, "timer 77"],
  ])("on a %s too", (_, broken, event) => {
    expect(failureOf(broken)).toMatchObject({ actor: "broken", event });
  });

  test.each([
    ["a promise", () => Promise.resolve()],
    // Nobody listens to it any more, so it must not come back as an unhandled rejection.
    ["a promise that fails", () => Promise.reject(new Error("later"))],
  ])("%s, with the reason that handlers are synchronous", (_, promise) => {
    const failure = failureOf({ onMessage: returning(promise()) });
    expect(failure.message).toMatch(/it returned a promise; a handler is synchronous and returns nothing$/);
  });

  test("undefined is nothing, whether it is returned or not", () => {
    expect(() => failureOf({ onMessage: returning(undefined) })).toThrow("the run did not fail");
  });
});

const ACTS: readonly (readonly [what: string, act: (context: ActorContext) => void])[] = [
  ["composing", (context) => context.compose()],
  ["composing in full", (context) => context.composeStale()],
  ["sending", (context) => context.send(0, 0)],
  ["setting a timer", (context) => context.setTimer(50, 1)],
  ["spending time", (context) => context.spend(1)],
];

describe("an actor that breaks the rules of messages stops the run", () => {
  test("by writing to nobody", () => {
    const failure = failureOf({ onMessage: (context) => say(context, "nobody", 1) });
    expect(failure.message).toMatch(/^broken failed at event 3 .*: a message needs a receiver$/);
    expect(failure.cause).toBeInstanceOf(InvariantError);
  });

  test("by sending on what another actor composed", () => {
    const failure = failureOf({ onMessage: (context, _words, at) => context.send(context.sender, at >> 4) });
    expect(failure.message).toMatch(/an actor sends only what it composed in this event$/);
  });

  test("by sending again what it composed in an earlier event", () => {
    let kept = -1;
    const failure = failureOf({
      onStart: (context) => {
        kept = context.compose();
        context.send(context.self, kept);
      },
      onMessage: (context) => context.send(context.self, kept),
    });
    expect(failure.message).toMatch(/an actor sends only what it composed in this event$/);
  });

  test("by sending what was never composed", () => {
    const failure = failureOf({ onMessage: (context) => context.send(context.self, 123_456) });
    expect(failure.message).toMatch(/an actor sends only what it composed in this event$/);
  });

  test.each(ACTS)("by %s with the context of an actor whose turn it is not", (_, act) => {
    let borrowed: ActorContext | undefined;
    const kernel = new Kernel({ seed: 1, link: new ConstantLink(1) });
    kernel.add("lender", {
      onStart: (context) => {
        borrowed = context;
      },
      onMessage: () => undefined,
    });
    kernel.add("borrower", { onStart: () => act(borrowed!), onMessage: () => undefined });
    expect(() => kernel.run(0)).toThrow(/borrower failed at event 2 .* only while it handles an event$/);
  });

  test.each(ACTS)("by %s after its own turn is over", (_, act) => {
    let own: ActorContext | undefined;
    const kernel = new Kernel({ seed: 1, link: new ConstantLink(1) });
    kernel.add("late", {
      onStart: (context) => {
        own = context;
      },
      onMessage: () => undefined,
    });
    kernel.run(0);
    expect(() => act(own!)).toThrow(/only while it handles an event$/);
  });
});
