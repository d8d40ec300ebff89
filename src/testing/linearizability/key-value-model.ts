import { ILLEGAL, UNKNOWN } from "./model.ts";
import type { Model } from "./model.ts";

export type KeyValueInput =
  | { readonly kind: "get"; readonly key: string }
  | { readonly kind: "put" | "append"; readonly key: string; readonly value: string };

/** A get gives the text of its key, the others "done". */
export type KeyValueOutput = { readonly text: string } | "done";

/**
 * A store of texts by key that are got, put and appended to; a key that nobody has written holds the empty text. Every
 * call touches one key, so the state is the text of one key and each key is checked by itself.
 */
export const KEY_VALUE_MODEL: Model<string, KeyValueInput, KeyValueOutput> = {
  initial: "",
  step(state, input, output) {
    if (input.kind === "get") {
      const fits = output === UNKNOWN || (output !== "done" && output.text === state);
      return fits ? state : ILLEGAL;
    }
    if (output !== UNKNOWN && output !== "done") return ILLEGAL;
    return input.kind === "put" ? input.value : state + input.value;
  },
  readsOnly: ({ kind }) => kind === "get",
  equal: (a, b) => a === b,
  hash: textHash,
  partitionOf: ({ key }) => key,
  describeCall(input, output) {
    const key = JSON.stringify(input.key);
    const asked = input.kind === "get" ? `get ${key}` : `${input.kind} ${key} ${JSON.stringify(input.value)}`;
    if (output === UNKNOWN) return `${asked}, outcome unknown`;
    return `${asked}, answer ${output === "done" ? output : JSON.stringify(output.text)}`;
  },
  describeState: (state) => JSON.stringify(state),
};

/** The multiplicative hash of Knuth by UTF-16 code unit; it need not be good, because equal hashes are compared. */
function textHash(text: string): number {
  let hash = text.length;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x9e3779b1) ^ (hash >>> 15);
  return hash | 0;
}
