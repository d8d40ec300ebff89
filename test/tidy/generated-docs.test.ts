import { expect, test } from "vitest";

import { GENERATED_DOCS } from "../../scripts/generated-docs.ts";
import { readDoc, renderDocs } from "../../scripts/render-docs.ts";
import { ROOT } from "./project-files.ts";

test.each(GENERATED_DOCS.map(({ path, region }) => [region === undefined ? path : `${path}, ${region}`, path]))(
  "%s is fresh: `npm run docs` changes nothing",
  async (_name, path) => {
    const rendered = await renderDocs(
      ROOT,
      GENERATED_DOCS.filter((doc) => doc.path === path),
    );
    expect(rendered.map(({ path: file }) => readDoc(ROOT, file))).toEqual(rendered.map(({ text }) => text));
  },
);
