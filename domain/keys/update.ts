import { isDeepStrictEqual } from "node:util";
import { eq } from "drizzle-orm";
import { restrictedBy } from "#core/restrictions/kinds.ts";
import { isoOrNull } from "#core/time.ts";
import { recordChange } from "#db/changes.ts";
import type { Tx } from "#db/open.ts";
import { lifeEndsAt, readKeyRules, requireKeyRules } from "../access/policies/key-rules.ts";
import { requirePolicies } from "../access/policies/read.ts";
import { lockProject } from "../access/project-access.ts";
import { recordAudit } from "../audit/record.ts";
import type { Ctx, Verb } from "../context.ts";
import { DomainError, invalid } from "../errors.ts";
import { notify } from "../notifications/notify.ts";
import { isPending } from "./approval/request.ts";
import { replaceKeyAttributes } from "./attributes.ts";
import { type KeyRow, lockActiveKey, readKey } from "./find.ts";
import { exemptUntil } from "./lifecycle/rules/exempt.ts";
import { notifyNewQuota } from "./limits/quota.ts";
import { storedLimits } from "./limits/schema.ts";
import {
  apisOf,
  canonicalRestrictions,
  replaceKeyApis,
  requireRestrictionSize,
} from "./restrictions/stored.ts";
import type { Key, UpdateKeyInput } from "./schema.ts";
import { actorRank, endOf, outranks, requireReactivatable } from "./status.ts";

type Input = UpdateKeyInput;
type Requested = Omit<Input, "projectId" | "keyId" | "expected">;
/** What a request may change, named as in the HTTP API and in the audit log: columns, and `trial`. */
type Fields = Pick<KeyRow, Exclude<keyof Requested, "trial">> & { trial: KeyRow["reportOnly"] };

/**
 * Updates the given fields of a key. Throws `conflict` if its restriction sets are not the expected ones, and
 * `forbidden` for a member who enables what an administrator or a policy disabled.
 */
export async function updateKey({ ctx, input }: Verb<Input>): Promise<Key> {
  return ctx.db.write(async (tx) => {
    await lockProject(tx, ctx, input.projectId, "developer");
    const key = await lockActiveKey(tx, input);
    requireExpected(key, input);
    const now = ctx.now();
    const { expiresAt = null } = input;
    if (expiresAt !== null && expiresAt !== endOf(key) && expiresAt <= now) {
      throw invalid("expiresAt", "Choose a time in the future. To end the key now, revoke it.");
    }
    const current: Fields = { ...key, trial: key.reportOnly };
    const changed = changedFields(current, await requestedFields(tx, input, key));
    if (changed.enabled) requireNotPending(key);
    if (changed.enabled) requireReactivatable(ctx, key.disabledBy, "enable");
    if (input.enabled === false) await raiseDisabledBy(tx, ctx, key);
    if (Object.keys(changed).length > 0) {
      const { restrictions } = changed;
      const life = await requireRules(tx, key, { ...current, ...changed }, now);
      requireRestrictionSize(ctx, { ...current, ...changed }, current);
      if (restrictions) {
        const { environment, restrictions: before } = key;
        await requirePolicies(tx, { environment, after: restrictions, before });
      }
      await tx.q
        .update(tx.t.keys)
        .set({ ...stored(ctx, changed, now), ...life })
        .where(eq(tx.t.keys.id, key.id));
      if (restrictions) await replaceKeyApis(tx, { ...key, restrictions });
      if (changed.tags || changed.metadata) await replaceKeyAttributes(tx, { ...key, ...changed });
      await recordChange(tx, { kind: "key", subject: key.id }, now);
      await recordAudit(tx, ctx, {
        action: actionOf(changed),
        projectId: key.projectId,
        subject: { id: key.id, name: changed.name ?? key.name },
        before: auditFields(pick(current, changed)),
        after: auditFields(changed),
      });
      if (changed.limits !== undefined) {
        const owner = { scope: "key" as const, projectId: key.projectId, subject: key };
        await notifyNewQuota(tx, ctx, changed.limits, owner);
      }
      if (changed.enabled !== undefined) {
        const kind = changed.enabled ? "key.enabled" : "key.disabled";
        const ended = !changed.enabled && { data: { endedBy: actorRank(ctx) } };
        await notify(tx, ctx, { kind, projectId: key.projectId, subject: key, ...ended });
      }
    }
    return readKey(tx, input, now);
  });
}

/** Only an approval enables a key that waits for one. */
function requireNotPending(key: KeyRow): void {
  if (!isPending(key)) return;
  throw new DomainError(
    "conflict",
    "This key waits for the approval of a project owner and can't be enabled without it.",
  );
}

/** Throws `invalid` if the change breaks a rule for keys. Returns the end of the key's life with a new expiry. */
async function requireRules(
  tx: Tx,
  key: KeyRow,
  after: Pick<Fields, "name" | "expiresAt" | "description" | "externalId">,
  nowMs: number,
): Promise<Partial<KeyRow>> {
  const { name, expiresAt, description, externalId } = after;
  const wanted = { environment: key.environment, name, expiresAt, description, externalId };
  const rules = await readKeyRules(tx, key.projectId);
  const exempt = await exemptUntil(tx, key.id, nowMs);
  if (exempt === null) requireKeyRules(rules, { createdAt: key.createdAt, before: key, after: wanted });
  const latestEnd = lifeEndsAt(rules, key);
  const end = latestEnd === null ? null : Math.max(latestEnd, exempt ?? latestEnd);
  // An earlier expiry that is still too late for a rule from after the key's creation must not end the key now.
  const isWithinLife = end === null || (expiresAt !== null && expiresAt <= end);
  return expiresAt !== key.expiresAt && isWithinLife ? { lifeEndsAt: end } : {};
}

/** Raises the rank that a disabled key needs to be enabled to that of the actor. Does nothing for lower ranks. */
export async function raiseDisabledBy(tx: Tx, ctx: Ctx, key: KeyRow, reason?: string): Promise<void> {
  const by = actorRank(ctx);
  if (key.enabled || !outranks(by, key.disabledBy)) return;
  await tx.q.update(tx.t.keys).set({ disabledBy: by }).where(eq(tx.t.keys.id, key.id));
  await recordAudit(tx, ctx, {
    action: "key.disabled",
    projectId: key.projectId,
    subject: key,
    before: { disabledBy: key.disabledBy },
    after: { disabledBy: by, ...(reason && { reason }) },
  });
}

/** Detects concurrent edits of one key's sets. */
function requireExpected(key: KeyRow, { expected = {} }: Input): void {
  const { restrictions = key.restrictions, trial = key.reportOnly } = expected;
  if (isDeepStrictEqual(restrictions, key.restrictions) && isDeepStrictEqual(trial, key.reportOnly)) return;
  throw new DomainError(
    "conflict",
    "Someone else changed these restrictions in the meantime. Nothing was saved. Check the current restrictions and save again.",
  );
}

async function requestedFields(tx: Tx, input: Input, key: KeyRow): Promise<Partial<Fields>> {
  const { projectId, keyId: _, expected: __, restrictions, trial, limits, expiresAt, ...columns } = input;
  const before = apisOf(key);
  return {
    ...columns,
    // As it was shown, which is earlier than stored at the end of the key's maximum lifetime.
    expiresAt: expiresAt === endOf(key) ? key.expiresAt : expiresAt,
    restrictions:
      restrictions && (await canonicalRestrictions(tx, { projectId, given: restrictions, before })),
    limits: limits && storedLimits(limits),
    trial: trial && (await canonicalRestrictions(tx, { projectId, given: trial, before, field: "trial" })),
  };
}

function changedFields(current: Fields, fields: Partial<Fields>): Partial<Fields> {
  const entries = Object.entries(fields).filter(
    ([field, value]) => value !== undefined && !isDeepStrictEqual(value, current[field as keyof Fields]),
  );
  return Object.fromEntries(entries);
}

/** The fields as columns, with the columns derived from them. */
function stored(ctx: Ctx, changed: Partial<Fields>, nowMs: number): Partial<KeyRow> {
  const { trial, ...columns } = changed;
  const { restrictions, enabled } = columns;
  return {
    ...columns,
    ...(restrictions && { restrictedBy: restrictedBy(restrictions) }),
    // Nobody could use it while it was disabled.
    ...(enabled === true && { activeSince: nowMs, disabledBy: null }),
    ...(enabled === false && { disabledBy: actorRank(ctx) }),
    // A new set is counted from zero.
    ...(trial !== undefined && { reportOnly: trial, reportOnlySince: trial && nowMs }),
  };
}

function pick(current: Fields, changed: Partial<Fields>): Partial<Fields> {
  return Object.fromEntries(Object.keys(changed).map((field) => [field, current[field as keyof Fields]]));
}

/** People look for enabling and disabling in a history, so these have their own actions. */
function actionOf(changed: Partial<Fields>): string {
  if (Object.keys(changed).length !== 1 || changed.enabled === undefined) return "key.updated";
  return changed.enabled ? "key.enabled" : "key.disabled";
}

function auditFields({ expiresAt, ...rest }: Partial<Fields>): Record<string, unknown> {
  return expiresAt === undefined ? rest : { ...rest, expiresAt: isoOrNull(expiresAt) };
}
