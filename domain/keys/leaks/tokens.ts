import { and, eq, inArray, isNull, or } from "drizzle-orm";
import type { Scope, Tx } from "#db/open.ts";
import type { LeakSource } from "#db/tables/lifecycle.ts";
import { readPolicies } from "../../access/policies/read.ts";
import { isWorkingHint, type TokenSecrets } from "../../access/token-rotation.ts";
import { recordAudit, recordAudits } from "../../audit/record.ts";
import type { Ctx } from "../../context.ts";
import { type Locations, MAX_LOCATIONS } from "./locations.ts";
import { mailTokenLeak, type TokenLeak } from "./mail-token.ts";

/** A working secret of a management or service token. Its user is null unless it is a user's management token. */
interface LiveToken {
  kind: "managementToken" | "serviceToken";
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
} as const;

/**
 * Records where working management and service tokens were found, in the audit log, where their pages find it, and
 * mails the people concerned. A management token is revoked if the leak policy disables live keys.
 */
export async function recordTokens(ctx: Ctx, locations: Locations, source: LeakSource): Promise<string[]> {
  const live = await findLive(ctx.db.read, [...locations.keys()], ctx.now());
  for (const token of live) {
    const leak = await ctx.db.write((tx) =>
      recordToken(tx, ctx, token, [...(locations.get(token.hash) ?? [])], source),
    );
    if (leak !== null) await mailTokenLeak(ctx, leak);
  }
  return live.map(({ hash }) => hash);
}

async function findLive({ q, t }: Scope, hashes: string[], nowMs: number): Promise<LiveToken[]> {
  const { managementTokens: management, serviceTokens: service, users } = t;
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
  const ofServices = await q
    .select({
      id: service.id,
      name: service.name,
      hint: service.hint,
      hash: service.hash,
      olderHash: service.olderHash,
      olderHint: service.olderHint,
      olderEndsAt: service.olderEndsAt,
      expiresAt: service.expiresAt,
    })
    .from(service)
    .where(
      and(or(inArray(service.hash, hashes), inArray(service.olderHash, hashes)), isNull(service.revokedAt)),
    );
  return [
    ...own.flatMap(({ id, name, userId, projectId, ...secrets }) =>
      workingAmong(secrets, hashes, nowMs).map((found) => ({
        kind: "managementToken" as const,
        id,
        name,
        userId,
        projectId,
        ...found,
      })),
    ),
    ...ofServices.flatMap(({ id, name, ...secrets }) =>
      workingAmong(secrets, hashes, nowMs).map((found) => ({
        kind: "serviceToken" as const,
        id,
        name,
        userId: null,
        projectId: null,
        ...found,
      })),
    ),
  ];
}

/** The secrets of a token that work, of those with these hashes. */
function workingAmong(
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
  locations: string[],
  source: LeakSource,
): Promise<TokenLeak | null> {
  const { kind, hint, userId, projectId } = token;
  if (!(await lockLiveToken(tx, token))) return null;
  const { leakedKeys } = await readPolicies(tx);
  const revoked = kind === "managementToken" && leakedKeys.live === "disable";
  const known = await knownLocations(tx, token);
  const room = Math.max(0, MAX_LOCATIONS - known.size);
  const fresh = locations.filter((location) => !known.has(location)).slice(0, room);
  if (fresh.length === 0 && !revoked) return null;
  await recordAudits(
    tx,
    ctx,
    fresh.map((url) => ({ action: LEAKED[kind], projectId, subject: token, after: { hint, source, url } })),
  );
  if (revoked) {
    const { managementTokens } = tx.t;
    await tx.q
      .update(managementTokens)
      .set({ revokedAt: ctx.now() })
      .where(eq(managementTokens.id, token.id));
    await recordAudit(tx, ctx, {
      action: "managementToken.revoked",
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
 * Locks the token's row, so that two concurrent reports don't both count a location as new. Returns false if the token
 * no longer works.
 */
async function lockLiveToken(tx: Tx, { kind, id }: LiveToken): Promise<boolean> {
  const table = kind === "managementToken" ? tx.t.managementTokens : tx.t.serviceTokens;
  const held = await tx.q
    .update(table)
    .set({ id })
    .where(and(eq(table.id, id), isNull(table.revokedAt)))
    .returning({ id: table.id });
  return held.length > 0;
}

async function knownLocations({ q, t: { audit } }: Tx, { kind, id }: LiveToken): Promise<Set<unknown>> {
  const rows = await q
    .select({ after: audit.after })
    .from(audit)
    .where(and(eq(audit.subjectId, id), eq(audit.action, LEAKED[kind])));
  return new Set(rows.map(({ after }) => after?.url));
}
