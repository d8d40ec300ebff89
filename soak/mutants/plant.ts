import { registerHooks } from "node:module";

import type { Mutant } from "./mutant.ts";
import { mutated } from "./mutant.ts";

const ROOT = new URL("../../", import.meta.url).href;

/** From now on this thread loads the mutant's file with the bug in it. It must not have been loaded before. */
export function plant(mutant: Mutant): void {
  const target = `${ROOT}${mutant.file}`;
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      if (url !== target) return loaded;
      const { source } = loaded;
      if (source === undefined || source === null) throw new Error(`${mutant.file} was loaded without its source`);
      const text = typeof source === "string" ? source : new TextDecoder().decode(source);
      return { ...loaded, source: mutated(text, mutant) };
    },
  });
}
