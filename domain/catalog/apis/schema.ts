import { z } from "zod";
import {
  isScopeName,
  MAX_ALTERNATIVES,
  MAX_API_SCOPES,
  MAX_REQUIRED_LENGTH,
  normalizeRequired,
} from "#core/api-scopes/required.ts";
import { cleanLine } from "#core/text.ts";
import {
  idSchema,
  lineSchema,
  nameSchema,
  pageFields,
  pageSchema,
  personSchema,
  proseSchema,
  searchSchema,
  slugSchema,
  timestampSchema,
} from "../../fields.ts";

/** `safe`: a path that a common router could take for another operation matches none. */
const pathMatchingSchema = z.enum(["safe", "exact"], "Choose safe or exact.");

export const visibilitySchema = z.enum(
  ["public", "members", "projects"],
  "Choose public, members or projects.",
);

export const accessSchema = z.enum(["open", "approval"], "Choose open or approval.");

const requiredScopesSchema = z
  .array(z.array(z.string()))
  .nullable()
  .describe("The scopes that a call needs: all of one of these lists. Null if it needs none.");

const declaredScopeSchema = z.strictObject({ name: z.string(), description: z.string() });
export type DeclaredScope = z.output<typeof declaredScopeSchema>;

/** An operation in a response. */
const listedOperationSchema = z.strictObject({
  name: z.string(),
  operationId: z.string().nullable().describe("The document's `operationId` if it could not be the name."),
  summary: z.string().nullable(),
  method: z.string().nullable(),
  path: z.string().nullable(),
  requiredScopes: requiredScopesSchema,
});
export type ListedOperation = z.output<typeof listedOperationSchema>;
export type Operation = Omit<ListedOperation, "operationId">;

/** An API as the API, the pages and the command line show it (docs/integrate/management-api.md). */
export const apiSchema = z
  .strictObject({
    slug: z.string(),
    name: z.string(),
    description: z.string(),
    access: accessSchema,
    allowKeyInUrl: z.boolean(),
    /** Null if nobody set it. */
    baseUrl: z.string().nullable(),
    /** Path templates. */
    basePaths: z
      .array(z.string())
      .describe("From the servers of the document; requests below them match too."),
    pathMatching: pathMatchingSchema.describe(
      "safe: a path that a common router could map to another operation matches no operation.",
    ),
    visibility: visibilitySchema.describe(
      "Who may see the API and its reference: everyone, signed-in users, or members of the projects in `visibleTo` and of those that enabled it.",
    ),
    scopes: z
      .array(declaredScopeSchema.extend({ fromDocument: z.boolean() }))
      .describe("The scopes that keys can be limited to, by name."),
    /** The first ones, as many as the response holds. */
    operations: z.array(listedOperationSchema),
    operationsCursor: z
      .string()
      .nullable()
      .describe("Leads to the operations that don't fit into a response of 1 MiB; null if there are none."),
    createdAt: timestampSchema,
    updatedAt: timestampSchema,
  })
  .meta({ id: "Api" });
export type Api = z.output<typeof apiSchema>;

/** The projects whose members may see an API with the visibility `projects`. */
export const apiAudienceSchema = z.strictObject({ items: z.array(personSchema) });
export type ApiAudience = z.output<typeof apiAudienceSchema>;

export const apiPageSchema = pageSchema(apiSchema);
export type ApiPage = z.output<typeof apiPageSchema>;

/** An API in a list of the portal. */
export interface ApiSummary extends Pick<Api, "slug" | "name" | "access" | "baseUrl" | "updatedAt"> {
  /** The first 300 characters. */
  description: string;
  operationCount: number;
}

/** An API for a page: the first of its operations, and how many it has. */
export interface ApiForPage extends Api {
  operationCount: number;
}

/** Operations of an API that match a search. */
export interface FoundOperations {
  items: Pick<Operation, "name" | "summary">[];
  /** Whether more operations match. */
  more: boolean;
}

/** An operation as an OpenAPI document describes it. */
export interface ReadOperation extends ListedOperation {
  /** Of the servers of the operation or its path; null if the servers of the API apply. */
  basePaths: string[] | null;
}

/** What an OpenAPI document says about its API. */
export interface OpenApiSummary {
  /** One clean line; null if the title has no visible character. */
  name: string | null;
  description: string;
  baseUrl: string | null;
  basePaths: string[];
  scopes: DeclaredScope[];
  operations: ReadOperation[];
  /** What was assumed, renamed or left out, and why. */
  notices: string[];
}

/** A summary with the first of the document's operations, and how many it has. */
export interface OpenApiPreview extends OpenApiSummary {
  operationCount: number;
}

export const HTTP_METHODS = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"] as const;

export const operationNameSchema = lineSchema(200).regex(
  /^[^\s*]+$/,
  "A name has no spaces and no star: badges.sync",
);

export const scopeNameSchema = z
  .string()
  .trim()
  .refine(isScopeName, "A scope has no spaces and no quotes, and at most 200 characters: badges:read");

/** All of one list; a list of names is one alternative. Null and an empty list for none. */
const requiredScopesInputSchema = z
  .union(
    [z.array(scopeNameSchema), z.array(z.array(scopeNameSchema).min(1, "Name a scope."))],
    'Give a list of scopes, ["badges:write"], or a list of such lists.',
  )
  .transform((value) => {
    const alternatives = value.filter((one) => Array.isArray(one));
    const names = value.filter((one) => typeof one === "string");
    return value.length === 0 ? null : normalizeRequired(names.length > 0 ? [names] : alternatives);
  })
  .refine(
    (required) =>
      (required?.length ?? 0) <= MAX_ALTERNATIVES && JSON.stringify(required).length <= MAX_REQUIRED_LENGTH,
    `At most ${MAX_ALTERNATIVES} alternatives, and 2,000 characters in all.`,
  )
  .nullable()
  .optional()
  .describe(
    "Left out: an operation that the API has keeps its own, and a new one needs none. Null for none.",
  );

export const operationSchema = z.strictObject({
  name: operationNameSchema,
  summary: proseSchema(500).nullable().default(null),
  method: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z][A-Z-]{0,19}$/, "Enter an HTTP method, such as GET.")
    .nullable()
    .default(null),
  path: lineSchema(500).startsWith("/", "Begin the path with a slash.").nullable().default(null),
  requiredScopes: requiredScopesInputSchema,
});

function requireUniqueNames(entries: { name: string }[], context: z.RefinementCtx): void {
  const seen = new Set<string>();
  for (const [index, { name }] of entries.entries()) {
    if (seen.has(name)) {
      context.addIssue({ code: "custom", path: [index, "name"], message: `“${name}” is listed twice.` });
    }
    seen.add(name);
  }
}

/** Maximum number of operations of an API (docs/operate/bounds.md). */
export const MAX_OPERATIONS = 5_000;

/** Entered by hand; each name once. */
export const operationsSchema = z
  .array(operationSchema)
  .max(MAX_OPERATIONS, "At most 5,000 operations.")
  .superRefine(requireUniqueNames);

/** Entered by hand, each once. */
const scopesSchema = z
  .array(z.strictObject({ name: scopeNameSchema, description: proseSchema(500).default("") }))
  .max(MAX_API_SCOPES, `At most ${MAX_API_SCOPES} scopes.`)
  .superRefine(requireUniqueNames)
  .describe("Scopes besides those of the OpenAPI document.");

/** The largest OpenAPI document, bytes (docs/operate/bounds.md). */
export const OPENAPI_MAX_BYTES = 16 * 1_048_576;

/** An OpenAPI 3 document: JSON or YAML as text, or a JSON object. Its size is checked when it is read. */
export const openapiSchema = z.union(
  [z.string().min(1, "Paste a document or choose a file."), z.record(z.string(), z.unknown())],
  "Give an OpenAPI 3 document: JSON, or YAML as text.",
);

const baseUrlSchema = z
  .string()
  .overwrite(cleanLine)
  .max(500)
  .refine((url) => !/[{}]/.test(url), "Replace the parts in braces: a URL has none.")
  .pipe(z.url({ protocol: /^https?$/, error: "Write a URL such as https://api.example.com." }));

const apiFields = {
  description: proseSchema(5_000),
  access: accessSchema,
  allowKeyInUrl: z.boolean(),
  baseUrl: baseUrlSchema.nullable(),
  pathMatching: pathMatchingSchema,
  visibility: visibilitySchema,
  visibleTo: z
    .array(idSchema)
    .max(500, "At most 500 projects.")
    .describe("The ids of projects whose members may see an API with the visibility `projects`."),
};

export const createApiSchema = z.strictObject({
  slug: slugSchema,
  /** Optional with an OpenAPI document: defaults to its title. */
  name: nameSchema.optional(),
  description: apiFields.description.optional(),
  access: apiFields.access.default("open"),
  allowKeyInUrl: apiFields.allowKeyInUrl.default(false),
  /** Defaults to the OpenAPI document's first server. */
  baseUrl: apiFields.baseUrl.optional(),
  pathMatching: apiFields.pathMatching.default("safe"),
  visibility: apiFields.visibility.default("members"),
  visibleTo: apiFields.visibleTo.optional(),
  scopes: scopesSchema.optional(),
  operations: operationsSchema.optional(),
  openapi: openapiSchema.optional(),
});
export type CreateApiInput = z.output<typeof createApiSchema>;

export const updateApiSchema = z.strictObject({
  /** Identifies the API to change; a slug never changes. */
  slug: idSchema,
  name: nameSchema.optional(),
  description: apiFields.description.optional(),
  access: apiFields.access.optional(),
  allowKeyInUrl: apiFields.allowKeyInUrl.optional(),
  baseUrl: apiFields.baseUrl.optional(),
  pathMatching: apiFields.pathMatching.optional(),
  visibility: apiFields.visibility.optional(),
  visibleTo: apiFields.visibleTo.optional(),
  scopes: scopesSchema.optional(),
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
    .describe("The `operationsCursor` of the previous response: operations continue from there."),
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
