import { z } from "zod";
import { idSchema, lineSchema, proseSchema, searchSchema } from "../../fields.ts";

export const referenceSchema = z.strictObject({
  slug: idSchema,
  /** Words that the name, method, path, summary or tag of an operation contains. */
  search: searchSchema.default(""),
  tag: z.string().max(100).optional(),
});
export type ReferenceInput = z.input<typeof referenceSchema>;

export const referenceOperationSchema = z.strictObject({ slug: idSchema, operation: z.string().max(200) });
export type ReferenceOperationInput = z.output<typeof referenceOperationSchema>;

export const readFirstCallsSchema = z.strictObject({ projectId: idSchema, keyId: idSchema.optional() });
export type ReadFirstCallsInput = z.output<typeof readFirstCallsSchema>;

/** Maximum number of guides beside the reference of an API. */
export const MAX_GUIDES = 50;
/** The longest guide or changelog, characters of Markdown. */
export const MAX_GUIDE_LENGTH = 100_000;

/** A guide's name in URLs. The changelog has its own place, so no guide may take it. */
export const guideSlugSchema = z
  .string("Write a short name.")
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "Use lower-case letters, digits and single hyphens: getting-started.")
  .max(50, "At most 50 characters.");

const guideFields = {
  title: lineSchema(100),
  body: proseSchema(MAX_GUIDE_LENGTH).describe("Markdown. HTML is shown as text."),
};

/** A Markdown page beside the reference. */
export const guideSchema = z
  .strictObject({
    slug: z.string(),
    title: z.string(),
    body: z.string(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: "Guide" });
export type Guide = z.output<typeof guideSchema>;
export type GuideSummary = Pick<Guide, "slug" | "title" | "updatedAt">;

export const guideListSchema = z.strictObject({ items: z.array(guideSchema.omit({ body: true })) });

/** The slug names the API, and `guide` the page. */
export const guideRefSchema = z.strictObject({ slug: idSchema, guide: guideSlugSchema });
export type GuideRef = z.output<typeof guideRefSchema>;

export const saveGuideSchema = z.strictObject({
  slug: idSchema,
  guide: guideSlugSchema,
  ...guideFields,
  position: z.number().int().min(0).max(1_000).optional().describe("The order of guides; by default last."),
});
export type SaveGuideInput = z.output<typeof saveGuideSchema>;

export const changelogSchema = z
  .strictObject({ body: z.string(), updatedAt: z.iso.datetime().nullable() })
  .meta({ id: "Changelog" });
export type Changelog = z.output<typeof changelogSchema>;

export const saveChangelogSchema = z.strictObject({ slug: idSchema, body: guideFields.body });
export type SaveChangelogInput = z.output<typeof saveChangelogSchema>;
