import { and, eq, inArray, isNull, or } from "drizzle-orm";
import type { Scope, Tx } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import type { LeakSource } from "#db/tables/lifecycle.ts";
import { readPolicies } from "../../access/policies/read.ts";
import { isWorkingHint, type TokenSecrets } from "../../access/token-rotation.ts";
import { recordAudit, recordAudits } from "../../audit/record.ts";
import type { Ctx } from "../../context.ts";
import { type Locations, MAX_LOCATIONS } from "./locations.ts";
import { mailTokenLeak, type TokenLeak } from "./mail-token.ts";

/** A working secret of a token that is not a key's. Its user is null unless it is a user's management token. */
interface LiveToken {
  kind: keyof typeof LEAKED;
  id: string;
  name: string;
  hint: string;
  hash: string;
  userId: string | null;
  /** The project of a project's management token. */
  projectId: string | null;
}

/** The audit action of each type; `listLeakedTokens` finds leaked tokens by it. */
export const LEAKED = {
  managementToken: "managementToken.leaked",
  serviceToken: "serviceToken.leaked",
  scimToken: "scimToken.leaked",
} as const;

/**
 * Records where working management, service and SCIM tokens were found, in the audit log, where their pages find it, and
 * mails the people concerned. Management and SCIM tokens are revoked if the leak policy disables live keys.
 */
export async function recordTokens(ctx: Ctx, locations: Locations, source: LeakSource): Promise<string[]> {
  const live = await findLive(ctx.db.read, [...locations.keys()], ctx.now());
  for (const token of live) {
    const leak = await ctx.db.write((tx) =>
      recordToken(tx, ctx, token, { locations: [...(locations.get(token.hash) ?? [])], source }),
    );
    if (leak !== null) await mailTokenLeak(ctx, leak);
  }
  return live.map(({ hash }) => hash);
}

async function findLive({ q, t }: Scope, hashes: string[], nowMs: number): Promise<LiveToken[]> {
  const { managementTokens: management, users } = t;
  const own = await q
    .select({
      id: management.id,
      name: management.name,
      hint: management.hint,
      hash: management.hash,
      olderHash: management.olderHash,
      olderHint: management.olderHint,
      olderEndsAt: management.olderEndsAt,
      expiresAt: management.expiresAt,
      userId: management.userId,
      projectId: management.projectId,
    })
    .from(management)
    .leftJoin(users, eq(users.id, management.userId))
    .where(
      and(
        or(inArray(management.hash, hashes), inArray(management.olderHash, hashes)),
        isNull(management.revokedAt),
        isNull(users.disabledAt),
      ),
    );
  const siteTokens = async (kind: "serviceToken" | "scimToken") => {
    const table = tokenTableOf(t, kind);
    const { id, name, hint, hash, olderHash, olderHint, olderEndsAt, expiresAt } = table;
    const rows = await q
      .select({ id, name, hint, hash, olderHash, olderHint, olderEndsAt, expiresAt })
      .from(table)
      .where(and(or(inArray(hash, hashes), inArray(olderHash, hashes)), isNull(table.revokedAt)));
    return rows.map((row) => ({ ...row, kind, userId: null, projectId: null }));
  };
  const tokens = [
    ...own.map((row) => ({ ...row, kind: "managementToken" as const })),
    ...(await siteTokens("serviceToken")),
    ...(await siteTokens("scimToken")),
  ];
  return tokens.flatMap(({ kind, id, name, userId, projectId, ...secrets }) =>
    workingSecrets(secrets, hashes, nowMs).map((found) => ({ kind, id, name, userId, projectId, ...found })),
  );
}

/** The secrets of a token that work, of those with these hashes. */
function workingSecrets(
  token: Omit<TokenSecrets, "olderUsedAt">,
  hashes: string[],
  nowMs: number,
): { hash: string; hint: string }[] {
  const { hash, hint, olderHash, olderHint } = token;
  return [
    { hash, hint },
    { hash: olderHash ?? "", hint: olderHint ?? "" },
  ].filter((one) => hashes.includes(one.hash) && isWorkingHint(token, one.hint, nowMs));
}

/** Records one token and its locations; null if nothing is new. */
async function recordToken(
  tx: Tx,
  ctx: Ctx,
  token: LiveToken,
  { locations, source }: { locations: string[]; source: LeakSource },
): Promise<TokenLeak | null> {
  const { kind, hint, userId, projectId } = token;
  if (!(await lockLiveToken(tx, token, ctx.now()))) return null;
  const { leakedKeys } = await readPolicies(tx);
  const revoked = kind !== "serviceToken" && leakedKeys.live === "disable";
  const known = await knownLocations(tx, token);
  const remaining = Math.max(0, MAX_LOCATIONS - known.size);
  const fresh = locations.filter((location) => !known.has(location)).slice(0, remaining);
  if (fresh.length === 0 && !revoked) return null;
  await recordAudits(
    tx,
    ctx,
    fresh.map((url) => ({ action: LEAKED[kind], projectId, subject: token, after: { hint, source, url } })),
  );
  if (revoked) {
    const table = tokenTableOf(tx.t, kind);
    await tx.q.update(table).set({ revokedAt: ctx.now() }).where(eq(table.id, token.id));
    await recordAudit(tx, ctx, {
      action: `${kind}.revoked`,
      projectId,
      subject: token,
      before: { hint },
      after: { reason: "It was found in public" },
    });
  }
  const found = fresh.length > 0 ? fresh : locations;
  return { kind, name: token.name, hint, userId, projectId, locations: found, revoked };
}

/**
 * Locks the token's row, so that two concurrent reports don't both count a location as new. Returns false if the
 * reported secret no longer works: a rotation may have ended it since it was found.
 */
async function lockLiveToken(
  tx: Tx,
  { kind, id, hash: reported }: LiveToken,
  nowMs: number,
): Promise<boolean> {
  const table = tokenTableOf(tx.t, kind);
  const { hash, hint, olderHash, olderHint, olderEndsAt, expiresAt } = table;
  const locked = await tx.q
    .update(table)
    .set({ id })
    .where(and(eq(table.id, id), isNull(table.revokedAt)))
    .returning({ hash, hint, olderHash, olderHint, olderEndsAt, expiresAt });
  return locked.some((secrets) => workingSecrets(secrets, [reported], nowMs).length > 0);
}

async function knownLocations({ q, t: { audit } }: Tx, { kind, id }: LiveToken): Promise<Set<unknown>> {
  const rows = await q
    .select({ after: audit.after })
    .from(audit)
    .where(and(eq(audit.subjectId, id), eq(audit.action, LEAKED[kind])));
  return new Set(rows.map(({ after }) => after?.url));
}

/** The table of the tokens of this kind. */
export function tokenTableOf(t: Tables, kind: keyof typeof LEAKED) {
  switch (kind) {
    case "managementToken":
      return t.managementTokens;
    case "serviceToken":
      return t.serviceTokens;
    case "scimToken":
      return t.scimTokens;
  }
}
