import { and, gt, inArray, isNull } from "drizzle-orm";
import type { Tx } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import type { SweptState } from "#db/tables/lifecycle.ts";
import { remainingKeys } from "../../../bounds.ts";
import type { Ctx } from "../../../context.ts";
import { changeMany } from "../../change-many.ts";
import type { KeyRow } from "../../find.ts";
import { disableRestored } from "../../leaks/disable-leaked.ts";
import { RESTORABLE_MS } from "../../status.ts";

/** A batch of a sweep's keys, locked. */
interface Part {
  sweep: Tables["sweeps"]["$inferSelect"];
  part: Tables["sweepKeys"]["$inferSelect"][];
  keys: Map<string, KeyRow>;
}

/** The result for one key of a sweep. */
export interface SweepResult {
  keyId: string;
  state: SweptState;
  note: string | null;
  /** With `revoked`: when. */
  revokedAt: number | null;
}

/** Revokes the keys that nobody used, exempted or rotated since the preview. */
export async function revokeBatch(tx: Tx, ctx: Ctx, { sweep, part, keys }: Part): Promise<SweepResult[]> {
  const now = ctx.now();
  const exemptedOrRotated = await exemptedOrRotatedSince(tx, [...keys.keys()], sweep.createdAt, now);
  const outcomes = part.map(({ keyId, lastUsedAt }): SweepResult => {
    const key = keys.get(keyId);
    if (!key || key.revokedAt !== null) return skipped(keyId, "failed", "Was already revoked.");
    if (key.lastUsedAt !== lastUsedAt) return skipped(keyId, "used", "Was used since the preview.");
    const why =
      (key.activeSince ?? 0) > sweep.createdAt
        ? "Was enabled since the preview."
        : exemptedOrRotated.get(keyId);
    if (why !== undefined) return skipped(keyId, "failed", why);
    return { keyId, state: "revoked", note: null, revokedAt: now };
  });
  await changeMany(tx, ctx, keysIn(outcomes, "revoked", keys), {
    set: { revokedAt: now, revokedBy: "admin" },
    action: "key.revoked",
    reason: sweep.reason,
  });
  return outcomes;
}

/** Restores the keys that the sweep revoked; keys that leaked meanwhile are disabled by the leak policy. */
export async function restoreBatch(tx: Tx, ctx: Ctx, { sweep, part, keys }: Part): Promise<SweepResult[]> {
  const now = ctx.now();
  const remaining = new Map<string, number>();
  for (const { projectId } of part) {
    if (!remaining.has(projectId)) remaining.set(projectId, await remainingKeys(tx, ctx, projectId));
  }
  const outcomes = part.map(({ keyId, projectId, revokedAt }): SweepResult => {
    const key = keys.get(keyId);
    // Someone else may have revoked it for another reason, with or without restoring it first.
    if (!key || revokedAt === null || key.revokedAt !== revokedAt)
      return skipped(keyId, "failed", "Someone else restored or revoked it after the sweep.");
    if (now >= revokedAt + RESTORABLE_MS)
      return skipped(keyId, "failed", "Was revoked more than 30 days ago.");
    const left = remaining.get(projectId) ?? 0;
    if (left < 1) return skipped(keyId, "failed", "The project has reached its limit of keys.");
    remaining.set(projectId, left - 1);
    return { keyId, state: "restored", note: null, revokedAt: null };
  });
  const restored = keysIn(outcomes, "restored", keys);
  await changeMany(tx, ctx, restored, {
    set: { revokedAt: null, revokedBy: null, activeSince: now },
    action: "key.restored",
    reason: sweep.reason,
  });
  const leaked = await disableRestored(tx, ctx, restored);
  return outcomes.map((outcome) =>
    leaked.has(outcome.keyId)
      ? { ...outcome, note: "Restored but disabled: one of its secrets was found in public." }
      : outcome,
  );
}

function skipped(keyId: string, state: "used" | "failed", note: string): SweepResult {
  return { keyId, state, note, revokedAt: null };
}

function keysIn(outcomes: SweepResult[], state: SweptState, keys: Map<string, KeyRow>): KeyRow[] {
  return outcomes.flatMap((outcome) => {
    const key = keys.get(outcome.keyId);
    return key && outcome.state === state ? [key] : [];
  });
}

/** The keys that someone exempted or rotated after that instant, and which of the two. */
async function exemptedOrRotatedSince(
  { q, t }: Tx,
  keyIds: string[],
  sinceMs: number,
  nowMs: number,
): Promise<Map<string, string>> {
  const { exemptions, secrets } = t;
  const exempted = await q
    .select({ keyId: exemptions.keyId })
    .from(exemptions)
    .where(
      and(inArray(exemptions.keyId, keyIds), gt(exemptions.createdAt, sinceMs), gt(exemptions.until, nowMs)),
    );
  const rotated = await q
    .select({ keyId: secrets.keyId })
    .from(secrets)
    .where(
      and(inArray(secrets.keyId, keyIds), isNull(secrets.overlapEndsAt), gt(secrets.createdAt, sinceMs)),
    );
  return new Map([
    ...exempted.map(({ keyId }) => [keyId, "Was exempted since the preview."] as const),
    ...rotated.map(({ keyId }) => [keyId, "Was rotated since the preview."] as const),
  ]);
}
