import { and, asc, eq, isNotNull, isNull, lte } from "drizzle-orm";
import type { Tx } from "#db/open.ts";
import type { SecretAgeRule } from "#db/tables/projects.ts";
import { breathe } from "../breathe.ts";
import type { Ctx } from "../context.ts";
import { changeMany } from "../keys/changeMany.ts";
import { holdKeys } from "../keys/hold.ts";
import { behind } from "../keyset.ts";
import { tell } from "../notices/tell.ts";
import { iso } from "../time.ts";

const DAY_MS = 86_400_000;
/** People are told so many days before a secret is too old, and when it is; the last one comes first. */
const REMINDERS = [0, 1, 7, 14] as const;
const PART = 200;

/** The rules that hold for a project: the site's and its own. */
export function rulesFor(site: SecretAgeRule | null, own: SecretAgeRule | null): SecretAgeRule[] {
  return [site, own].filter((rule) => rule !== null);
}

/** When a secret is too old by the strictest of the rules, and when it is cut off, epoch ms; null for never. */
export function endsOf(
  createdAt: number,
  rules: SecretAgeRule[],
): { due: number | null; cut: number | null } {
  const earliest = (some: SecretAgeRule[]) =>
    some.length === 0 ? null : createdAt + Math.min(...some.map(({ maxDays }) => maxDays)) * DAY_MS;
  return { due: earliest(rules), cut: earliest(rules.filter(({ cut }) => cut)) };
}

interface Aged {
  keyId: string;
  name: string;
  projectId: string;
  secretId: string;
  createdAt: number;
  rules: SecretAgeRule[];
}

/**
 * Reminds of secrets that are about to be too old by the site's rule or their project's, and switches keys off
 * where a rule says so, and only there.
 */
export async function applySecretAge(
  ctx: Ctx,
  site: SecretAgeRule | null,
): Promise<{ reminded: number; cut: number }> {
  const { q, t } = ctx.db.read;
  const { keys, projects, secrets } = t;
  const now = ctx.now();
  const done = { reminded: 0, cut: 0 };
  const strictest = await strictestDays(ctx, site);
  if (strictest === null) return done;
  let last: { createdAt: number; keyId: string } | null = null;
  for (;;) {
    const part: (Omit<Aged, "rules"> & { own: SecretAgeRule | null })[] = await q
      .select({
        keyId: keys.id,
        name: keys.name,
        projectId: keys.projectId,
        secretId: secrets.id,
        createdAt: secrets.createdAt,
        own: projects.secretAge,
      })
      .from(secrets)
      .innerJoin(keys, and(eq(keys.id, secrets.keyId), isNull(keys.revokedAt), eq(keys.enabled, true)))
      .innerJoin(projects, eq(projects.id, keys.projectId))
      .where(
        and(
          isNull(secrets.lapsesAt),
          lte(secrets.createdAt, now - (strictest - 14) * DAY_MS),
          last ? behind([secrets.createdAt, secrets.keyId], [last.createdAt, last.keyId]) : undefined,
        ),
      )
      .orderBy(asc(secrets.createdAt), asc(secrets.keyId))
      .limit(PART);
    const ruled = part
      .map(({ own, ...aged }): Aged => ({ ...aged, rules: rulesFor(site, own) }))
      .filter(({ createdAt, rules }) => {
        const { due } = endsOf(createdAt, rules);
        return due !== null && due <= now + 14 * DAY_MS;
      });
    if (ruled.length > 0) {
      await ctx.db.write(async (tx) => {
        for (const aged of ruled) {
          if (await remind(tx, ctx, aged)) done.reminded++;
        }
        done.cut += await cutOff(tx, ctx, ruled);
      });
    }
    await breathe();
    last = part.at(-1) ?? null;
    if (part.length < PART) return done;
  }
}

/** The fewest days of all rules; null where there is none. */
async function strictestDays({ db }: Ctx, site: SecretAgeRule | null): Promise<number | null> {
  const { projects } = db.read.t;
  const own = await db.read.q
    .select({ rule: projects.secretAge })
    .from(projects)
    .where(and(isNotNull(projects.secretAge), isNull(projects.deletedAt)));
  const rules = [site, ...own.map(({ rule }) => rule)].filter((rule) => rule !== null);
  return rules.length === 0 ? null : Math.min(...rules.map(({ maxDays }) => maxDays));
}

async function remind(tx: Tx, ctx: Ctx, { keyId, name, projectId, secretId, createdAt, rules }: Aged) {
  const { due, cut } = endsOf(createdAt, rules);
  const left = (due ?? 0) - ctx.now();
  const days = REMINDERS.find((before) => left <= before * DAY_MS) ?? 14;
  return tell(tx, ctx, {
    kind: "key.secret-old",
    projectId,
    subject: { id: keyId, name },
    data: {
      days: Math.floor((ctx.now() - createdAt) / DAY_MS),
      maxDays: Math.round(((due ?? 0) - createdAt) / DAY_MS),
      cutAt: cut === null ? null : iso(cut),
    },
    once: `secret-old:${secretId}:${due}:${days}`,
  });
}

/** Switches the keys off whose secret is older than a rule that cuts allows; not one that was rotated meanwhile. */
async function cutOff(tx: Tx, ctx: Ctx, aged: Aged[]): Promise<number> {
  const now = ctx.now();
  const over = aged.filter(({ createdAt, rules }) => {
    const { cut } = endsOf(createdAt, rules);
    return cut !== null && cut <= now;
  });
  if (over.length === 0) return 0;
  const held = await holdKeys(
    tx,
    over.map(({ keyId }) => keyId),
  );
  const { secrets } = tx.t;
  let cut = 0;
  for (const key of held) {
    const one = over.find(({ keyId }) => keyId === key.id);
    const [current] = await tx.q
      .select({ id: secrets.id })
      .from(secrets)
      .where(and(eq(secrets.keyId, key.id), isNull(secrets.lapsesAt)));
    if (!one || current?.id !== one.secretId || key.revokedAt !== null || !key.enabled) continue;
    const reason = "Its secret is older than the rule allows";
    await changeMany(tx, ctx, [key], { set: { enabled: false }, action: "key.disabled", reason });
    await tell(tx, ctx, { kind: "key.disabled", projectId: key.projectId, subject: key, data: { reason } });
    cut++;
  }
  return cut;
}
