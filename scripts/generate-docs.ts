import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { GENERATED_DOCS } from "./generated-docs.ts";
import { readDoc, renderDocs } from "./render-docs.ts";

const root = join(import.meta.dirname, "..");

for (const { path, text } of await renderDocs(root, GENERATED_DOCS)) {
  const fresh = readDoc(root, path) === text;
  if (!fresh) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  process.stderr.write(`${fresh ? "fresh" : "wrote"} ${path}\n`);
}
