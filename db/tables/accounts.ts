import { sql } from "drizzle-orm";
import type { Dialect } from "../dialect.ts";

export type SiteRole = "admin" | "developer";
export type AccountLinkKind = "password-reset" | "email-change";

/** Users, their factors and their sessions. */
export function defineAccounts(d: Dialect) {
  const users = d.table("users", {
    id: d.text("id").primaryKey(),
    /** In the form of `readEmail`. Older rows may have other text. */
    email: d.text("email").notNull().unique(),
    /** When a mailed link was opened or a provider verified the address. Null for unverified addresses. */
    emailVerifiedAt: d.instant("email_verified_at"),
    name: d.text("name").notNull(),
    /** argon2id; null for users who only sign in through a provider. */
    passwordHash: d.text("password_hash"),
    siteRole: d.text<SiteRole>("site_role").notNull(),
    createdAt: d.instant("created_at").notNull(),
    disabledAt: d.instant("disabled_at"),
    /** When the account was deleted. The row stays without personal data, because others refer to its id. */
    deletedAt: d.instant("deleted_at"),
    /** Whether notifications of the portal are also sent by mail. */
    mailNotifications: d.boolean("mail_notifications").notNull().default(true),
    /**
     * When the owner of the address came through a provider and all earlier credentials of the account ended.
     * Null: never, or the user has confirmed the message about it.
     */
    credentialsEndedAt: d.instant("credentials_ended_at"),
  });

  const identities = d.table(
    "identities",
    {
      /** The provider: the `iss` of an OpenID Connect provider without trailing slashes, or https://github.com. */
      issuer: d.text("issuer").notNull(),
      /** The user's id there: `sub`, or the number of a GitHub account. */
      accountId: d.text("account_id").notNull(),
      /** Name of the provider in the settings when the identity was linked: `oidc` or `github`. */
      provider: d.text("provider").notNull(),
      userId: d
        .text("user_id")
        .notNull()
        .references(() => users.id),
      createdAt: d.instant("created_at").notNull(),
    },
    (t) => [d.primaryKey({ columns: [t.issuer, t.accountId] }), d.index("identities_user").on(t.userId)],
  );

  const sessions = d.table(
    "sessions",
    {
      /** Identifies the session in lists. Not a credential. */
      id: d.text("id").primaryKey(),
      /** SHA-256 of the token in the signed cookie. Null for sessions from before hashing, which have ended. */
      hash: d.text("hash").unique(),
      userId: d
        .text("user_id")
        .notNull()
        .references(() => users.id),
      createdAt: d.instant("created_at").notNull(),
      lastSeenAt: d.instant("last_seen_at").notNull(),
      expiresAt: d.instant("expires_at").notNull(),
      endedAt: d.instant("ended_at"),
      /** When the user last confirmed their identity after signing in; null for never. */
      confirmedAt: d.instant("confirmed_at"),
      address: d.text("address"),
      userAgent: d.text("user_agent"),
      /** The issuer that the user signed in through, and its id for the session there (`sid`); null for other ways. */
      issuer: d.text("issuer"),
      providerSession: d.text("provider_session"),
    },
    (t) => [d.index("sessions_user").on(t.userId), d.index("sessions_provider").on(t.providerSession)],
  );

  /** Failed sign-ins per account and per address; `subject` is a hash, so that no typed email address is stored. */
  const signInFailures = d.table("sign_in_failures", {
    subject: d.text("subject").primaryKey(),
    failures: d.integer("failures").notNull(),
    lastFailedAt: d.instant("last_failed_at").notNull(),
    blockedUntil: d.instant("blocked_until").notNull(),
  });

  /** The authenticator app of a user (RFC 6238). */
  const totpFactors = d.table("totp_factors", {
    userId: d
      .text("user_id")
      .primaryKey()
      .references(() => users.id),
    /** Encrypted with the deployment's auth secret. */
    sealedSecret: d.text("sealed_secret").notNull(),
    createdAt: d.instant("created_at").notNull(),
    /** When the first code was right. Null until then: sign-in does not ask for it yet. */
    confirmedAt: d.instant("confirmed_at"),
    /** The time step of the last accepted code: neither it nor an earlier one is accepted again. */
    lastStep: d.integer("last_step").notNull(),
  });

  /** Codes that replace the authenticator app, each once. */
  const recoveryCodes = d.table(
    "recovery_codes",
    {
      hash: d.text("hash").primaryKey(),
      userId: d
        .text("user_id")
        .notNull()
        .references(() => users.id),
      createdAt: d.instant("created_at").notNull(),
      usedAt: d.instant("used_at"),
    },
    (t) => [d.index("recovery_codes_user").on(t.userId)],
  );

  /** Passkeys: discoverable WebAuthn credentials. */
  const passkeys = d.table(
    "passkeys",
    {
      id: d.text("id").primaryKey(),
      userId: d
        .text("user_id")
        .notNull()
        .references(() => users.id),
      /** Base64url; chosen by the authenticator. */
      credentialId: d.text("credential_id").notNull().unique(),
      /** COSE_Key, base64url. */
      publicKey: d.text("public_key").notNull(),
      name: d.text("name").notNull(),
      /** The authenticator's signature counter at its last use; 0 for authenticators without one. */
      counter: d.integer("counter").notNull(),
      /** How a browser reaches the authenticator: `internal`, `hybrid`, `usb` and so on. */
      transports: d.json<string[]>("transports").notNull().default(sql`'[]'`),
      /** Whether the authenticator may copy it to other devices (BE). It never changes. */
      backupEligible: d.boolean("backup_eligible").notNull(),
      /** Whether it had been copied at its last use (BS). */
      backedUp: d.boolean("backed_up").notNull(),
      createdAt: d.instant("created_at").notNull(),
      lastUsedAt: d.instant("last_used_at"),
    },
    (t) => [d.index("passkeys_user").on(t.userId)],
  );

  /** Answered challenges of passkeys: each is accepted once. */
  const usedChallenges = d.table(
    "used_challenges",
    {
      /** SHA-256 of the challenge. */
      hash: d.text("hash").primaryKey(),
      /** When the row can be deleted: long after the challenge has expired. */
      expiresAt: d.instant("expires_at").notNull(),
    },
    (t) => [d.index("used_challenges_expiry").on(t.expiresAt)],
  );

  /** Sign-ins whose first factor was right and that wait for the second. They are no sessions. */
  const pendingSignIns = d.table(
    "pending_sign_ins",
    {
      /** SHA-256 of the token in the signed cookie. */
      hash: d.text("hash").primaryKey(),
      userId: d
        .text("user_id")
        .notNull()
        .references(() => users.id),
      /** The first factor: `password`, or the name of a provider. */
      method: d.text("method").notNull(),
      createdAt: d.instant("created_at").notNull(),
      expiresAt: d.instant("expires_at").notNull(),
      /** As in `sessions`. */
      issuer: d.text("issuer"),
      providerSession: d.text("provider_session"),
    },
    (t) => [
      d.index("pending_sign_ins_user").on(t.userId),
      d.index("pending_sign_ins_expiry").on(t.expiresAt),
    ],
  );

  /** Processed logout tokens of providers: each works once. */
  const logoutTokens = d.table(
    "logout_tokens",
    {
      /** SHA-256 of issuer and `jti`. */
      hash: d.text("hash").primaryKey(),
      /** When the token would be rejected for its age. */
      expiresAt: d.instant("expires_at").notNull(),
    },
    (t) => [d.index("logout_tokens_expiry").on(t.expiresAt)],
  );

  /** Back-channel logouts, kept as long as a sign-in that began before them can still arrive. */
  const providerLogouts = d.table(
    "provider_logouts",
    {
      /** SHA-256 of the issuer and of the `sub` and `sid` in the logout token. */
      hash: d.text("hash").primaryKey(),
      /** When the last such token arrived. */
      at: d.instant("at").notNull(),
    },
    (t) => [d.index("provider_logouts_at").on(t.at)],
  );

  /** One-time links for existing accounts. */
  const accountLinks = d.table(
    "account_links",
    {
      id: d.text("id").primaryKey(),
      kind: d.text<AccountLinkKind>("kind").notNull(),
      hash: d.text("hash").notNull().unique(),
      userId: d
        .text("user_id")
        .notNull()
        .references(() => users.id),
      /** The user's email address when the link was created. */
      email: d.text("email").notNull(),
      /** With `email-change`: the address that the link was mailed to. */
      newEmail: d.text("new_email"),
      /** The administrator who created it; null for the user and for the operator in the CLI. */
      createdBy: d.text("created_by").references(() => users.id),
      createdAt: d.instant("created_at").notNull(),
      /** When the mail server accepted the link. Null for links that were shown: those verify no address. */
      mailedAt: d.instant("mailed_at"),
      expiresAt: d.instant("expires_at").notNull(),
      /** When it was used or ended. */
      endedAt: d.instant("ended_at"),
    },
    (t) => [d.index("account_links_user").on(t.userId)],
  );

  return {
    users,
    identities,
    sessions,
    signInFailures,
    totpFactors,
    recoveryCodes,
    passkeys,
    usedChallenges,
    pendingSignIns,
    logoutTokens,
    providerLogouts,
    accountLinks,
  };
}

export type Accounts = ReturnType<typeof defineAccounts>;
