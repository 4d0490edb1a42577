import { eq } from "drizzle-orm";
import type { Db } from "#db/open.ts";

/** What the migration wrote as issuer of identities that were keyed by the name of the one OIDC provider. */
const UNKNOWN_ISSUER = "oidc";
/** No provider's `iss`: identities with it sign nobody in. */
const RETIRED_ISSUER = "retired:oidc";

/**
 * Gives identities from before issuers were stored the issuer that is configured at the first start after the
 * upgrade. Where none is configured they are retired, so that a provider configured later can't claim them by
 * repeating a `sub`; their users are linked again by their verified address. Does nothing on later starts.
 */
export async function adoptIdentities(db: Db, configuredIssuer: string | null): Promise<void> {
  const { identities } = db.read.t;
  if ((await db.read.q.$count(identities, eq(identities.issuer, UNKNOWN_ISSUER))) === 0) return;
  await db.write(({ q }) =>
    q
      .update(identities)
      .set({ issuer: configuredIssuer ?? RETIRED_ISSUER })
      .where(eq(identities.issuer, UNKNOWN_ISSUER)),
  );
}
