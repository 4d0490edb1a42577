import { and, asc, eq, isNotNull, isNull, lte } from "drizzle-orm";
import { DAY_MS, iso } from "#core/time.ts";
import type { Tx } from "#db/open.ts";
import type { SecretAgePolicy } from "#db/tables/projects.ts";
import type { Ctx } from "../../../context.ts";
import { afterRow } from "../../../lists.ts";
import { notify } from "../../../notifications/notify.ts";
import { changeMany } from "../../change-many.ts";
import { lockKeys } from "../../find.ts";
import type { Checkpoint } from "./once-per-day.ts";
import { disableDateOf, endsOf, rulesFor, strictestOf } from "./secret-age-dates.ts";

/**
 * Reminders are sent this many days before a secret reaches its maximum age, and when it does, the last one first.
 */
const REMINDERS = [0, 1, 7, 14] as const;
const PART = 200;

interface Aged {
  keyId: string;
  name: string;
  projectId: string;
  secretId: string;
  createdAt: number;
  /** When the key will be disabled, as people were last notified. */
  disablesKeyAt: number | null;
  activeSince: number | null;
  rules: SecretAgePolicy[];
}

/**
 * Sends reminders for secrets that are close to the maximum age of the site's or the project's policy. Disables keys
 * only if a policy says so, and at the time announced a week before.
 */
export async function applySecretAge(
  ctx: Ctx,
  site: SecretAgePolicy | null,
  checkpoint: Checkpoint,
): Promise<{ reminded: number; cut: number }> {
  const { q, t } = ctx.db.read;
  const { keys, projects, secrets } = t;
  const done = { reminded: 0, cut: 0 };
  const strictest = await strictestDays(ctx, site);
  if (strictest === null) return done;
  let last: { createdAt: number; keyId: string } | null = null;
  for (;;) {
    const now = ctx.now();
    const part: (Omit<Aged, "rules"> & { own: SecretAgePolicy | null })[] = await q
      .select({
        keyId: keys.id,
        name: keys.name,
        projectId: keys.projectId,
        secretId: secrets.id,
        createdAt: secrets.createdAt,
        disablesKeyAt: secrets.disablesKeyAt,
        activeSince: keys.activeSince,
        own: projects.secretAge,
      })
      .from(secrets)
      .innerJoin(keys, and(eq(keys.id, secrets.keyId), isNull(keys.revokedAt), eq(keys.enabled, true)))
      .innerJoin(projects, eq(projects.id, keys.projectId))
      .where(
        and(
          isNull(secrets.overlapEndsAt),
          lte(secrets.createdAt, now - (strictest - 14) * DAY_MS),
          last ? afterRow([secrets.createdAt, secrets.keyId], [last.createdAt, last.keyId]) : undefined,
        ),
      )
      .orderBy(asc(secrets.createdAt), asc(secrets.keyId))
      .limit(PART);
    const dueSoon = part
      .map(({ own, ...aged }): Aged => ({ ...aged, rules: rulesFor(site, own) }))
      .filter(({ createdAt, rules }) => {
        const { due } = endsOf(createdAt, rules);
        return due !== null && due <= now + 14 * DAY_MS;
      });
    if (dueSoon.length > 0) {
      await ctx.db.write(async (tx) => {
        for (const aged of dueSoon) {
          if (await remind(tx, ctx, aged)) done.reminded++;
        }
        done.cut += await disableOverdue(tx, ctx, dueSoon);
      });
    }
    await checkpoint();
    last = part.at(-1) ?? null;
    if (part.length < PART) return done;
  }
}

/** The lowest limit of all rules; null if there is none. */
async function strictestDays({ db }: Ctx, site: SecretAgePolicy | null): Promise<number | null> {
  const { projects } = db.read.t;
  const own = await db.read.q
    .select({ rule: projects.secretAge })
    .from(projects)
    .where(and(isNotNull(projects.secretAge), isNull(projects.deletedAt)));
  return strictestOf([site, ...own.map(({ rule }) => rule)]);
}

/** Sends the reminder and stores the announced time. Returns false if nothing is new. */
async function remind(tx: Tx, ctx: Ctx, aged: Aged): Promise<boolean> {
  const { keyId, name, projectId, secretId, createdAt, rules } = aged;
  const { due } = endsOf(createdAt, rules);
  const disablesKeyAt = disableDateOf(aged, ctx.now());
  if (disablesKeyAt !== aged.disablesKeyAt) {
    const { secrets } = tx.t;
    await tx.q.update(secrets).set({ disablesKeyAt }).where(eq(secrets.id, secretId));
  }
  const left = (due ?? 0) - ctx.now();
  const days = REMINDERS.find((before) => left <= before * DAY_MS) ?? 14;
  return notify(tx, ctx, {
    kind: "key.secret-old",
    projectId,
    subject: { id: keyId, name },
    data: {
      days: Math.floor((ctx.now() - createdAt) / DAY_MS),
      maxDays: Math.round(((due ?? 0) - createdAt) / DAY_MS),
      cutAt: disablesKeyAt === null ? null : iso(disablesKeyAt),
    },
    // Another rule, or another date for disabling, is announced again.
    once: `secret-old:${secretId}:${due}:${disablesKeyAt}:${days}`,
  });
}

/** Disables the keys at the announced time, if a rule still says so and they were not rotated meanwhile. */
async function disableOverdue(tx: Tx, ctx: Ctx, aged: Aged[]): Promise<number> {
  const now = ctx.now();
  const over = aged.filter((one) => {
    const disablesKeyAt = disableDateOf(one, now);
    return disablesKeyAt !== null && disablesKeyAt === one.disablesKeyAt && disablesKeyAt <= now;
  });
  if (over.length === 0) return 0;
  const locked = await lockKeys(
    tx,
    over.map(({ keyId }) => keyId),
  );
  const { secrets } = tx.t;
  let cut = 0;
  for (const key of locked) {
    const one = over.find(({ keyId }) => keyId === key.id);
    const [current] = await tx.q
      .select({ id: secrets.id })
      .from(secrets)
      .where(and(eq(secrets.keyId, key.id), isNull(secrets.overlapEndsAt)));
    if (!one || current?.id !== one.secretId || key.revokedAt !== null || !key.enabled) continue;
    const reason = "Its secret is older than the policy allows";
    const set = { enabled: false, disabledBy: "policy" as const };
    await changeMany(tx, ctx, [key], { set, action: "key.disabled", reason });
    await notify(tx, ctx, { kind: "key.disabled", projectId: key.projectId, subject: key, data: { reason } });
    cut++;
  }
  return cut;
}
