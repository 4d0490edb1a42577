import type { Dialect } from "../dialect.ts";
import type { Accounts, SiteRole } from "./accounts.ts";

/** What an identity provider manages by SCIM 2.0 (RFC 7643, RFC 7644): tokens, users and groups. */
export function defineScim(d: Dialect, { users }: Pick<Accounts, "users">) {
  const scimTokens = d.table("scim_tokens", {
    id: d.text("id").primaryKey(),
    name: d.text("name").notNull(),
    hash: d.text("hash").notNull().unique(),
    hint: d.text("hint").notNull(),
    /**
     * Id of the provider in the settings whose users and groups the token manages. Null: those of all, for tokens from
     * before and for providers that nobody signs in with.
     */
    provider: d.text("provider"),
    /**
     * The issuer of that provider when the token was created: the token works only while it has this issuer. Null for a
     * token without a provider.
     */
    issuer: d.text("issuer"),
    /** Whether it may change the email addresses of administrators. */
    managesAdmins: d.boolean("manages_admins").notNull().default(false),
    createdAt: d.instant("created_at").notNull(),
    createdBy: d
      .text("created_by")
      .notNull()
      .references(() => users.id),
    /** When it stops working; null for never. */
    expiresAt: d.instant("expires_at"),
    /** The secret before the last rotation, and when it stops working. */
    olderHash: d.text("older_hash").unique(),
    olderHint: d.text("older_hint"),
    olderEndsAt: d.instant("older_ends_at"),
    /** The last use of that secret since the rotation; null for none. */
    olderUsedAt: d.instant("older_used_at"),
    /** The last request with either secret, to the minute, and its IP address. */
    lastUsedAt: d.instant("last_used_at"),
    lastUsedFrom: d.text("last_used_from"),
    revokedAt: d.instant("revoked_at"),
  });

  /** The accounts that SCIM manages. */
  const scimUsers = d.table(
    "scim_users",
    {
      userId: d
        .text("user_id")
        .primaryKey()
        .references(() => users.id),
      /**
       * The provider of the token that created or linked the user; empty for a token without one. If the provider got
       * another issuer since: the earlier issuer.
       */
      provider: d.text("provider").notNull().default(""),
      /** The issuer of that provider, which alone opens the account. Null as in `scim_tokens`. */
      issuer: d.text("issuer"),
      /** The provider's name for the user, as it sent it. */
      userName: d.text("user_name").notNull(),
      /** The same for comparisons, which ignore case. */
      userNameKey: d.text("user_name_key").notNull(),
      externalId: d.text("external_id"),
      givenName: d.text("given_name"),
      familyName: d.text("family_name"),
      displayName: d.text("display_name"),
      /** Whether SCIM disabled the account: it enables no account that an administrator disabled. */
      deactivated: d.boolean("deactivated").notNull().default(false),
      /** Whether the user is an administrator through a group. Leaving the group then ends that. */
      roleFromGroup: d.boolean("role_from_group").notNull().default(false),
      createdAt: d.instant("created_at").notNull(),
      updatedAt: d.instant("updated_at").notNull(),
      /** When the provider deleted the user. The account stays, disabled; creating the user again brings it back. */
      deletedAt: d.instant("deleted_at"),
    },
    (t) => [
      d.index("scim_users_external").on(t.externalId),
      d.uniqueIndex("scim_users_name").on(t.provider, t.userNameKey),
    ],
  );

  const scimGroups = d.table(
    "scim_groups",
    {
      id: d.text("id").primaryKey(),
      /** As in `scim_users`. */
      provider: d.text("provider").notNull().default(""),
      issuer: d.text("issuer"),
      displayName: d.text("display_name").notNull(),
      /** The same for comparisons, which ignore case. */
      displayNameKey: d.text("display_name_key").notNull(),
      externalId: d.text("external_id"),
      /** The site role that an administrator gave to the members; null for none. */
      siteRole: d.text<SiteRole>("site_role"),
      createdAt: d.instant("created_at").notNull(),
      updatedAt: d.instant("updated_at").notNull(),
    },
    (t) => [d.uniqueIndex("scim_groups_name").on(t.provider, t.displayNameKey)],
  );

  const scimGroupMembers = d.table(
    "scim_group_members",
    {
      groupId: d
        .text("group_id")
        .notNull()
        .references(() => scimGroups.id),
      userId: d
        .text("user_id")
        .notNull()
        .references(() => users.id),
    },
    (t) => [
      d.primaryKey({ columns: [t.groupId, t.userId] }),
      d.index("scim_group_members_user").on(t.userId),
    ],
  );

  return { scimTokens, scimUsers, scimGroups, scimGroupMembers };
}
