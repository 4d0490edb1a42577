import { z } from "zod";
import {
  idSchema,
  instantSchema,
  nameSchema,
  pageFields,
  pageSchema,
  personSchema,
  searchSchema,
  slugSchema,
  timestampSchema,
} from "../fields.ts";
import { descriptiveFields, metadataSchema, rejectProto, tagsSchema } from "./descriptive-fields.ts";
import { limitsInputSchema, limitsSchema } from "./limits/schema.ts";
import { restrictionsInputSchema, restrictionsSchema } from "./restrictions/schema.ts";

export const environmentSchema = z.enum(["live", "test"], "Choose live or test.");

export const KEY_STATUSES = ["active", "disabled", "expired", "revoked"] as const;
export type KeyStatus = (typeof KEY_STATUSES)[number];

/** A secret that works: the current one, or an older one inside its overlap. */
const keySecretSchema = z
  .strictObject({
    id: z.string(),
    hint: z.string(),
    createdAt: timestampSchema,
    /** When the overlap ends; null for the current secret. */
    lapsesAt: timestampSchema.nullable(),
    lastUsedAt: timestampSchema.nullable(),
  })
  .meta({ id: "Secret" });
export type KeySecret = z.output<typeof keySecretSchema>;

const keyFields = {
  id: z.string(),
  projectId: z.string(),
  name: z.string(),
  environment: environmentSchema,
  status: z.enum(KEY_STATUSES),
  /** Of the current secret. */
  hint: z.string(),
  createdAt: timestampSchema,
  createdBy: personSchema,
  expiresAt: timestampSchema.nullable(),
  lastUsedAt: timestampSchema.nullable(),
  revokedAt: timestampSchema.nullable(),
  /** Null for a key that can be used, and if an older version did not record it. */
  endedBy: z
    .enum(["member", "leak", "policy", "admin"])
    .nullable()
    .describe(
      "Who disabled or revoked the key. If not a `member`, only an administrator can enable or restore it; a rotation also enables a key that was disabled for a `leak`.",
    ),
  /** Null for a key that needed none when it was created. A `pending` key is disabled until an owner approves it. */
  approval: z
    .strictObject({
      status: z.enum(["pending", "approved", "refused"]),
      at: timestampSchema.describe("When it was requested, or decided on."),
    })
    .nullable()
    .describe(
      "Whether an owner approved the key. Null if no rule required that when it was created. A pending key can't be used.",
    ),
  /** With a revoked key: until when it can be restored. */
  restorableUntil: timestampSchema.nullable(),
  restrictions: restrictionsSchema,
  /** A second, report-only set: evaluated and counted, not enforced. */
  trial: restrictionsSchema.nullable(),
  /** With `trial`: when it was saved. */
  trialSince: timestampSchema.nullable(),
  limits: limitsSchema,
  metadata: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  description: z.string(),
  tags: z.array(z.string()),
  externalId: z.string().nullable(),
  /** The current one first, then older ones whose overlap has not ended. */
  secrets: z.array(keySecretSchema),
};

/** A key as the API, the pages and the command line show it (docs/integrate/management-api.md). */
export const keySchema = z.strictObject(keyFields).meta({ id: "Key" });
export type Key = z.output<typeof keySchema>;

/** A key among those of all projects. */
export const adminKeySchema = z
  .strictObject({ ...keyFields, projectName: z.string() })
  .meta({ id: "AdminKey" });

export const keyPageSchema = z.strictObject({
  ...pageSchema(keySchema).shape,
  /** How many keys match, on all pages. */
  total: z.int(),
});
export type KeyPage = z.output<typeof keyPageSchema>;

export const keyWithSecretSchema = z.strictObject({
  key: keySchema,
  secret: z.string().describe("Shown this once."),
});
export type KeyWithSecret = z.output<typeof keyWithSecretSchema>;

export const createKeySchema = z.strictObject({
  projectId: idSchema,
  name: nameSchema,
  environment: environmentSchema,
  expiresAt: instantSchema.nullable().default(null),
  restrictions: restrictionsInputSchema.optional(),
  trial: restrictionsInputSchema.nullable().optional(),
  limits: limitsInputSchema.optional(),
  metadata: metadataSchema.default({}),
  description: descriptiveFields.description.default(""),
  tags: descriptiveFields.tags.default([]),
  externalId: descriptiveFields.externalId.default(null),
});
export type CreateKeyInput = z.output<typeof createKeySchema>;
/** The same as callers send it. */
export type NewKey = z.input<typeof createKeySchema>;

export const KEY_SORTS = ["name", "createdAt", "lastUsedAt", "status", "expiresAt"] as const;

/** No restriction at all; none of IP addresses, websites and apps; or at least one of these. */
export const RESTRICTED_FILTERS = ["none", "no-application", "application"] as const;
export type RestrictedFilter = (typeof RESTRICTED_FILTERS)[number];

/** Imported keys by whether their imported token was used since. */
const IMPORTED_FILTERS = ["seen", "unseen"] as const;
export type ImportedFilter = (typeof IMPORTED_FILTERS)[number];

/** A longer value of a key's metadata, in characters, is stored but not found by the filter. */
export const MAX_FILTERED_VALUE = 200;

/** Keys whose metadata has all of these values, written as text: `true`, `3`, `null`. Up to 5. */
const metadataFilterSchema = z.preprocess(
  rejectProto,
  z
    .record(
      z.string().min(1).max(64, "At most 64 characters."),
      z.string().max(MAX_FILTERED_VALUE, `At most ${MAX_FILTERED_VALUE} characters.`),
    )
    .refine((value) => Object.keys(value).length <= 5, "At most 5 entries of metadata."),
);

/** The filters of a list of keys; all must match. */
const keyFilterFields = {
  q: searchSchema
    .optional()
    .describe(
      "Part of a name, hint, description, tag or external ID, or a whole key ID; case does not matter.",
    ),
  tag: z
    .string()
    .trim()
    .max(MAX_FILTERED_VALUE, `At most ${MAX_FILTERED_VALUE} characters.`)
    .transform((value) => value.normalize("NFC").toLowerCase().normalize("NFC"))
    .optional()
    .describe("A whole tag."),
  externalId: searchSchema.optional().describe("A whole external ID; case matters."),
  metadata: metadataFilterSchema.optional(),
  status: z.enum(KEY_STATUSES).optional(),
  environment: environmentSchema.optional(),
  /** Slug: keys that may call this API, so also those without a list of APIs. */
  api: slugSchema.optional(),
  restricted: z.enum(RESTRICTED_FILTERS).optional(),
  approval: z.enum(["pending"]).optional().describe("Keys that wait for an owner's approval."),
  imported: z
    .enum(IMPORTED_FILTERS)
    .optional()
    .describe("Imported keys whose imported token was used since (`seen`), or was not (`unseen`)."),
};

export const listKeysSchema = z.strictObject({
  projectId: idSchema,
  ...pageFields,
  ...keyFilterFields,
  /** A leading minus reverses the order. */
  sort: z.templateLiteral([z.enum(["", "-"]), z.enum(KEY_SORTS)]).default("-createdAt"),
});
export type ListKeysInput = z.output<typeof listKeysSchema>;
export type KeySort = (typeof KEY_SORTS)[number];

export const keyRefSchema = z.strictObject({ projectId: idSchema, keyId: idSchema });
export type KeyRef = z.output<typeof keyRefSchema>;

export const updateKeySchema = z.strictObject({
  projectId: idSchema,
  keyId: idSchema,
  name: nameSchema.optional(),
  expiresAt: instantSchema.nullable().optional(),
  enabled: z.boolean().optional(),
  restrictions: restrictionsInputSchema.optional(),
  trial: restrictionsInputSchema.nullable().optional(),
  limits: limitsInputSchema.optional(),
  metadata: metadataSchema.optional(),
  description: descriptiveFields.description.optional(),
  tags: descriptiveFields.tags.optional(),
  externalId: descriptiveFields.externalId.optional(),
  expected: z
    .strictObject({
      restrictions: restrictionsInputSchema.optional(),
      trial: restrictionsInputSchema.nullable().optional(),
    })
    .optional()
    .describe(
      "The sets that you edited: if the key has different sets now, the response is a conflict and nothing changes.",
    ),
});
export type UpdateKeyInput = z.output<typeof updateKeySchema>;
/** The same as callers send it. */
export type KeyUpdate = z.input<typeof updateKeySchema>;

export const BULK_ACTIONS = ["revoke", "disable", "tag"] as const;

/** The largest number of keys that one bulk change affects. */
export const MAX_BULK_KEYS = 200;

export const changeKeysSchema = z.strictObject({
  projectId: idSchema,
  filter: z
    .strictObject(keyFilterFields)
    .refine(
      ({ metadata = {}, ...filter }) =>
        Object.keys(metadata).length > 0 ||
        Object.values(filter).some((value) => value !== undefined && value !== ""),
      "Give at least one filter.",
    )
    .describe("The same filters as for the list of keys; at least one."),
  action: z.enum(BULK_ACTIONS),
  addTags: tagsSchema.default([]),
  removeTags: tagsSchema.default([]),
  expectedCount: z
    .int("Give a whole number.")
    .min(0, "Not below 0.")
    .optional()
    .describe(
      "How many keys you expect to change. If it is another number, the response is a conflict and nothing changes.",
    ),
  dryRun: z.boolean().default(false).describe("Only counts."),
});
/** From the HTTP API by a filter, or from the portal as the keys that a user has selected. */
export type ChangeKeysInput = Omit<z.output<typeof changeKeysSchema>, "filter"> & {
  filter: z.output<typeof changeKeysSchema>["filter"] & { keyIds?: string[] };
};

/** The keys that a user has selected on a page, as the verb of bulk changes takes them. */
export function changeSelectedKeysSchema<const Action extends (typeof BULK_ACTIONS)[number]>(
  actions: readonly Action[],
) {
  return z
    .strictObject({
      projectId: idSchema,
      keyIds: z.array(idSchema).min(1, "Select at least one key.").max(MAX_BULK_KEYS),
      action: z.enum(actions),
      addTags: tagsSchema.default([]),
      removeTags: tagsSchema.default([]),
    })
    .transform(({ keyIds, ...rest }): ChangeKeysInput => ({ ...rest, filter: { keyIds }, dryRun: false }));
}

export const keysChangedSchema = z.strictObject({
  changed: z.int().describe("How many keys were changed; 0 for a dry run."),
  remaining: z.int().describe("How many keys would still change. Repeat the request until it is 0."),
});
export type KeysChanged = z.output<typeof keysChangedSchema>;
