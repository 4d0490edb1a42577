import { z } from "zod";
import {
  idSchema,
  lineSchema,
  nameSchema,
  pageFields,
  proseSchema,
  searchSchema,
  slugSchema,
} from "../../fields.ts";

/** `safe`: a path that a common router could take for another operation matches none. */
const pathMatchingSchema = z.enum(["safe", "exact"], "Choose safe or exact.");

export const accessSchema = z.enum(["open", "approval"], "Choose open or approval.");

export const HTTP_METHODS = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"] as const;

export const operationNameSchema = lineSchema(200).regex(
  /^[^\s*]+$/,
  "A name has no spaces and no star: badges.sync",
);

export const operationSchema = z.strictObject({
  name: operationNameSchema,
  summary: proseSchema(500).nullable().default(null),
  method: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z][A-Z-]{0,19}$/, "Write a method of HTTP, such as GET.")
    .nullable()
    .default(null),
  path: lineSchema(500).startsWith("/", "Begin the path with a slash.").nullable().default(null),
});

/** Operations of an API at most (contract, section 10). */
export const MAX_OPERATIONS = 5_000;

/** Typed in by hand, each name once. */
export const operationsSchema = z
  .array(operationSchema)
  .max(MAX_OPERATIONS, "At most 5,000 operations.")
  .superRefine((operations, context) => {
    const seen = new Set<string>();
    for (const [index, { name }] of operations.entries()) {
      if (seen.has(name)) {
        context.addIssue({ code: "custom", path: [index, "name"], message: `“${name}” is there twice.` });
      }
      seen.add(name);
    }
  });

/** Size of an OpenAPI document at most, bytes (contract, section 10). */
export const OPENAPI_MAX_BYTES = 16 * 1_048_576;

/** An OpenAPI 3 document: JSON or YAML as text, or JSON as it is. Its size is checked where it is read. */
export const openapiSchema = z.union(
  [z.string().min(1, "Paste a document or choose a file."), z.record(z.string(), z.unknown())],
  "Give an OpenAPI 3 document: JSON, or YAML as text.",
);

const baseUrlSchema = z
  .string()
  .trim()
  .max(500)
  .refine((url) => !/[{}]/.test(url), "Fill in what is in braces: an address has none.")
  .pipe(z.url({ protocol: /^https?$/, error: "Write an address such as https://api.example.com." }));

const apiFields = {
  description: proseSchema(5_000),
  access: accessSchema,
  allowKeyInUrl: z.boolean(),
  baseUrl: baseUrlSchema.nullable(),
  pathMatching: pathMatchingSchema,
};

export const createApiSchema = z.strictObject({
  slug: slugSchema,
  /** May be left out with an OpenAPI document, whose title then stands in. */
  name: nameSchema.optional(),
  description: apiFields.description.optional(),
  access: apiFields.access.default("open"),
  allowKeyInUrl: apiFields.allowKeyInUrl.default(false),
  /** Undefined: the OpenAPI document's first server. */
  baseUrl: apiFields.baseUrl.optional(),
  pathMatching: apiFields.pathMatching.default("safe"),
  operations: operationsSchema.optional(),
  openapi: openapiSchema.optional(),
});
export type CreateApiInput = z.output<typeof createApiSchema>;

export const updateApiSchema = z.strictObject({
  /** Of the API to change; a slug itself never changes. */
  slug: idSchema,
  name: nameSchema.optional(),
  description: apiFields.description.optional(),
  access: apiFields.access.optional(),
  allowKeyInUrl: apiFields.allowKeyInUrl.optional(),
  baseUrl: apiFields.baseUrl.optional(),
  pathMatching: apiFields.pathMatching.optional(),
  operations: operationsSchema.optional(),
  openapi: openapiSchema.optional(),
});
export type UpdateApiInput = z.output<typeof updateApiSchema>;

export const apiRefSchema = z.strictObject({ slug: idSchema });
export type ApiRef = z.output<typeof apiRefSchema>;

export const getApiSchema = z.strictObject({
  slug: idSchema,
  operationsCursor: z
    .string()
    .max(100)
    .optional()
    .describe("The `operationsCursor` of the answer before: its operations go on from there."),
});
export type GetApiInput = z.output<typeof getApiSchema>;

export const findOperationsSchema = z.strictObject({ slug: idSchema, search: searchSchema.default("") });
export type FindOperationsInput = z.output<typeof findOperationsSchema>;

export const listApisSchema = z.strictObject({
  ...pageFields,
  /** Part of a slug, name or description. */
  search: searchSchema.optional(),
});
export type ListApisInput = z.output<typeof listApisSchema>;

export const previewOpenApiSchema = z.strictObject({ openapi: openapiSchema });
export type PreviewOpenApiInput = z.output<typeof previewOpenApiSchema>;
