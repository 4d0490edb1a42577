import { z } from "zod";
import { isScopeName, MAX_ASKED_SCOPES } from "#core/api-scopes/required.ts";
import { SET_ERRORS } from "#core/restrictions/messages.ts";
import { type FieldError, schemaErrors } from "#core/schema-errors.ts";

/** The largest request bodies, bytes. A batch holds up to 100 checks. */
export const MAX_CHECK_BODY_BYTES = { single: 16 * 1024, batch: 1024 * 1024 };

const MAX_API_LENGTH = 100;
const MAX_COST = 1_000;

/**
 * Any text that fits in the body. It may come from the service's caller, so it is evaluated and never rejected. `null`
 * and `""` count as omitted.
 */
const text = z.string().max(MAX_CHECK_BODY_BYTES.single).nullish();

const SCOPE_RULE = "Give one scope as in OAuth, without spaces: badges:write.";

/** `null`, `""` and an empty list count as omitted. */
const requiredScopes = z.preprocess(
  (value) => (value === "" ? undefined : value),
  z
    .array(z.string().refine(isScopeName, SCOPE_RULE), 'Give a list of scopes: ["badges:write"].')
    .max(MAX_ASKED_SCOPES, `At most ${MAX_ASKED_SCOPES} scopes.`)
    .readonly()
    .nullish(),
);

/** The fields of a check besides the key. */
export const checkInputFields = {
  api: z.string().max(MAX_API_LENGTH).nullish(),
  operation: text,
  method: text,
  path: text,
  requiredScopes: requiredScopes.describe(
    "Scopes that the key must have, besides those that the API's operation needs.",
  ),
  clientIp: text,
  referrer: text,
  origin: text,
  androidPackage: text,
  androidCertSha1: text,
  iosBundleId: text,
  cost: z.preprocess(
    (value) => (value === null || value === "" ? undefined : value),
    z.int().min(0).max(MAX_COST).default(1),
  ),
};

/** The body of a check (docs/integrate/verify-keys.md). An unknown field is rejected, never ignored. */
export const checkInputSchema = z.strictObject({ key: text, ...checkInputFields });
export type CheckInput = z.output<typeof checkInputSchema>;

/** The fields that `readPlain` knows. Any other is read by the schema. */
const TEXTS: ReadonlySet<string> = new Set([
  "api",
  ...Object.entries(checkInputSchema.shape).flatMap(([name, schema]) => (schema === text ? [name] : [])),
]);

/**
 * An input whose fields are all as documented, as nearly every one is, read without the schema, which takes longer
 * than the verdict. Null for any other value.
 */
function readPlain(value: unknown): CheckInput | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const fields = value as Record<string, unknown>;
  let cost = 1;
  for (const name in fields) {
    const field = fields[name];
    if (name === "cost") {
      if (!Number.isInteger(field)) return null;
      cost = field as number;
    } else if (!TEXTS.has(name) || !(field === null || isText(field))) return null;
  }
  const input = { ...fields, cost } as CheckInput;
  const isBounded = cost >= 0 && cost <= MAX_COST && (input.api?.length ?? 0) <= MAX_API_LENGTH;
  return isBounded && (input.method === undefined) === (input.path === undefined) ? input : null;
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value.length <= MAX_CHECK_BODY_BYTES.single;
}

const UNKNOWN_FIELD = "Unknown field.";

const MAX_BATCH = 100;
const batch = z.strictObject({ checks: z.array(z.unknown()).min(1).max(MAX_BATCH) });

/** Parses the input of one check, or returns its errors. `at` is its path in the body. */
export function readCheckInput(
  value: unknown,
  at: string[] = [],
): { input: CheckInput } | { errors: FieldError[] } {
  const plain = readPlain(value);
  if (plain !== null) return { input: plain };
  const parsed = checkInputSchema.safeParse(value);
  if (!parsed.success) return { errors: schemaErrors(parsed.error.issues, UNKNOWN_FIELD, at) };
  const { method, path } = parsed.data;
  // Sending only one of the two is a bug in the service. An empty text may come from its caller and is evaluated.
  if ((method === undefined) === (path === undefined)) return { input: parsed.data };
  const missing = method === undefined ? "method" : "path";
  return { errors: [{ path: [...at, missing].join("."), message: SET_ERRORS["call-by"].message }] };
}

/** Parses the inputs of up to 100 checks, or returns all their errors. */
export function readBatch(value: unknown): { inputs: CheckInput[] } | { errors: FieldError[] } {
  const parsed = batch.safeParse(value);
  if (!parsed.success) return { errors: schemaErrors(parsed.error.issues, UNKNOWN_FIELD) };
  const inputs: CheckInput[] = [];
  const errors: FieldError[] = [];
  for (const [index, check] of parsed.data.checks.entries()) {
    const read = readCheckInput(check, ["checks", String(index)]);
    if ("errors" in read) errors.push(...read.errors);
    else inputs.push(read.input);
  }
  return errors.length > 0 ? { errors } : { inputs };
}
