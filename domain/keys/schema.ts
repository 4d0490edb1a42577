import { z } from "zod";
import { MAX_ENTRIES, MAX_REFERRER_LENGTH, totalEntries } from "#core/restrictions/kinds.ts";
import { FAULTS, type FaultCode, SET_FAULTS } from "#core/restrictions/messages.ts";
import {
  idSchema,
  instantSchema,
  isPlainText,
  nameSchema,
  pageFields,
  SLUG,
  searchSchema,
  slugSchema,
} from "../fields.ts";
import { limitsSchema } from "./limits/schema.ts";

export const environmentSchema = z.enum(["live", "test"], "Choose live or test.");

/** A text that is longer than any entry of its kind is as wrong as one that can't be read. */
const entry = (max: number, wrong: FaultCode) => z.string().max(max, FAULTS[wrong]);

/** Exact, or a prefix that ends in a star. */
const operationPatternSchema = z
  .string()
  .trim()
  .min(1, FAULTS["operation-empty"])
  .max(200, FAULTS["operation-unknown"])
  .regex(/^\S*$/, FAULTS["operation-space"])
  .regex(/^[^*]*\*?$/, FAULTS["operation-star"])
  .refine(isPlainText, FAULTS["operation-space"]);

const list = <Item extends z.ZodType>(item: Item) =>
  z.array(item).max(MAX_ENTRIES, SET_FAULTS["too-many"].message).default([]);

/** What a key may be used for and from where. A kind that is left out is empty, and restricts nothing. */
export const restrictionsSchema = z
  .strictObject({
    ips: list(entry(100, "ip-unreadable")),
    referrers: list(entry(MAX_REFERRER_LENGTH, "referrer-long")),
    apps: z
      .strictObject({
        android: list(z.strictObject({ package: entry(255, "app-package"), sha1: entry(100, "app-sha1") })),
        ios: list(z.strictObject({ bundleId: entry(255, "app-bundle-id") })),
      })
      .default({ android: [], ios: [] }),
    apis: list(
      z.strictObject({
        api: z.string().trim().max(50, FAULTS["api-unknown"]).regex(SLUG, FAULTS["api-unknown"]),
        operations: list(operationPatternSchema),
      }),
    ),
  })
  .refine((set) => totalEntries(set) <= MAX_ENTRIES, SET_FAULTS["too-many"].message);

const metadataBytes = 4_096;

/** Up to 50 facts of the project's own about a key, 4 KiB in all; they come back in every verdict. */
export const metadataSchema = z.preprocess(
  (value, { issues }) => {
    // The record below would leave this name out without a word.
    if (typeof value === "object" && value !== null && Object.hasOwn(value, "__proto__")) {
      issues.push({ code: "custom", path: ["__proto__"], message: "This name can't be used.", input: value });
    }
    return value;
  },
  z
    .record(
      z.string().min(1, "Name it.").max(64, "At most 64 characters.").refine(isPlainText, "Not a name."),
      z.union(
        [z.string().refine(isPlainText, "No control characters."), z.number(), z.boolean(), z.null()],
        "Give a text, a number, true, false or null.",
      ),
    )
    .refine((value) => Object.keys(value).length <= 50, "At most 50 entries.")
    .refine(
      (value) => new TextEncoder().encode(JSON.stringify(value)).length <= metadataBytes,
      `At most ${metadataBytes} bytes as JSON.`,
    ),
);

export const createKeySchema = z.strictObject({
  projectId: idSchema,
  name: nameSchema,
  environment: environmentSchema,
  expiresAt: instantSchema.nullable().default(null),
  restrictions: restrictionsSchema.optional(),
  trial: restrictionsSchema.nullable().optional(),
  limits: limitsSchema.optional(),
  metadata: metadataSchema.default({}),
});
export type CreateKeyInput = z.output<typeof createKeySchema>;

export const KEY_STATUSES = ["active", "disabled", "expired", "revoked"] as const;
export const KEY_SORTS = ["name", "createdAt", "lastUsedAt", "status", "expiresAt"] as const;

/** Nothing at all, no addresses, websites or apps, or any of these. */
export const RESTRICTED_FILTERS = ["none", "no-application", "application"] as const;
export type RestrictedFilter = (typeof RESTRICTED_FILTERS)[number];

export const listKeysSchema = z.strictObject({
  projectId: idSchema,
  ...pageFields,
  /** Part of a name, an id or a hint; case does not matter. */
  search: searchSchema.optional(),
  status: z.enum(KEY_STATUSES).optional(),
  environment: environmentSchema.optional(),
  /** Slug: keys that may call this API, so also those without a list of APIs. */
  api: slugSchema.optional(),
  restricted: z.enum(RESTRICTED_FILTERS).optional(),
  /** A minus before it turns the order round. */
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
  restrictions: restrictionsSchema.optional(),
  trial: restrictionsSchema.nullable().optional(),
  limits: limitsSchema.optional(),
  metadata: metadataSchema.optional(),
  expected: z
    .strictObject({
      restrictions: restrictionsSchema.optional(),
      trial: restrictionsSchema.nullable().optional(),
    })
    .optional()
    .describe("What the change was made from: a conflict, and no change, where the key has others by now."),
});
export type UpdateKeyInput = z.output<typeof updateKeySchema>;

/** An old secret works for so long after its rotation, at most: 30 days. */
export const MAX_OVERLAP_SECONDS = 2_592_000;

export const rotateKeySchema = z.strictObject({
  projectId: idSchema,
  keyId: idSchema,
  /** How long the old secret still works: 0 to 30 days. */
  overlapSeconds: z
    .int("Give a whole number of seconds.")
    .min(0, "Not below 0.")
    .max(MAX_OVERLAP_SECONDS, "At most 2,592,000 seconds, which is 30 days.")
    .default(86_400),
  /** Whether an older secret that is still in its overlap ends now. Without it, such a rotation is refused. */
  endOlder: z.boolean().optional(),
  /** Ends the current secret, which nobody has seen or used, and leaves the older one in its overlap. */
  replaceUnseen: z.boolean().optional(),
});
export type RotateKeyInput = z.output<typeof rotateKeySchema>;

export const secretRefSchema = z.strictObject({ projectId: idSchema, keyId: idSchema, secretId: idSchema });
export type SecretRef = z.output<typeof secretRefSchema>;

export const prolongSecretSchema = z.strictObject({
  ...secretRefSchema.shape,
  /** When the overlap is to end; at most 30 days after the rotation. */
  lapsesAt: instantSchema,
});
export type ProlongSecretInput = z.output<typeof prolongSecretSchema>;
