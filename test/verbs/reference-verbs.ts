import { readFirstCall } from "#domain/catalog/reference/first-call.ts";
import { getChangelog, getGuide, listGuides } from "#domain/catalog/reference/guides.ts";
import { llmsIndex, llmsReference } from "#domain/catalog/reference/llms.ts";
import {
  listReferences,
  readApiDocument,
  readOperation,
  readReference,
} from "#domain/catalog/reference/read.ts";
import { listTryKeys } from "#domain/keys/try-it/keys.ts";
import type { VerbRow } from "./verb-row.ts";

const input = { slug: "badges" };

const own = (name: string, run: VerbRow["run"]): VerbRow => ({ name, run, by: "guest", stranger: "own" });

/** The verbs of references. Visitors may call them for public APIs; the API of the fixture is for members. */
export const REFERENCE_VERBS: VerbRow[] = [
  own("readReference", (ctx) => readReference({ ctx, input })),
  own("readApiDocument", (ctx) => readApiDocument({ ctx, input })),
  own("readFirstCall", (ctx) => readFirstCall({ ctx, input })),
  own("llmsReference", (ctx) => llmsReference({ ctx, input })),
  own("listGuides", (ctx) => listGuides({ ctx, input })),
  own("getChangelog", (ctx) => getChangelog({ ctx, input })),
  own("readOperation", (ctx) => readOperation({ ctx, input: { ...input, operation: "badges.sync" } })),
  own("getGuide", (ctx) => getGuide({ ctx, input: { ...input, guide: "start" } })),
  own("listTryKeys", (ctx) => listTryKeys({ ctx, input })),
  // A list of what visitors may see, which is nothing here.
  { ...own("listReferences", (ctx) => listReferences({ ctx })), stranger: "link" },
  { ...own("llmsIndex", (ctx) => llmsIndex({ ctx })), stranger: "link" },
];
