import { and, eq, inArray, isNotNull, isNull, ne, or } from "drizzle-orm";
import { formatNumber } from "#core/format.ts";
import type { Tx } from "#db/open.ts";
import { type AuditEntry, recordAudits } from "../../audit/record.ts";
import type { Ctx } from "../../context.ts";
import { notify } from "../../notifications/notify.ts";
import { subjectOf } from "../../notifications/webhooks/find.ts";
import { removeSecondFactors } from "./factors/second-factor.ts";
import { endAllCredentials } from "./my-sessions.ts";
import { withdrawAllInvitations } from "./withdraw-invitations.ts";

/** What stays: it belongs to the person who just proved that the address is theirs. */
interface Kept {
  sessionId?: string | undefined;
  identity?: { issuer: string; accountId: string } | undefined;
}

/**
 * Ends everything with which someone else could use an account whose address was never verified: they may have prepared
 * it. That is every credential of the account, the invitations that it sent, the project tokens that it saw, and the
 * webhooks that it created or changed. The owners of the projects are notified. Members and keys stay
 * (docs/decisions/0060). Returns how many management tokens of the user were revoked.
 */
export async function endPreparedAccess(tx: Tx, ctx: Ctx, userId: string, kept: Kept = {}): Promise<number> {
  const { identities, users } = tx.t;
  await tx.q.update(users).set({ passwordHash: null }).where(eq(users.id, userId));
  const tokensRevoked = await endAllCredentials(tx, userId, ctx.now(), kept.sessionId);
  await removeSecondFactors(tx, userId);
  const { identity } = kept;
  const isOther =
    identity && or(ne(identities.issuer, identity.issuer), ne(identities.accountId, identity.accountId));
  await tx.q.delete(identities).where(and(eq(identities.userId, userId), isOther));
  await withdrawAllInvitations(tx, ctx, userId);
  const tokens = await revokeProjectTokens(tx, ctx, userId);
  const webhooks = await disableWebhooks(tx, ctx, userId);
  await notifyOwners(tx, ctx, userId, { tokens, webhooks });
  return tokensRevoked;
}

/** What ended in a project. */
interface Ended {
  projectId: string;
  name: string;
}

/** Notifies the owners of each project in which something ended, because its scripts fail from now on. */
async function notifyOwners(
  tx: Tx,
  ctx: Ctx,
  userId: string,
  { tokens, webhooks }: { tokens: Ended[]; webhooks: Ended[] },
): Promise<void> {
  const { users } = tx.t;
  const [user] = await tx.q.select({ name: users.name }).from(users).where(eq(users.id, userId));
  const all = [
    ...tokens.map((token) => ({ ...token, isToken: true })),
    ...webhooks.map((webhook) => ({ ...webhook, isToken: false })),
  ];
  for (const [projectId, ended] of Map.groupBy(all, (one) => one.projectId)) {
    const names = ended.slice(0, MAX_NAMES).map(({ name }) => name);
    const more = ended.length - names.length;
    await notify(tx, ctx, {
      kind: "member.credentials-ended",
      projectId,
      subject: { id: userId, name: user?.name ?? "" },
      data: {
        tokens: ended.filter(({ isToken }) => isToken).length,
        webhooks: ended.filter(({ isToken }) => !isToken).length,
        names: names.join(", ") + (more > 0 ? ` and ${formatNumber(more)} more` : ""),
      },
      includesActor: true,
      ownersOnly: true,
    });
  }
}

/**
 * Revokes the tokens of projects that the account created or rotated. Projects are not locked, because this holds the
 * user's row: who creates or rotates a token locks that row too, so none is missed.
 */
async function revokeProjectTokens(tx: Tx, ctx: Ctx, userId: string): Promise<Ended[]> {
  const { audit, managementTokens } = tx.t;
  const rotated = tx.q
    .select({ id: audit.subjectId })
    .from(audit)
    .where(
      and(eq(audit.actorId, userId), eq(audit.action, "managementToken.rotated"), isNotNull(audit.projectId)),
    );
  const revoked = await tx.q
    .update(managementTokens)
    .set({ revokedAt: ctx.now() })
    .where(
      and(
        isNotNull(managementTokens.projectId),
        isNull(managementTokens.revokedAt),
        or(eq(managementTokens.createdBy, userId), inArray(managementTokens.id, rotated)),
      ),
    )
    .returning();
  await recordInBatches(
    tx,
    ctx,
    revoked.map(({ id, name, hint, projectId }) => ({
      action: "managementToken.revoked",
      projectId,
      subject: { id, name },
      before: { hint },
      after: { reason: REASON },
    })),
  );
  return revoked.flatMap(({ projectId, name }) => (projectId === null ? [] : [{ projectId, name }]));
}

/**
 * Disables the webhooks that the account created, changed or rotated: someone else may have chosen where their events
 * go, or know their signing secret.
 */
async function disableWebhooks(tx: Tx, ctx: Ctx, userId: string): Promise<Ended[]> {
  const { audit, webhooks } = tx.t;
  const changed = tx.q
    .select({ id: audit.subjectId })
    .from(audit)
    .where(
      and(eq(audit.actorId, userId), inArray(audit.action, ["webhook.updated", "webhook.secret-rotated"])),
    );
  const disabled = await tx.q
    .update(webhooks)
    .set({ disabledAt: ctx.now() })
    .where(
      and(
        or(eq(webhooks.createdBy, userId), inArray(webhooks.id, changed)),
        isNull(webhooks.disabledAt),
        isNull(webhooks.deletedAt),
      ),
    )
    .returning();
  await recordInBatches(
    tx,
    ctx,
    disabled.map((webhook) => ({
      action: "webhook.updated",
      projectId: webhook.projectId,
      subject: subjectOf(webhook),
      before: { enabled: true },
      after: { enabled: false, reason: REASON },
    })),
  );
  // Members are notified of those of their projects.
  return disabled.flatMap(({ projectId, ...webhook }) =>
    projectId === null ? [] : [{ projectId, name: subjectOf(webhook).name }],
  );
}

async function recordInBatches(tx: Tx, ctx: Ctx, entries: AuditEntry[]): Promise<void> {
  for (let at = 0; at < entries.length; at += BATCH)
    await recordAudits(tx, ctx, entries.slice(at, at + BATCH));
}

/** Rows in one statement: databases bound its parameters. */
const BATCH = 500;

/** Names in a notification. */
const MAX_NAMES = 5;

const REASON = "The account that created or changed it had an address that nobody had verified.";
