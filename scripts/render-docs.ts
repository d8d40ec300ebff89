import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { format } from "oxfmt";

import type { GeneratedDoc } from "./generated-docs.ts";

export interface RenderedDoc {
  readonly path: string;
  readonly text: string;
}

/**
 * Renders documents as they must stand on disk, formatted like every other file.
 *
 * Several regions of one file are filled one after the other.
 *
 * @param root absolute path of the repository.
 * @throws {Error} when a region's file or its markers are missing.
 */
export async function renderDocs(root: string, docs: readonly GeneratedDoc[]): Promise<RenderedDoc[]> {
  const texts = new Map<string, string>();
  for (const doc of docs) {
    const text = doc.region === undefined ? doc.render() : fillRegion(root, doc, doc.region, texts.get(doc.path));
    texts.set(doc.path, text);
  }
  const options: unknown = JSON.parse(readFileSync(join(root, ".oxfmtrc.json"), "utf8"));
  const rendered: RenderedDoc[] = [];
  for (const [path, text] of texts) {
    if (path.endsWith(".svg")) {
      rendered.push({ path, text });
      continue;
    }
    const { code, errors } = await format(path, text, options as Parameters<typeof format>[2]);
    if (errors.length > 0) throw new Error(`${path}: ${errors.map((error) => error.message).join("; ")}`);
    rendered.push({ path, text: code });
  }
  return rendered;
}

/** The text on disk, or undefined when there is no such file. */
export function readDoc(root: string, path: string): string | undefined {
  const absolute = join(root, path);
  return existsSync(absolute) ? readFileSync(absolute, "utf8") : undefined;
}

function fillRegion(root: string, doc: GeneratedDoc, region: string, earlier: string | undefined): string {
  const text = earlier ?? readDoc(root, doc.path);
  if (text === undefined) throw new Error(`${doc.path} is missing: it must hold the region "${region}"`);
  const open = `<!-- generated:${region} -->`;
  const close = `<!-- /generated:${region} -->`;
  const from = text.indexOf(open);
  const to = text.indexOf(close);
  if (from < 0 || to < from) throw new Error(`${doc.path}: expected the markers ${open} and ${close}, in this order`);
  return `${text.slice(0, from + open.length)}\n\n${doc.render().trim()}\n\n${text.slice(to)}`;
}
