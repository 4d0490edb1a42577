import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { newId } from "#core/ids.ts";
import { iso, isoOrNull } from "#core/time.ts";
import { generateToken, hashToken, hintOf } from "#core/tokens.ts";
import { takeAdvisoryLock } from "#db/advisory-locks.ts";
import type { Scope, Tx } from "#db/open.ts";
import { recordAudit } from "../../audit/record.ts";
import { type Ctx, denyManagementTokens, requireAdmin, requireUser, type Verb } from "../../context.ts";
import { DomainError, invalid, notFound, requireFuture } from "../../errors.ts";
import { requireRecentConfirmation } from "../accounts/step-up.ts";
import { expiryAfterRotation, olderSecretOf, rotateTokenRow } from "../token-rotation.ts";
import { adoptUnbound, retireOtherIssuers } from "./provider-binding.ts";
import type {
  CreateScimTokenInput,
  RotateScimTokenInput,
  ScimToken,
  ScimTokenRef,
  ScimTokenWithToken,
} from "./schema.ts";

/** Tokens that are not revoked: one for each identity provider, and some to replace them. */
const MAX_TOKENS = 20;

/** An administrator who confirmed their identity recently: a SCIM token can disable and create users. */
function requireTokenAdmin(ctx: Ctx): void {
  requireAdmin(ctx);
  denyManagementTokens(ctx);
  requireRecentConfirmation(ctx);
}

/** Creates a token for an identity provider. It is in this response only. Administrators only, with step-up. */
export async function createScimToken({
  ctx,
  input: { name, provider = null, managesAdmins = false, expiresAt = null },
}: Verb<CreateScimTokenInput>): Promise<ScimTokenWithToken> {
  requireTokenAdmin(ctx);
  const entry = ctx.settings.oidc.find(({ id }) => id === provider);
  if (provider !== null && entry === undefined) {
    throw invalid("provider", "Choose a configured provider.");
  }
  const now = ctx.now();
  requireFuture("expiresAt", expiresAt, now);
  const token = generateToken(ctx.settings.keyPrefix, "scim");
  return ctx.db.write(async (tx) => {
    const { scimTokens } = tx.t;
    await takeAdvisoryLock(tx, "scimTokens");
    if ((await tx.q.$count(scimTokens, isNull(scimTokens.revokedAt))) >= MAX_TOKENS) {
      throw new DomainError("conflict", `There are ${MAX_TOKENS} SCIM tokens, the maximum. Revoke one.`, {
        problem: "LIMIT_REACHED",
      });
    }
    const row = {
      id: newId("scimToken"),
      name,
      hash: hashToken(token),
      hint: hintOf(token),
      provider,
      issuer: entry?.issuer ?? null,
      managesAdmins,
      createdAt: now,
      createdBy: requireUser(ctx).userId,
      expiresAt,
    };
    await tx.q.insert(scimTokens).values(row);
    if (entry) {
      await retireOtherIssuers(tx, entry);
      if (ctx.settings.oidc.length === 1) await adoptUnbound(tx, entry);
    }
    ctx.created?.({ kind: "scimToken", id: row.id, name, hint: row.hint, projectId: null });
    await recordAudit(tx, ctx, {
      action: "scimToken.created",
      subject: row,
      after: { name, hint: row.hint, provider, managesAdmins, expiresAt: isoOrNull(expiresAt) },
    });
    return { scimToken: await readScimToken(tx, ctx, row.id), token };
  });
}

/** All tokens, revoked ones too, newest first. Administrators only. */
export async function listScimTokens({ ctx }: { ctx: Ctx }): Promise<ScimToken[]> {
  requireAdmin(ctx);
  denyManagementTokens(ctx);
  const { createdAt, id } = ctx.db.read.t.scimTokens;
  const rows = await select(ctx.db.read).orderBy(desc(createdAt), desc(id)).limit(100);
  return rows.map((row) => present(row, ctx));
}

/**
 * Gives a token a new secret, and a new expiry if one is given. The current secret works for another
 * `overlapSeconds`. Throws `conflict` for a revoked token, for an expired one without a new expiry and, with
 * `OVERLAP_RUNNING`, while an older secret still works. Administrators only, with step-up.
 */
export async function rotateScimToken({
  ctx,
  input,
}: Verb<RotateScimTokenInput>): Promise<ScimTokenWithToken> {
  requireTokenAdmin(ctx);
  return ctx.db.write(async (tx) => {
    const row = await lockToken(tx, input);
    const now = ctx.now();
    const expiresAt = expiryAfterRotation(row, input.expiresAt, "SCIM token", now);
    const format = { keyPrefix: ctx.settings.keyPrefix, kind: "scim" } as const;
    const { token, secrets, audit } = rotateTokenRow(row, format, { ...input, expiresAt }, now);
    const { scimTokens } = tx.t;
    await tx.q.update(scimTokens).set(secrets).where(eq(scimTokens.id, row.id));
    ctx.created?.({ kind: "scimToken", id: row.id, name: row.name, hint: secrets.hint, projectId: null });
    await recordAudit(tx, ctx, {
      action: "scimToken.rotated",
      subject: row,
      ...audit,
    });
    return { scimToken: await readScimToken(tx, ctx, row.id), token };
  });
}

/** Ends the overlap of a rotated token. Ending it twice is not an error. Administrators only. */
export async function endScimTokenOverlap({ ctx, input }: Verb<ScimTokenRef>): Promise<ScimToken> {
  requireAdmin(ctx);
  denyManagementTokens(ctx);
  return ctx.db.write(async (tx) => {
    const row = await lockToken(tx, input);
    const now = ctx.now();
    const older = olderSecretOf(row, now);
    if (older !== null) {
      const { scimTokens } = tx.t;
      await tx.q.update(scimTokens).set({ olderEndsAt: now }).where(eq(scimTokens.id, row.id));
      await recordAudit(tx, ctx, {
        action: "scimToken.secret-ended",
        subject: row,
        before: { ...older },
        after: { lapsesAt: iso(now) },
      });
    }
    return readScimToken(tx, ctx, row.id);
  });
}

/** Revokes a token permanently. Users and groups stay as they are. Administrators only. */
export async function revokeScimToken({ ctx, input }: Verb<ScimTokenRef>): Promise<void> {
  requireAdmin(ctx);
  denyManagementTokens(ctx);
  await ctx.db.write(async (tx) => {
    const { scimTokens } = tx.t;
    const [token] = await tx.q.select().from(scimTokens).where(eq(scimTokens.id, input.scimTokenId));
    if (!token) throw notFound("SCIM token");
    const [revoked] = await tx.q
      .update(scimTokens)
      .set({ revokedAt: ctx.now() })
      .where(and(eq(scimTokens.id, token.id), isNull(scimTokens.revokedAt)))
      .returning({ id: scimTokens.id });
    // Revoking twice is not an error: the result is the same.
    if (!revoked) return;
    await recordAudit(tx, ctx, {
      action: "scimToken.revoked",
      subject: token,
      before: { hint: token.hint },
    });
  });
}

/** A query for tokens that callers filter, sort and limit. It never reads the hash. */
function select({ q, t: { scimTokens, users } }: Scope) {
  const { id, name, hint, provider, issuer, managesAdmins, createdAt, createdBy, expiresAt } = scimTokens;
  const { olderHint, olderEndsAt, olderUsedAt, lastUsedAt, lastUsedFrom, revokedAt } = scimTokens;
  const life = { expiresAt, olderHint, olderEndsAt, olderUsedAt, lastUsedAt, lastUsedFrom, revokedAt };
  return q
    .select({
      id,
      name,
      hint,
      provider,
      issuer,
      managesAdmins,
      createdAt,
      createdBy,
      createdByName: users.name,
      ...life,
    })
    .from(scimTokens)
    .innerJoin(users, eq(users.id, createdBy));
}

function present(
  row: Awaited<ReturnType<typeof select>>[number],
  { now, settings }: Pick<Ctx, "now" | "settings">,
): ScimToken {
  const entry = settings.oidc.find(({ id }) => id === row.provider);
  return {
    id: row.id,
    name: row.name,
    hint: row.hint,
    provider: row.provider,
    providerChanged: entry !== undefined && row.issuer !== null && row.issuer !== entry.issuer,
    managesAdmins: row.managesAdmins,
    createdAt: iso(row.createdAt),
    createdBy: { id: row.createdBy, name: row.createdByName },
    expiresAt: isoOrNull(row.expiresAt),
    older: olderSecretOf(row, now()),
    lastUsedAt: isoOrNull(row.lastUsedAt),
    lastUsedFrom: row.lastUsedFrom,
    revokedAt: isoOrNull(row.revokedAt),
  };
}

async function readScimToken(scope: Scope, ctx: Ctx, id: string): Promise<ScimToken> {
  const [row] = await select(scope).where(eq(scope.t.scimTokens.id, id));
  if (!row) throw notFound("SCIM token");
  return present(row, ctx);
}

/** Locks the token until the transaction ends. Throws `not-found`, and `conflict` if it is revoked. */
async function lockToken({ q, t: { scimTokens } }: Tx, { scimTokenId }: ScimTokenRef) {
  const [row] = await q
    .update(scimTokens)
    .set({ id: sql`${scimTokens.id}` })
    .where(eq(scimTokens.id, scimTokenId))
    .returning();
  if (!row) throw notFound("SCIM token");
  if (row.revokedAt !== null) {
    throw new DomainError("conflict", "This SCIM token is revoked. Create another one.");
  }
  return row;
}
