import type { AgentFactory, AgentHandlers, AgentSetup } from "../agents/port.ts";
import { UserError } from "../core/errors.ts";
import { nearest } from "./scenario/suggestion.ts";

/** Every handler that an agent may have. */
const HANDLERS: { readonly [Name in keyof Required<AgentHandlers>]: true } = {
  onStart: true,
  onQuote: true,
  onLevel: true,
  onSnapshot: true,
  onTrade: true,
  onOrderChange: true,
  onOrder: true,
  onFill: true,
  onPhase: true,
  onIndication: true,
  onOverheard: true,
  onNote: true,
  onTimer: true,
};

/**
 * Makes one agent, and checks that it is one: a mistyped handler would never be called, and nobody would notice.
 * @param options `origin` names the file or the kind in errors
 * @throws {UserError} when the factory throws, or what it returns is no agent
 */
export function createAgent(
  factory: AgentFactory,
  setup: AgentSetup,
  options: { readonly origin: string },
): AgentHandlers {
  const fail = (message: string): UserError =>
    new UserError(`${setup.name} cannot be made`, { problems: [{ path: options.origin, message }] });
  let handlers: unknown;
  try {
    handlers = factory(setup);
  } catch (error) {
    throw fail(
      error instanceof Error && !(error instanceof UserError) ? (error.stack ?? error.message) : describe(error),
    );
  }
  if (!(handlers instanceof Object) || Array.isArray(handlers)) {
    throw fail(`expected an object of handlers, found ${String(handlers)}`);
  }
  if ("then" in handlers) throw fail("expected an object of handlers, found a promise: an agent is made synchronously");
  const problem = handlerProblem(handlers);
  if (problem !== undefined) throw fail(problem);
  return handlers;
}

/** What an object has that is no handler and looks like one. Its own methods and fields may have any other name. */
function handlerProblem(handlers: object): string | undefined {
  const names = Object.keys(HANDLERS);
  const methods = [Object.getPrototypeOf(handlers) as object, handlers].flatMap((part) =>
    Object.getOwnPropertyNames(part),
  );
  for (const name of methods.filter((method) => /^on[A-Z]/.test(method))) {
    const value: unknown = (handlers as Record<string, unknown>)[name];
    if (!names.includes(name)) {
      const suggestion = nearest(name, names);
      const hint = suggestion === undefined ? `expected one of ${names.join(", ")}` : `did you mean ${suggestion}?`;
      return `there is no handler ${name}; ${hint}`;
    }
    if (value !== undefined && typeof value !== "function")
      return `expected ${name} to be a function, found ${typeof value}`;
  }
  return undefined;
}

function describe(error: unknown): string {
  return error instanceof UserError ? error.describe() : String(error);
}
