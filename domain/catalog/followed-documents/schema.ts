import { z } from "zod";
import { cleanLine } from "#core/text.ts";
import type { StoredDocumentChanges } from "#db/tables/catalog.ts";
import { idSchema } from "../../fields.ts";
import { createApiSchema } from "../apis/schema.ts";

const URL_RULE = "Write the URL of a document, such as https://api.example.com/openapi.json.";

const documentUrlSchema = z
  .string()
  .overwrite(cleanLine)
  .max(2_000)
  .pipe(z.url({ protocol: /^https?$/, error: URL_RULE }))
  .refine(hasNoCredentials, {
    message: "Leave the user name and password out: the URL is shown to administrators.",
  });

function hasNoCredentials(text: string): boolean {
  const url = URL.parse(text);
  return url === null || (url.username === "" && url.password === "");
}

export const followDocumentSchema = z.strictObject({ slug: idSchema, url: documentUrlSchema });
export type FollowDocumentInput = z.output<typeof followDocumentSchema>;

/** An API whose document is at a URL, which is followed from then on. */
export const createFollowedApiSchema = createApiSchema
  .omit({ openapi: true, operations: true })
  .extend({ url: documentUrlSchema });
export type CreateFollowedApiInput = z.output<typeof createFollowedApiSchema>;

export const previewDocumentAtSchema = z.strictObject({ url: documentUrlSchema });
export type PreviewDocumentAtInput = z.output<typeof previewDocumentAtSchema>;

/** An answer to a document that was found: the one with this digest, and no newer one. */
export const foundDocumentSchema = z.strictObject({ slug: idSchema, digest: z.string().length(64) });
export type FoundDocumentInput = z.output<typeof foundDocumentSchema>;

/** Keys that are restricted to operations or scopes which a document no longer has. */
export interface AffectedKeys {
  keys: number;
  projects: number;
  /** Whether there may be more: a site can have too many keys to look at each. */
  more: boolean;
}

/** A changed document that waits for an administrator. */
export interface FoundDocument {
  digest: string;
  foundAt: string;
  changes: StoredDocumentChanges;
  affected: AffectedKeys;
}

/** The document at a URL that an API follows. */
export interface FollowedDocument {
  url: string;
  checkedAt: string;
  /** Why it could not be read the last time, and since when; null if it could. */
  failure: { error: string; since: string } | null;
  found: FoundDocument | null;
}

/** The text of a document, or why it can't be read. */
export type FetchedDocument = { text: string } | { error: string };

/** Reads the document at a URL. Never throws. */
export type FetchDocument = (url: string) => Promise<FetchedDocument>;
