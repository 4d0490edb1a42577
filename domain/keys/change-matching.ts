import { and, asc, count, eq, gt, isNull, not, or, type SQL } from "drizzle-orm";
import { formatNumber, plural } from "#core/format.ts";
import { recordChanges } from "#db/changes.ts";
import type { Scope, Tx } from "#db/open.ts";
import type { EndedBy } from "#db/tables/keys.ts";
import { lockProject } from "../access/project-access.ts";
import { recordAudits } from "../audit/record.ts";
import type { Ctx, Verb } from "../context.ts";
import { DomainError, invalid } from "../errors.ts";
import { notifyMany } from "../notifications/notify-many.ts";
import { hasTag, replaceKeyAttributes } from "./attributes.ts";
import { changeMany } from "./change-many.ts";
import { MAX_TAGS } from "./descriptive-fields.ts";
import { whereKeys } from "./filter.ts";
import { type KeyRow, lockKeys } from "./find.ts";
import { markRevoked } from "./revoke.ts";
import { type ChangeKeysInput, type KeysChanged, MAX_BULK_KEYS } from "./schema.ts";
import { actorRank, isOutranked, RESTORABLE_MS } from "./status.ts";
import { raiseDisabledBy } from "./update.ts";

const REASON = "Bulk change";

/**
 * Revokes, disables or tags the keys that a filter matches, at most 200 of them, all or none. Keys that already have the
 * wanted state don't count, unless an administrator ends what someone of a lower rank ended: otherwise a member could
 * end keys before the administrator does, and reactivate them after it.
 */
export async function changeMatchingKeys({ ctx, input }: Verb<ChangeKeysInput>): Promise<KeysChanged> {
  requireTags(input);
  return ctx.db.write(async (tx) => {
    await lockProject(tx, ctx, input.projectId, "developer");
    const { keys } = tx.t;
    const now = ctx.now();
    const filter = { ...input.filter, search: input.filter.q };
    const matching = and(
      eq(keys.projectId, input.projectId),
      whereKeys(tx, filter, now),
      changesBy(tx, input, actorRank(ctx), now),
    );
    const [counted] = await tx.q.select({ total: count() }).from(keys).where(matching);
    const total = counted?.total ?? 0;
    if (input.expectedCount !== undefined && input.expectedCount !== total) {
      throw new DomainError(
        "conflict",
        `${plural(total, "key")} would change, not ${formatNumber(input.expectedCount)}. Nothing was changed. Check the filter and try again.`,
      );
    }
    if (input.dryRun) return { changed: 0, remaining: total };
    const found = await tx.q
      .select({ id: keys.id })
      .from(keys)
      .where(matching)
      .orderBy(asc(keys.id))
      .limit(MAX_BULK_KEYS);
    const locked = await lockKeys(
      tx,
      found.map(({ id }) => id),
    );
    await change(tx, ctx, input, locked);
    return { changed: locked.length, remaining: total - locked.length };
  });
}

function requireTags({ action, addTags, removeTags }: ChangeKeysInput): void {
  const given = addTags.length + removeTags.length;
  if (action === "tag" && given === 0) throw invalid("addTags", "Give tags to add or to remove.");
  if (action !== "tag" && given > 0) throw invalid("action", "Tags can be given only with the action tag.");
  const both = addTags.find((tag) => removeTags.includes(tag));
  if (both !== undefined) throw invalid("removeTags", `${both} can't be both added and removed.`);
}

/** Matches keys that the action would change. */
function changesBy(
  scope: Scope,
  { action, addTags, removeTags }: ChangeKeysInput,
  by: EndedBy,
  nowMs: number,
): SQL | undefined {
  const { keys } = scope.t;
  const standing = isNull(keys.revokedAt);
  switch (action) {
    case "revoke": {
      const restorable = isOutranked(keys.revokedBy, by);
      return or(standing, restorable && and(gt(keys.revokedAt, nowMs - RESTORABLE_MS), restorable));
    }
    case "disable":
      return and(standing, or(eq(keys.enabled, true), isOutranked(keys.disabledBy, by)));
    case "tag":
      return and(
        standing,
        or(...addTags.map((tag) => not(hasTag(scope, tag))), ...removeTags.map((tag) => hasTag(scope, tag))),
      );
  }
}

async function change(tx: Tx, ctx: Ctx, input: ChangeKeysInput, keys: KeyRow[]): Promise<void> {
  if (input.action === "tag") return changeTags(tx, ctx, input, keys);
  const by = actorRank(ctx);
  const revokes = input.action === "revoke";
  const isEnded = (key: KeyRow) => (revokes ? key.revokedAt !== null : !key.enabled);
  for (const key of keys.filter(isEnded)) {
    await (revokes ? markRevoked(tx, ctx, key, REASON) : raiseDisabledBy(tx, ctx, key, REASON));
  }
  const usable = keys.filter((key) => !isEnded(key));
  if (usable.length === 0) return;
  await changeMany(tx, ctx, usable, {
    set: revokes ? { revokedAt: ctx.now(), revokedBy: by } : { enabled: false, disabledBy: by },
    action: revokes ? "key.revoked" : "key.disabled",
    reason: REASON,
  });
  await notifyMany(tx, ctx, revokes ? "revoked" : "disabled", {
    keys: usable,
    data: { endedBy: by, reason: REASON },
  });
}

async function changeTags(
  tx: Tx,
  ctx: Ctx,
  { addTags, removeTags }: ChangeKeysInput,
  keys: KeyRow[],
): Promise<void> {
  const changed = keys.map((key) => {
    const kept = key.tags.filter((tag) => !removeTags.includes(tag));
    const tags = [...new Set([...kept, ...addTags])].sort();
    if (tags.length > MAX_TAGS)
      throw invalid("addTags", `${key.name} would have more than ${MAX_TAGS} tags. Nothing was changed.`);
    return { key, tags };
  });
  for (const { key, tags } of changed) {
    await tx.q.update(tx.t.keys).set({ tags }).where(eq(tx.t.keys.id, key.id));
    await replaceKeyAttributes(tx, { ...key, tags });
  }
  await recordChanges(
    tx,
    keys.map(({ id }) => ({ kind: "key", subject: id })),
    ctx.now(),
  );
  await recordAudits(
    tx,
    ctx,
    changed.map(({ key, tags }) => ({
      action: "key.updated",
      projectId: key.projectId,
      subject: key,
      before: { tags: key.tags },
      after: { tags, reason: REASON },
    })),
  );
}
