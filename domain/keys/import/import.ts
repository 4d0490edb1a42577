import { readHmacSecret } from "#core/imported-hash.ts";
import { acceptedPrefixes } from "#core/tokens.ts";
import { recordChange } from "#db/changes.ts";
import type { Tx } from "#db/open.ts";
import { readKeyRules } from "../../access/policies/key-rules.ts";
import { requirePolicies } from "../../access/policies/read.ts";
import { lockProject, requireProjectRole } from "../../access/project-access.ts";
import { remainingKeys } from "../../bounds.ts";
import type { Ctx, Verb } from "../../context.ts";
import { DomainError, invalid, requireFuture } from "../../errors.ts";
import { WEBHOOKS_ONLY } from "../../notifications/notify.ts";
import { notifySome } from "../../notifications/notify-many.ts";
import { yieldToEventLoop } from "../../yield-to-event-loop.ts";
import { requestApproval } from "../approval/request.ts";
import { type KeyOwner, newKeyRow } from "../create.ts";
import { canonicalRestrictions, requireRestrictionSize } from "../restrictions/stored.ts";
import { type ExistingTokens, readExistingTokens } from "./existing-tokens.ts";
import { type ImportFormat, type ReadRow, readRow, shapeError } from "./read-row.ts";
import type { ImportKeysInput, ImportResult, RowResult } from "./schema.ts";
import { declareShape } from "./shapes.ts";
import { type NewImport, writeImports } from "./write.ts";

/** How many keys whose tokens are still to be used for the first time may share the first characters of a look-up. */
const MAX_SHARED_LOOKUP = 4;
const ROWS_PER_TURN = 50;

/**
 * Creates keys for tokens that another system issued: they keep working as they are. A row that fails doesn't fail the
 * others. A row whose token was imported before changes nothing, even if its other fields differ or the key is revoked.
 * Throws `conflict` if another import of the same tokens runs at the same time.
 */
export async function importKeys({ ctx, input }: Verb<ImportKeysInput>): Promise<ImportResult> {
  const { projectId, dryRun, shape, keys } = input;
  await requireProjectRole(ctx.db.read, ctx, projectId, "developer");
  const prefixes = acceptedPrefixes(ctx.settings);
  const wrong = shape && shapeError(shape, prefixes);
  if (wrong !== null) throw invalid("shape.prefix", wrong);
  const hmacSecrets = (ctx.settings.importHmacSecrets ?? []).map(readHmacSecret);
  const read = await readRows(keys, { shape, prefixes, hmacSecrets });
  const results = await ctx.db.write(async (tx) => {
    const { role } = await lockProject(tx, ctx, projectId, "developer");
    const rows = read.flatMap((one) => ("row" in one ? [one] : []));
    const known = await readExistingTokens(
      tx,
      projectId,
      rows.map(({ secret }) => secret),
    );
    const remaining = await remainingKeys(tx, ctx, projectId);
    const rules = await readKeyRules(tx, projectId);
    const batch: Batch = { projectId, known, remaining, created: [], rules, role };
    const results: RowResult[] = [];
    for (const [row, one] of read.entries()) {
      results.push(
        "errors" in one
          ? failed(row, "INVALID", INVALID, one.errors)
          : await processRow(tx, ctx, batch, row, one),
      );
    }
    const { created } = batch;
    if (created.length === 0) return results;
    const shapeId = shape && (await declareShape(tx, ctx, { projectId, shape, created, dryRun }));
    if (dryRun) {
      const isNew = new Set(created.map(({ key }) => key.id));
      return results.map((result) => (isNew.has(result.keyId ?? "") ? { ...result, keyId: null } : result));
    }
    await writeImports(tx, ctx, created, shapeId);
    await requestApproval(
      tx,
      ctx,
      created.map(({ key }) => key),
    );
    const [one] = created;
    if (one) {
      const some = { projectId, count: created.length, one: one.key, data: {}, channels: WEBHOOKS_ONLY };
      await notifySome(tx, ctx, "created", some);
    }
    await recordChange(tx, { kind: "import", subject: projectId }, ctx.now());
    return results;
  });
  const count = (status: RowResult["status"]) => results.filter((result) => result.status === status).length;
  return {
    dryRun,
    created: count("created"),
    unchanged: count("unchanged"),
    failed: count("failed"),
    results,
  };
}

async function readRows(keys: unknown[], format: ImportFormat) {
  const read: ReturnType<typeof readRow>[] = [];
  for (const value of keys) {
    if (read.length % ROWS_PER_TURN === ROWS_PER_TURN - 1) await yieldToEventLoop();
    read.push(readRow(value, format));
  }
  return read;
}

/** The rows of a request that were looked at so far. */
interface Batch extends KeyOwner {
  known: ExistingTokens;
  /** How many more keys the project may have. */
  remaining: number;
  created: NewImport[];
}

const INVALID = "The row is invalid.";

/** Imports or rejects one row. Checks in this order: known before, limits, the checks of creating a key. */
async function processRow(
  tx: Tx,
  ctx: Ctx,
  batch: Batch,
  row: number,
  { row: fields, secret }: ReadRow,
): Promise<RowResult> {
  const { known, projectId, created } = batch;
  const before = known.keyOf(secret);
  if (before === "elsewhere") return failed(row, "TOKEN_IN_USE", "A key of another project has this token.");
  if (before !== undefined) {
    const message = before.isRevoked
      ? "The key of this token is revoked. Restore it instead."
      : created.some(({ key }) => key.id === before.keyId)
        ? "An earlier row has this token. Its fields apply."
        : null;
    return { row, status: "unchanged", keyId: before.keyId, code: null, message, errors: [] };
  }
  if (created.length >= batch.remaining)
    return failed(row, "LIMIT_REACHED", "The project has the maximum number of keys.");
  const { pending } = secret;
  const isShared = pending?.value != null && known.sharing(pending.digest) >= MAX_SHARED_LOOKUP;
  if (isShared)
    return failed(
      row,
      "LOOKUP_TOO_COMMON",
      "Other keys have the same lookup. Use more characters of the token.",
    );
  try {
    requireFuture("expiresAt", fields.expiresAt, ctx.now());
    const restrictions = await canonicalRestrictions(tx, { projectId, given: fields.restrictions });
    await requirePolicies(tx, { environment: fields.environment, after: restrictions, before: null });
    const trial = fields.trial
      ? await canonicalRestrictions(tx, { projectId, given: fields.trial, field: "trial" })
      : null;
    requireRestrictionSize(ctx, { restrictions, trial }, null);
    const key = newKeyRow(ctx, batch, { ...fields, restrictions, trial });
    created.push({ key, secret });
    known.add(secret, key.id);
    return { row, status: "created", keyId: key.id, code: null, message: null, errors: [] };
  } catch (error) {
    if (error instanceof DomainError && error.code === "invalid")
      return failed(row, "INVALID", INVALID, error.errors);
    throw error;
  }
}

function failed(
  row: number,
  code: NonNullable<RowResult["code"]>,
  message: string,
  errors: RowResult["errors"] = [],
): RowResult {
  return { row, status: "failed", keyId: null, code, message, errors };
}
