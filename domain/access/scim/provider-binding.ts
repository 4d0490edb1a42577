import { and, eq, ne, notInArray } from "drizzle-orm";
import type { Tx } from "#db/open.ts";
import type { OidcProvider } from "#platform/oidc-settings.ts";

type Provider = Pick<OidcProvider, "id" | "issuer">;

/**
 * Takes away from a provider the users and groups that another issuer created under its name: the settings name
 * someone else by now, who must not get the accounts and the roles of the earlier one. They stay as they are, and
 * nobody manages them; their names are free for the provider.
 */
export async function retireOtherIssuers({ q, t }: Tx, { id, issuer }: Provider): Promise<void> {
  for (const table of [t.scimUsers, t.scimGroups]) {
    const isOther = and(eq(table.provider, id), ne(table.issuer, issuer));
    // An issuer is a URL, which no provider's name in the settings is.
    await q.update(table).set({ provider: table.issuer }).where(isOther);
  }
}

/**
 * Gives the users and groups of tokens without a provider to the only configured provider, so that its first token
 * finds what the earlier ones created. Those keep managing everything.
 */
export async function adoptUnbound(
  { q, t: { scimUsers, scimGroups } }: Tx,
  { id: provider, issuer }: Provider,
): Promise<void> {
  const names = q.select({ key: scimUsers.userNameKey }).from(scimUsers);
  const groupNames = q.select({ key: scimGroups.displayNameKey }).from(scimGroups);
  await q
    .update(scimUsers)
    .set({ provider, issuer })
    .where(
      and(
        eq(scimUsers.provider, ""),
        notInArray(scimUsers.userNameKey, names.where(eq(scimUsers.provider, provider))),
      ),
    );
  await q
    .update(scimGroups)
    .set({ provider, issuer })
    .where(
      and(
        eq(scimGroups.provider, ""),
        notInArray(scimGroups.displayNameKey, groupNames.where(eq(scimGroups.provider, provider))),
      ),
    );
}
