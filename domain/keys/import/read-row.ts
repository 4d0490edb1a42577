import { valueAt } from "#core/duplicate-names.ts";
import {
  digestOf,
  fingerprintOf,
  isSlow,
  MAX_BCRYPT_BYTES,
  pendingDigest,
  pendingDigestsOf,
  slowHashError,
} from "#core/imported-hash.ts";
import { type FieldError, schemaErrors } from "#core/schema-errors.ts";
import {
  type HashAlgorithm,
  hasOwnFormat,
  importedHint,
  LOOKUP_LENGTH,
  type PendingLookup,
  shapesOf,
  type TokenShape,
} from "#core/token-shape.ts";
import { hashToken, hintOf, type Prefixes, secretKind } from "#core/tokens.ts";
import { type ImportedHash, type ImportRow, importRowSchema } from "./schema.ts";

/** What all rows of a request have in common. */
export interface ImportFormat {
  /** Null for tokens in the format of this deployment. */
  shape: TokenShape | null;
  prefixes: Prefixes;
  /** The secrets of HMACs that verifiers have. */
  hmacSecrets: readonly Buffer[];
}

/** How an imported token is recognized. It contains neither the token nor, for fast hashes, more than its hash. */
export interface ImportedSecret {
  fingerprint: string;
  hint: string;
  /** Null until the first use reveals it. */
  sha256: string | null;
  /** Other hashes by which the same token may have been imported, as they are looked up. Known from a token only. */
  others: string[];
  /** With `sha256` null: what finds the token, the slow hash to compare it with, and the kind of look-up. */
  pending: { digest: string; algorithm: HashAlgorithm; value: string | null; lookup: PendingLookup } | null;
}

export interface ReadRow {
  row: ImportRow;
  secret: ImportedSecret;
}

const MAX_ERRORS = 20;

/** Parses a row, or returns its errors. No message quotes a token or a hash. */
export function readRow(value: unknown, format: ImportFormat): ReadRow | { errors: FieldError[] } {
  const parsed = importRowSchema.safeParse(value);
  if (!parsed.success) {
    const errors = parsed.error.issues.flatMap((issue): FieldError[] => {
      const path = issue.path.map(String);
      const given = path.length > 0 && issue.code !== "custom" ? valueAt(value, path) : null;
      const areSeveral = issue.code !== "unrecognized_keys" && Array.isArray(given) && given.length > 1;
      return schemaErrors([areSeveral ? { ...issue, message: SEVERAL } : issue], "is not a field of a key");
    });
    return { errors: errors.slice(0, MAX_ERRORS) };
  }
  const row = parsed.data;
  const secret = row.token === undefined ? hashed(row.hash, format) : readToken(row, row.token, format);
  return "path" in secret ? { errors: [secret] } : { row, secret };
}

/** Also for a name that a row has twice, and for two columns with one field: see `markRepeated` and `importRow`. */
const SEVERAL = "Enter one value: this field has several.";

function fieldError(path: string, message: string): FieldError {
  return { path, message };
}

function readToken(
  { environment }: ImportRow,
  token: string,
  { shape, prefixes, hmacSecrets }: ImportFormat,
): ImportedSecret | FieldError {
  const sha256 = hashToken(token);
  const fingerprint = fingerprintOf("sha256", sha256);
  if (shape === null) {
    const kind = secretKind(prefixes, token);
    if (kind === null)
      return fieldError("token", "It does not have the format of this deployment: declare its shape.");
    if (kind !== environment) return fieldError("environment", `The token is one for ${kind}.`);
    return { fingerprint, sha256, hint: hintOf(token), others: [], pending: null };
  }
  if (shapesOf([shape], prefixes, token).length === 0)
    return fieldError("token", "It does not have the declared shape.");
  const others = pendingDigestsOf(token, ["sha512", "hmac-sha256"], hmacSecrets).map(({ digest }) => digest);
  return { fingerprint, sha256, hint: importedHint(shape, token, token), others, pending: null };
}

function hashed(hash: ImportedHash | undefined, format: ImportFormat): ImportedSecret | FieldError {
  if (hash === undefined) return fieldError("hash", "Give token or hash.");
  const { algorithm, value, lookup } = hash;
  const { shape } = format;
  const lookupProblem = lookup === undefined ? null : lookupError(lookup, shape);
  if (lookupProblem !== null) return fieldError("hash.lookup", lookupProblem);
  const hint = importedHint(shape ?? { prefix: "" }, lookup ?? "");
  if (!isSlow(algorithm)) {
    if (hash.encoding === undefined) return fieldError("hash.encoding", "Say how the hash is encoded.");
    const digest = digestOf(algorithm, hash.encoding, value);
    if (digest === null) return fieldError("hash.value", `It is not ${algorithm} in ${hash.encoding}.`);
    const fingerprint = fingerprintOf(algorithm, digest);
    if (algorithm === "sha256") return { fingerprint, sha256: digest, hint, others: [], pending: null };
    if (shape === null) return fieldError("hash.algorithm", NEEDS_SHAPE);
    if (algorithm === "hmac-sha256" && format.hmacSecrets.length === 0)
      return fieldError("hash.algorithm", "Set LATCHKEY_IMPORT_HMAC_SECRETS on portal and verifiers first.");
    const pending = {
      digest: pendingDigest(algorithm, digest, "") ?? "",
      algorithm,
      value: null,
      lookup: algorithm,
    };
    return { fingerprint, sha256: null, hint, others: [], pending };
  }
  if (shape === null) return fieldError("hash.algorithm", NEEDS_SHAPE);
  const wrong = slowHashError(algorithm, value);
  if (wrong !== null) return fieldError("hash.value", wrong);
  if (lookup === undefined)
    return fieldError("hash.lookup", `${algorithm} needs the first 8 to 16 characters of the token.`);
  if (algorithm === "bcrypt" && shape.maxLength > MAX_BCRYPT_BYTES)
    return fieldError(
      "hash.algorithm",
      `bcrypt reads only ${MAX_BCRYPT_BYTES} characters: lower the shape's maxLength.`,
    );
  return {
    fingerprint: fingerprintOf(algorithm, value),
    sha256: null,
    hint,
    others: [],
    pending: {
      digest: pendingDigest(algorithm, value, lookup) ?? "",
      algorithm,
      value,
      lookup: lookup.length,
    },
  };
}

const NEEDS_SHAPE = "Declare the shape of the tokens. Without it, only sha256 can be imported.";

/** A look-up that reaches into what differs from token to token. */
function lookupError(lookup: string, shape: TokenShape | null): string | null {
  if (shape === null) return null;
  const { prefix, minLength } = shape;
  if (!lookup.startsWith(prefix.slice(0, lookup.length))) return "It does not start with the shape's prefix.";
  if (lookup.length > minLength) return "It is longer than the shortest token of the shape.";
  if (lookup.length < prefix.length + 4 && prefix.length + 4 <= LOOKUP_LENGTH.max)
    return `Use at least ${prefix.length + 4} characters: the prefix and 4 that differ from token to token.`;
  return null;
}

/** Why a shape can't be declared; null if it can. */
export function shapeError(shape: TokenShape, prefixes: readonly string[]): string | null {
  return hasOwnFormat(prefixes, shape.prefix)
    ? "Tokens with this prefix have this deployment's own format. Import them without a shape."
    : null;
}
