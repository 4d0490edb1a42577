import { and, eq, isNull } from "drizzle-orm";
import type { Db } from "#db/open.ts";
import type { OidcProvider } from "#platform/oidc-settings.ts";

/** The issuer that the migration wrote for identities that were stored under the name of the single OIDC provider. */
const UNKNOWN_ISSUER = "oidc";
/** Not the `iss` of any provider: identities with it can't sign in. */
const RETIRED_ISSUER = "retired:oidc";

/**
 * Sets the configured issuer on identities that were stored before issuers were, at the first start after the
 * upgrade. If `LATCHKEY_OIDC_ISSUER` is not set, these identities are retired, so that a provider configured later can't claim
 * them by repeating a `sub`; their users are linked again by their verified email address. Does nothing on later
 * starts.
 */
export async function adoptIdentities(
  db: Db,
  providers: readonly Pick<OidcProvider, "id" | "issuer">[],
): Promise<void> {
  const configured = providers.find(({ id }) => id === "oidc");
  const { identities } = db.read.t;
  if ((await db.read.q.$count(identities, eq(identities.issuer, UNKNOWN_ISSUER))) === 0) return;
  await db.write(({ q }) =>
    q
      .update(identities)
      .set({ issuer: configured?.issuer ?? RETIRED_ISSUER })
      .where(eq(identities.issuer, UNKNOWN_ISSUER)),
  );
}

/**
 * Sets the configured issuer on what SCIM stored before issuers were, at the first start after the upgrade. What belongs
 * to a provider that is not configured stays without an issuer. Does nothing on later starts.
 */
export async function adoptScimIssuers(
  db: Db,
  providers: readonly Pick<OidcProvider, "id" | "issuer">[],
): Promise<void> {
  for (const { id, issuer } of providers) {
    for (const table of ["scimTokens", "scimUsers", "scimGroups"] as const) {
      const { provider, issuer: stored } = db.read.t[table];
      const isUnknown = and(eq(provider, id), isNull(stored));
      if ((await db.read.q.$count(db.read.t[table], isUnknown)) === 0) continue;
      await db.write(({ q, t }) => q.update(t[table]).set({ issuer }).where(isUnknown));
    }
  }
}
