import { type AnyColumn, and, eq, gt, isNull, or, type SQL, sql } from "drizzle-orm";
import { acceptedPrefixes } from "#core/tokens.ts";
import { type Settings, SettingsError } from "#platform/settings.ts";
import type { Db } from "./open.ts";

type PrefixSettings = Pick<Settings, "keyPrefix" | "formerKeyPrefixes">;

/**
 * Throws `SettingsError` if a token in use has a prefix that these settings don't accept: every request with it would
 * be denied as malformed.
 */
export async function requireKeyPrefix(db: Db, settings: PrefixSettings): Promise<void> {
  const prefix = await unacceptedPrefix(db, settings);
  if (prefix === null) return;
  throw new SettingsError(
    `LATCHKEY_KEY_PREFIX: is ${settings.keyPrefix}, but tokens in use start with ${prefix}_ and would be denied; ` +
      `set it to ${prefix}, or add ${prefix} to LATCHKEY_FORMER_KEY_PREFIXES`,
  );
}

/** The prefix of a token in use that is not accepted; null if there is none. Reads all hints: 0.3 s for a million. */
export async function unacceptedPrefix(db: Db, settings: PrefixSettings): Promise<string | null> {
  const { q, t } = db.read;
  const { importedSecrets, secrets, keys, serviceTokens, managementTokens } = t;
  const isForeign = (hint: AnyColumn): SQL | undefined =>
    and(
      ...acceptedPrefixes(settings).map(
        (prefix) => sql`substr(${hint}, 1, ${sql.raw(String(prefix.length + 1))}) <> ${`${prefix}_`}`,
      ),
    );
  const isCurrent = or(isNull(secrets.overlapEndsAt), gt(secrets.overlapEndsAt, Date.now()));
  const found = [
    ...(await q
      .select({ hint: secrets.hint })
      .from(secrets)
      .innerJoin(keys, eq(keys.id, secrets.keyId))
      .leftJoin(importedSecrets, eq(importedSecrets.secretId, secrets.id))
      .where(
        and(isForeign(secrets.hint), isCurrent, isNull(keys.revokedAt), isNull(importedSecrets.secretId)),
      )
      .limit(1)),
    ...(await q
      .select({ hint: serviceTokens.hint })
      .from(serviceTokens)
      .where(and(isForeign(serviceTokens.hint), isNull(serviceTokens.revokedAt)))
      .limit(1)),
    ...(await q
      .select({ hint: managementTokens.hint })
      .from(managementTokens)
      .where(and(isForeign(managementTokens.hint), isNull(managementTokens.revokedAt)))
      .limit(1)),
  ];
  return found[0]?.hint.split("_")[0] ?? null;
}
