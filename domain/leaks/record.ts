import { and, eq, inArray } from "drizzle-orm";
import { newId } from "#core/ids.ts";
import { keepableUrl } from "#core/keepable.ts";
import { hashToken, parseSecret } from "#core/tokens.ts";
import { recordChange } from "#db/changes.ts";
import type { Tx } from "#db/open.ts";
import type { LeakSource } from "#db/tables/desk.ts";
import { recordAudit } from "../audit/record.ts";
import type { Ctx } from "../context.ts";
import { holdKeys } from "../keys/hold.ts";
import type { KeyRow } from "../keys/present.ts";
import { tell } from "../notices/tell.ts";
import { readPolicies } from "../policies/read.ts";
import type { LeakAction } from "../policies/types.ts";
import type { Found } from "./schemas.ts";

/** Of an address, so much is kept and told. */
const URL_MOST = 500;

/**
 * Looks up what was found, notes each secret of ours with where it was, tells its owners, and switches its key off
 * where the site's rule says so. Resolves with the hashes of those that are ours; no token is kept or told.
 */
export async function recordLeaks(
  ctx: Ctx,
  found: readonly Pick<Found, "token" | "url">[],
  source: LeakSource,
): Promise<Set<string>> {
  const urls = new Map<string, string>();
  for (const { token, url } of found) {
    if (parseSecret(ctx.settings.keyPrefix, token)) urls.set(hashToken(token), keepableUrl(url, URL_MOST));
  }
  if (urls.size === 0) return new Set();
  return ctx.db.write(async (tx) => {
    const { secrets } = tx.t;
    const ours = await tx.q
      .select({
        id: secrets.id,
        keyId: secrets.keyId,
        hash: secrets.hash,
        hint: secrets.hint,
        lapsesAt: secrets.lapsesAt,
      })
      .from(secrets)
      .where(inArray(secrets.hash, [...urls.keys()]))
      .orderBy(secrets.keyId, secrets.id);
    if (ours.length === 0) return new Set<string>();
    const held = await holdKeys(tx, [...new Set(ours.map(({ keyId }) => keyId))]);
    const keys = new Map(held.map((key) => [key.id, key]));
    const { leakedKeys } = await readPolicies(tx);
    for (const secret of ours) {
      const key = keys.get(secret.keyId);
      if (!key) continue;
      const leak = { url: urls.get(secret.hash) ?? "", source };
      const off = await noteLeak(tx, ctx, key, secret, leak, leakedKeys[key.environment]);
      if (off) keys.set(key.id, { ...key, enabled: false });
    }
    return new Set(ours.map(({ hash }) => hash));
  });
}

interface LeakedSecret {
  id: string;
  hint: string;
  lapsesAt: number | null;
}

/** One secret at one place, once. Resolves with whether its key was switched off for it. */
async function noteLeak(
  tx: Tx,
  ctx: Ctx,
  key: KeyRow,
  secret: LeakedSecret,
  { url, source }: { url: string; source: LeakSource },
  action: LeakAction,
): Promise<boolean> {
  const { keys, leaks } = tx.t;
  const { id: keyId, projectId, environment } = key;
  const [known] = await tx.q
    .select({ id: leaks.id })
    .from(leaks)
    .where(and(eq(leaks.keyId, keyId), eq(leaks.secretId, secret.id), eq(leaks.url, url)));
  if (known) return false;
  const at = ctx.now();
  const works = key.revokedAt === null && (secret.lapsesAt === null || secret.lapsesAt > at);
  const switchedOff = works && key.enabled && action === "disable";
  await tx.q.insert(leaks).values({
    id: newId("leak"),
    keyId,
    secretId: secret.id,
    projectId,
    environment,
    at,
    source,
    url,
    switchedOff,
  });
  const trace = { projectId, subject: key };
  await recordAudit(tx, ctx, {
    ...trace,
    action: "key.leaked",
    after: { hint: secret.hint, source, url, works },
  });
  if (switchedOff) {
    await tx.q.update(keys).set({ enabled: false }).where(eq(keys.id, keyId));
    await recordChange(tx, { kind: "key", subject: keyId }, at);
    await recordAudit(tx, ctx, {
      ...trace,
      action: "key.disabled",
      before: { enabled: true },
      after: { enabled: false, reason: "A secret of it was found in public" },
    });
  }
  await tell(tx, ctx, {
    kind: "key.leaked",
    ...trace,
    data: { hint: secret.hint, url, source, switchedOff, works },
    everybody: true,
  });
  return switchedOff;
}
