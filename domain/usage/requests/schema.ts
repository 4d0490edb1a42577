import { z } from "zod";
import { VERDICT_CODES } from "#core/verdict.ts";
import {
  idSchema,
  instantSchema,
  pageFields,
  pageSchema,
  slugSchema,
  timestampSchema,
} from "../../fields.ts";
import { environmentSchema } from "../../keys/schema.ts";
import { countedTextSchema } from "../schema.ts";

const nullableText = z.string().nullable();

/** A check of a known key, allowed or denied. */
const requestSchema = z
  .strictObject({
    id: z.string(),
    requestId: z
      .string()
      .describe("As in the verdict's response. In a batch, with a dot and the position of the check."),
    time: timestampSchema,
    keyId: z.string(),
    keyName: z.string(),
    secretId: z.string(),
    environment: environmentSchema,
    code: z.enum(VERDICT_CODES),
    api: z.string(),
    operation: nullableText,
    /** What the rule that denied it compared, as in the verdict; empty if it was allowed. */
    observed: z.record(z.string(), z.string()),
    /** Why it was denied, in words. Null if it was allowed. */
    words: nullableText,
    /** Everything that the service reported about the client, secrets redacted. */
    client: z.strictObject({
      clientIp: nullableText,
      referrer: nullableText,
      origin: nullableText,
      androidPackage: nullableText,
      androidCertSha1: nullableText,
      iosBundleId: nullableText,
    }),
  })
  .meta({ id: "Request" });
export type ListedRequest = z.output<typeof requestSchema>;

export const requestPageSchema = pageSchema(requestSchema);
export type RequestPage = z.output<typeof requestPageSchema>;

export const listRequestsSchema = z.strictObject({
  projectId: idSchema,
  ...pageFields,
  keyId: idSchema.optional(),
  code: z.enum(VERDICT_CODES).optional(),
  outcome: z.enum(["allowed", "denied"]).optional(),
  api: slugSchema.optional(),
  operation: countedTextSchema.optional().describe("`(none)` for requests without an operation."),
  environment: environmentSchema.optional(),
  requestId: z
    .string()
    .trim()
    .max(100)
    .transform((value) => (/^[\w.-]+$/.test(value) ? value : "-"))
    .optional()
    .describe("A whole request ID. That of a batch selects all of its checks."),
  from: instantSchema.optional(),
  /** Exclusive. */
  to: instantSchema.optional(),
});
export type ListRequestsInput = z.output<typeof listRequestsSchema>;
