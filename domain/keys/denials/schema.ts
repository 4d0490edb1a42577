import { z } from "zod";
import { VERDICT_CODES } from "#core/verdict.ts";
import {
  idSchema,
  instantSchema,
  pageFields,
  pageSchema,
  searchSchema,
  timestampSchema,
} from "../../fields.ts";
import { environmentSchema } from "../schema.ts";

export const denialCodeSchema = z.enum(VERDICT_CODES).exclude(["VALID"]);

const nullableText = z.string().nullable();

/** A request that was denied, or that report-only restrictions would have denied. */
const denialSchema = z
  .strictObject({
    id: z.string(),
    time: timestampSchema,
    keyId: z.string(),
    keyName: z.string(),
    environment: environmentSchema,
    code: denialCodeSchema,
    api: z.string(),
    operation: nullableText,
    /** What the restriction compared, as in the verdict. */
    observed: z.record(z.string(), z.string()),
    /** The restriction in words, as in the verdict. */
    words: z.string(),
    /** Everything that the service reported about the client, secrets redacted. */
    client: z.strictObject({
      clientIp: nullableText,
      referrer: nullableText,
      origin: nullableText,
      androidPackage: nullableText,
      androidCertSha1: nullableText,
      iosBundleId: nullableText,
    }),
    /**
     * The entry that would have allowed the request: `label` is the text of its button, `query` the query string that
     * adds it to a draft on the page of the key's restrictions.
     */
    remedy: z.strictObject({ label: z.string(), query: z.string() }).nullable(),
    /** The entry can't be saved, or what denied the request is gone. */
    noRemedy: nullableText.describe("Why no entry is offered, although one could have allowed the request."),
  })
  .meta({ id: "Denial" });
export type Denial = z.output<typeof denialSchema>;

export const denialPageSchema = pageSchema(denialSchema).extend({
  total: z
    .int()
    .min(0)
    .describe(
      "The exact number of denied requests from `from` to `to`, including those that are no longer stored.",
    ),
  from: timestampSchema,
  to: timestampSchema,
});
export type DenialPage = z.output<typeof denialPageSchema>;

export const listDenialsSchema = z.strictObject({
  projectId: idSchema,
  ...pageFields,
  keyId: idSchema.optional(),
  externalId: searchSchema.optional().describe("A whole external ID, which the key has now; case matters."),
  code: denialCodeSchema.optional(),
  /** Undefined: 30 days before `to`. */
  from: instantSchema.optional(),
  /** Exclusive. Undefined: now. */
  to: instantSchema.optional(),
  /** Requests that the current report-only restrictions would have denied, instead of denied requests. */
  trial: z.stringbool().or(z.boolean()).default(false),
});
export type ListDenialsInput = z.output<typeof listDenialsSchema>;
