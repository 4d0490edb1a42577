import { and, eq, inArray } from "drizzle-orm";
import { newId } from "#core/ids.ts";
import type { Tx } from "#db/open.ts";
import type { LeakSource } from "#db/tables/lifecycle.ts";
import { readPolicies } from "../../access/policies/read.ts";
import type { LeakAction } from "../../access/policies/schema.ts";
import { recordAudits } from "../../audit/record.ts";
import type { Ctx } from "../../context.ts";
import { notify } from "../../notifications/notify.ts";
import { type KeyRow, lockKeys } from "../find.ts";
import { isPastRestore, keyStatusOf } from "../status.ts";
import { disableLeaked, leakRuleApplies } from "./disable-leaked.ts";
import { type Locations, MAX_LOCATIONS } from "./locations.ts";

/** How many secrets one transaction records, few enough that nobody waits long. */
const NOTED_AT_ONCE = 10;

/** One secret of a key, where a report found it, and what the leak policy says about its key. */
interface LeakedSecret {
  key: KeyRow;
  secret: { id: string; hint: string; overlapEndsAt: number | null };
  locations: string[];
  source: LeakSource;
  action: LeakAction;
}

/** Records where keys' secrets were found, notifies the owners, and disables keys if the leak policy says so. */
export async function recordSecrets(ctx: Ctx, locations: Locations, source: LeakSource): Promise<string[]> {
  const { q, t } = ctx.db.read;
  const ours = await q
    .select({ id: t.secrets.id, hash: t.secrets.hash })
    .from(t.secrets)
    .where(inArray(t.secrets.hash, [...locations.keys()]));
  for (let at = 0; at < ours.length; at += NOTED_AT_ONCE) {
    const ids = ours.slice(at, at + NOTED_AT_ONCE).map(({ id }) => id);
    await ctx.db.write((tx) => recordSecretBatch(tx, ctx, ids, { locations, source }));
  }
  return ours.map(({ hash }) => hash);
}

async function recordSecretBatch(
  tx: Tx,
  ctx: Ctx,
  secretIds: string[],
  { locations, source }: { locations: Locations; source: LeakSource },
): Promise<void> {
  const { secrets } = tx.t;
  const own = () =>
    tx.q.select().from(secrets).where(inArray(secrets.id, secretIds)).orderBy(secrets.keyId, secrets.id);
  const keyIds = new Set((await own()).map(({ keyId }) => keyId));
  const keys = new Map((await lockKeys(tx, [...keyIds])).map((key) => [key.id, key]));
  const { leakedKeys } = await readPolicies(tx);
  // Read again after locking the keys: a rotation may have ended a secret.
  for (const secret of await own()) {
    const key = keys.get(secret.keyId);
    if (!key) continue;
    const isDisabled = await recordSecret(tx, ctx, {
      key,
      secret,
      locations: [...(locations.get(secret.hash) ?? [])],
      source,
      action: leakedKeys[key.environment],
    });
    if (isDisabled) keys.set(key.id, { ...key, enabled: false, disabledBy: "leak" });
  }
}

/** Records one secret and its locations. Returns whether its key was disabled for it. */
async function recordSecret(
  tx: Tx,
  ctx: Ctx,
  { key, secret, locations, source, action }: LeakedSecret,
): Promise<boolean> {
  const { leaks } = tx.t;
  const at = ctx.now();
  const ofSecret = and(eq(leaks.keyId, key.id), eq(leaks.secretId, secret.id));
  const known = await tx.q
    .select({ id: leaks.id, url: leaks.url })
    .from(leaks)
    .where(and(ofSecret, inArray(leaks.url, locations)));
  const remaining = Math.max(0, MAX_LOCATIONS - (await tx.q.$count(leaks, ofSecret)));
  const fresh = locations
    .filter((location) => known.every(({ url }) => url !== location))
    .slice(0, remaining);
  // As in `listLeaks`: secrets that work or could work again.
  const alive = !isPastRestore(key, at) && (secret.overlapEndsAt === null || secret.overlapEndsAt > at);
  const works = alive && keyStatusOf(key, at) === "active";
  // The rule applies to a revoked key when it is restored.
  const keyDisabled = alive && key.revokedAt === null && leakRuleApplies(key) && action === "disable";
  // Without a new location, only a rule set or a key enabled since the last report makes a difference.
  if (fresh.length === 0 && !keyDisabled) return false;
  const { id: keyId, projectId, environment } = key;
  const leak = { keyId, secretId: secret.id, projectId, environment, at, source, keyDisabled };
  if (fresh.length > 0) {
    await tx.q.insert(leaks).values(fresh.map((url) => ({ id: newId("leak"), url, ...leak })));
  } else {
    const ids = known.map(({ id }) => id);
    await tx.q.update(leaks).set({ keyDisabled }).where(inArray(leaks.id, ids));
  }
  const after = { hint: secret.hint, source, works, alive };
  const trace = { action: "key.leaked", projectId, subject: key };
  await recordAudits(
    tx,
    ctx,
    fresh.map((url) => ({ ...trace, after: { ...after, url } })),
  );
  if (keyDisabled) await disableLeaked(tx, ctx, [key]);
  const reported = fresh.length > 0 ? fresh : locations;
  await notify(tx, ctx, {
    kind: "key.leaked",
    projectId,
    subject: key,
    data: { ...after, url: reported[0] ?? "", places: reported.length, switchedOff: keyDisabled },
    includesActor: true,
  });
  return keyDisabled;
}
