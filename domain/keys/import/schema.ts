import { z } from "zod";
import { formatNumber } from "#core/format.ts";
import {
  HASH_ALGORITHMS,
  HASH_ENCODINGS,
  LOOKUP_LENGTH,
  MAX_SHAPE_PREFIX,
  SHAPE_LENGTH,
} from "#core/token-shape.ts";
import { idSchema } from "../../fields.ts";
import { createKeySchema } from "../schema.ts";

/** Maximum number of keys in one request (docs/integrate/import-keys.md). */
export const MAX_IMPORTED_KEYS = 1_000;

/** A token as another system issued it. White space and characters that headers can't carry are impossible. */
const PRINTABLE = /^[!-~]*$/;
const TOKEN_RULE = "Use the characters of a token: no spaces, accents or control characters.";
const lengthSchema = z
  .int("Give a whole number.")
  .min(SHAPE_LENGTH.min, `At least ${SHAPE_LENGTH.min}: shorter tokens can be guessed.`)
  .max(SHAPE_LENGTH.max, `At most ${SHAPE_LENGTH.max}.`);

/** The format of the imported tokens: how they start, and how long they are. */
export const tokenShapeSchema = z
  .strictObject({
    prefix: z
      .string()
      .max(MAX_SHAPE_PREFIX, `At most ${MAX_SHAPE_PREFIX} characters.`)
      .regex(PRINTABLE, TOKEN_RULE)
      .describe("How every token starts, such as `sk_live_`; empty if they have nothing in common."),
    minLength: lengthSchema,
    maxLength: lengthSchema,
  })
  .refine(({ minLength, maxLength }) => minLength <= maxLength, {
    path: ["maxLength"],
    message: "Not below minLength.",
  })
  .refine(({ prefix, minLength }) => minLength >= prefix.length + 8, {
    path: ["minLength"],
    message: "At least 8 characters must follow the prefix.",
  });

export type TokenShapeInput = z.input<typeof tokenShapeSchema>;

const importedHashSchema = z.strictObject({
  algorithm: z.enum(HASH_ALGORITHMS),
  encoding: z
    .enum(HASH_ENCODINGS)
    .optional()
    .describe("Of `value`, for sha256, sha512 and hmac-sha256. The others each have a text format."),
  value: z
    .string()
    .min(1)
    .max(512, "At most 512 characters.")
    .regex(PRINTABLE, "This is not a hash.")
    .describe("The hash of the whole token. bcrypt: `$2b$…`; argon2id and scrypt: the PHC format."),
  lookup: z
    .string()
    .min(LOOKUP_LENGTH.min, `At least ${LOOKUP_LENGTH.min} characters.`)
    .max(LOOKUP_LENGTH.max, `At most ${LOOKUP_LENGTH.max} characters.`)
    .regex(PRINTABLE, TOKEN_RULE)
    .optional()
    .describe(
      "The first 8 to 16 characters of the token. Required for bcrypt, argon2id and scrypt; include some that differ from token to token.",
    ),
});
export type ImportedHash = z.output<typeof importedHashSchema>;

/** A key with the token that it has already, or a hash of it. */
export const importRowSchema = z
  .strictObject({
    ...createKeySchema.omit({ projectId: true }).shape,
    token: z.string().max(SHAPE_LENGTH.max, `At most ${SHAPE_LENGTH.max} characters.`).optional(),
    hash: importedHashSchema.optional(),
  })
  .refine(({ token, hash }) => (token === undefined) !== (hash === undefined), {
    path: ["token"],
    message: "Give either token or hash.",
  });
export type ImportRow = z.output<typeof importRowSchema>;

/** Objects, which no column can have. Each entry of the metadata has a column of its name, after `metadata.`. */
const STRUCTURED_FIELDS = { restrictions: true, trial: true, limits: true, metadata: true } as const;

/** The fields of a key that a column of a file can have, besides entries of the metadata. */
export const IMPORT_FIELDS: readonly string[] = [
  ...Object.keys(createKeySchema.omit({ projectId: true, ...STRUCTURED_FIELDS }).shape),
  "token",
  "hash",
  ...Object.keys(importedHashSchema.omit({ value: true }).shape),
];

const { $schema: _, ...rowDescription } = z.toJSONSchema(importRowSchema, {
  io: "input",
  unrepresentable: "any",
});

export const importKeysSchema = z.strictObject({
  projectId: idSchema,
  dryRun: z.boolean().default(false).describe("Only checks every row: nothing is created."),
  shape: tokenShapeSchema
    .nullable()
    .default(null)
    .describe(
      "The format of the tokens. Verifiers look up tokens that have it. Leave it out for tokens in the format of this deployment.",
    ),
  // Each is parsed separately: a row that fails must not fail the others.
  keys: z
    .array(z.unknown().meta(rowDescription))
    .min(1, "Give at least one key.")
    .max(MAX_IMPORTED_KEYS, `At most ${formatNumber(MAX_IMPORTED_KEYS)} keys in one request.`),
});
export type ImportKeysInput = z.output<typeof importKeysSchema>;

export const IMPORT_CODES = ["INVALID", "TOKEN_IN_USE", "LOOKUP_TOO_COMMON", "LIMIT_REACHED"] as const;

const rowResultSchema = z.strictObject({
  row: z.int().describe("Its position in `keys`, from 0."),
  status: z.enum(["created", "unchanged", "failed"]),
  keyId: z.string().nullable().describe("Null for a row that failed, and in a dry run for a new key."),
  code: z.enum(IMPORT_CODES).nullable().describe("Why it failed."),
  message: z.string().nullable(),
  errors: z.array(z.strictObject({ path: z.string(), message: z.string() })),
});
export type RowResult = z.output<typeof rowResultSchema>;

export const importResultSchema = z
  .strictObject({
    dryRun: z.boolean(),
    created: z.int(),
    unchanged: z.int().describe("Rows whose token was imported before: nothing changed."),
    failed: z.int(),
    results: z.array(rowResultSchema).describe("One for each row, in order."),
  })
  .meta({ id: "ImportResult" });
export type ImportResult = z.output<typeof importResultSchema>;

export const importStatusInputSchema = z.strictObject({ projectId: idSchema });

export const importStatusSchema = z
  .strictObject({
    imported: z.int().describe("Keys that were imported and are not revoked."),
    seen: z.int().describe("Those of them whose imported token was used since."),
    waiting: z
      .int()
      .describe("Those whose hash is not replaced by SHA-256 yet, because their token was not used."),
  })
  .meta({ id: "ImportStatus" });
export type ImportStatus = z.output<typeof importStatusSchema>;
