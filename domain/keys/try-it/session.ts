import { and, count, eq, gt } from "drizzle-orm";
import { newId } from "#core/ids.ts";
import { HOUR_MS, iso } from "#core/time.ts";
import { generateToken, hashToken, hintOf } from "#core/tokens.ts";
import { recordChange } from "#db/changes.ts";
import type { Tx } from "#db/open.ts";
import { lockProject } from "../../access/project-access.ts";
import { recordAudit } from "../../audit/record.ts";
import { denyManagementTokens, type Verb } from "../../context.ts";
import { DomainError } from "../../errors.ts";
import { lockActiveKey, lockKey } from "../find.ts";
import { endOf, keyStatusOf } from "../status.ts";
import type { EndTryInput, StartTryInput, TrySession } from "./schema.ts";

/** How long a temporary secret works at the most. */
export const TRY_MS = HOUR_MS;
/** Temporary secrets of a key that work at the same time: one for each open page. */
const MAX_SECRETS = 10;
/** Of a key in an hour, including those that were ended: their rows are kept for 30 days. */
const MAX_PER_HOUR = 60;

/**
 * Creates a temporary secret of a test key, which stops working after an hour. No list shows it; the key's restrictions
 * and limits apply. Throws `conflict` for a live key, and for a key that is not active. Not for management tokens.
 */
export async function startTry({ ctx, input }: Verb<StartTryInput>): Promise<TrySession> {
  denyManagementTokens(ctx);
  return ctx.db.write(async (tx) => {
    await lockProject(tx, ctx, input.projectId, "developer");
    const key = await lockActiveKey(tx, input);
    const now = ctx.now();
    if (key.environment !== "test") {
      throw new DomainError(
        "conflict",
        "Requests are tried with test keys only. Choose or create a test key.",
      );
    }
    if (keyStatusOf(key, now) !== "active") {
      throw new DomainError("conflict", "This key does not work at the moment. Choose another test key.");
    }
    await enforceMaxSecrets(tx, key.id, now);
    const token = generateToken(ctx.settings.keyPrefix, key.environment);
    const secret = { id: newId("secret"), keyId: key.id, hash: hashToken(token), hint: hintOf(token) };
    const overlapEndsAt = Math.min(now + TRY_MS, endOf(key) ?? Number.POSITIVE_INFINITY);
    await tx.q
      .insert(tx.t.secrets)
      .values({ ...secret, createdAt: now, overlapEndsAt, lastUsedAt: null, temporary: true });
    await recordChange(tx, { kind: "key", subject: key.id }, now);
    await recordAudit(tx, ctx, {
      action: "key.try-started",
      projectId: key.projectId,
      subject: key,
      after: { hint: secret.hint, lapsesAt: iso(overlapEndsAt) },
    });
    return { keyId: key.id, secretId: secret.id, secret: token, endsAt: iso(overlapEndsAt) };
  });
}

async function enforceMaxSecrets(tx: Tx, keyId: string, now: number): Promise<void> {
  const { secrets } = tx.t;
  const isTemporary = and(eq(secrets.keyId, keyId), eq(secrets.temporary, true));
  const [working] = await tx.q
    .select({ n: count() })
    .from(secrets)
    .where(and(isTemporary, gt(secrets.overlapEndsAt, now)));
  const [recent] = await tx.q
    .select({ n: count() })
    .from(secrets)
    .where(and(isTemporary, gt(secrets.createdAt, now - TRY_MS)));
  if ((working?.n ?? 0) < MAX_SECRETS && (recent?.n ?? 0) < MAX_PER_HOUR) return;
  throw new DomainError(
    "conflict",
    `This key has ${MAX_SECRETS} temporary secrets, or had ${MAX_PER_HOUR} within an hour, the maximum. Close other pages, or choose another test key.`,
    { problem: "LIMIT_REACHED" },
  );
}

/** Ends a temporary secret now. Nothing happens if it ended before, or does not exist. */
export async function endTry({ ctx, input }: Verb<EndTryInput>): Promise<void> {
  await ctx.db.write(async (tx) => {
    await lockProject(tx, ctx, input.projectId, "developer");
    const key = await lockKey(tx, input);
    const now = ctx.now();
    const { secrets } = tx.t;
    const [ended] = await tx.q
      .update(secrets)
      .set({ overlapEndsAt: now })
      .where(
        and(
          eq(secrets.id, input.secretId),
          eq(secrets.keyId, key.id),
          eq(secrets.temporary, true),
          gt(secrets.overlapEndsAt, now),
        ),
      )
      .returning({ hint: secrets.hint });
    if (!ended) return;
    await recordChange(tx, { kind: "key", subject: key.id }, now);
    await recordAudit(tx, ctx, {
      action: "key.try-ended",
      projectId: key.projectId,
      subject: key,
      before: { hint: ended.hint },
    });
  });
}
