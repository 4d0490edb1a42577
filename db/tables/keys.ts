import { type AnyColumn, eq, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { Limits } from "#core/limits/types.ts";
import type { Restrictions } from "#core/restrictions/types.ts";
import type { HashAlgorithm, PendingLookup } from "#core/token-shape.ts";
import type { Environment } from "#core/verdict.ts";
import type { Dialect } from "../dialect.ts";
import { storedRestrictions } from "../stored-restrictions.ts";
import type { Accounts } from "./accounts.ts";
import type { Projects } from "./projects.ts";

/**
 * Who ended a key: a member of the project, the site's policy for leaked keys, another policy, or an administrator.
 * Only an administrator can restore or enable a key that anyone but a member ended.
 */
export type EndedBy = "member" | "leak" | "policy" | "admin";

/** Whether an owner approved a key that needs it. */
export type Approval = "pending" | "approved" | "refused";

export type Metadata = Record<string, string | number | boolean | null>;

interface IdleColumns {
  lastUsedAt: AnyColumn;
  createdAt: AnyColumn;
  activeSince: AnyColumn;
}

/**
 * Since when a key is unused: its last use, its creation, or its last reactivation, whichever is the latest.
 * Written without a comma, because drizzle-kit splits an index's expression at commas.
 */
export function idleSince({ lastUsedAt, createdAt, activeSince }: IdleColumns): SQL {
  return sql`(case when ${activeSince} is not null and (${lastUsedAt} is null or ${lastUsedAt} < ${activeSince}) then ${activeSince} when ${lastUsedAt} is null then ${createdAt} else ${lastUsedAt} end)`;
}

interface EndColumns {
  expiresAt: AnyColumn;
  lifeEndsAt: AnyColumn;
}

/** When a key stops working: at its expiry, or at the end of its maximum lifetime. Null for never. Written without a comma. */
export function endOfKey({ expiresAt, lifeEndsAt }: EndColumns): SQL {
  return sql`(case when ${lifeEndsAt} is null then ${expiresAt} when ${expiresAt} is null then ${lifeEndsAt} when ${expiresAt} < ${lifeEndsAt} then ${expiresAt} else ${lifeEndsAt} end)`;
}

/** Keys and their secrets. Revoked keys stay, so that they can be restored and their usage keeps its name. */
export function defineKeys(d: Dialect, { users, projects }: Accounts & Projects) {
  const keys = d.table(
    "keys",
    {
      id: d.text("id").primaryKey(),
      projectId: d
        .text("project_id")
        .notNull()
        .references(() => projects.id),
      name: d.text("name").notNull(),
      environment: d.text<Environment>("environment").notNull(),
      enabled: d.boolean("enabled").notNull(),
      expiresAt: d.instant("expires_at"),
      /**
       * When it ends at the latest by the rules that applied when it was created or its expiry was changed; null for no
       * limit. Verifiers apply it besides `expiresAt`.
       */
      lifeEndsAt: d.instant("life_ends_at"),
      /** Who disabled it. Null while it is enabled, and if an older version did not record it. */
      disabledBy: d.text<EndedBy>("disabled_by"),
      revokedAt: d.instant("revoked_at"),
      /** Who revoked it. Null while it is not revoked, and if an older version did not record it. */
      revokedBy: d.text<EndedBy>("revoked_by"),
      restrictions: d.json<Restrictions>("restrictions", storedRestrictions).notNull(),
      /** The kinds of `restrictions` with entries, as `restrictedBy` of the core returns them: `apis ips`. */
      restrictedBy: d.text("restricted_by").notNull().default(""),
      /** Report-only restrictions, which are evaluated and counted but not enforced. */
      reportOnly: d.json<Restrictions>("report_only", storedRestrictions),
      /** When `reportOnly` was saved. */
      reportOnlySince: d.instant("report_only_since"),
      /** Null for none. */
      limits: d.json<Limits>("limits"),
      metadata: d.json<Metadata>("metadata").notNull(),
      description: d.text("description").notNull().default(""),
      /** In canonical form: lower case, sorted, each once. */
      tags: d.json<string[]>("tags").notNull().default(sql`'[]'`),
      /** The id of the customer, tenant or app in the API provider's own system. */
      externalId: d.text("external_id"),
      createdAt: d.instant("created_at").notNull(),
      createdBy: d
        .text("created_by")
        .notNull()
        .references(() => users.id),
      /** The project's token that created it, for its creator `createdBy`; null if a user created it. */
      createdByToken: d.text("created_by_token"),
      /** When a check with it was last VALID; written in bulk with the rollups. */
      lastUsedAt: d.instant("last_used_at"),
      /** When it was last reactivated: restored, enabled, or its project resumed. */
      activeSince: d.instant("active_since"),
      /** When its owners were last notified that it is unused. */
      idleNotifiedAt: d.instant("idle_notified_at"),
      /** Null for a key that needed no approval when it was created. A pending one is disabled by a policy. */
      approval: d.text<Approval>("approval"),
      /** When it was requested or decided on. */
      approvalAt: d.instant("approval_at"),
      /** When its owners were notified that it breaks a rule for keys; null if it follows all. */
      rulesNotifiedAt: d.instant("rules_notified_at"),
      /** With `rulesNotifiedAt`: when the rule ends or disables it, as announced; null for never. */
      rulesEndAt: d.instant("rules_end_at"),
      /** With `rulesNotifiedAt`: the broken rules that were announced; null if an earlier version announced them. */
      rulesAnnounced: d.json<string[]>("rules_announced"),
    },
    (t) => [
      d.index("keys_project").on(t.projectId, t.createdAt),
      // How many keys of a project are revoked, and how many are not.
      d.index("keys_revoked").on(t.projectId, t.revokedAt),
      d.index("keys_created").on(t.createdAt, t.id),
      // The newest keys of administrators' lists: few keys are disabled, revoked or for tests.
      d.index("keys_disabled").on(t.createdAt, t.id).where(eq(t.enabled, sql`false`)),
      d.index("keys_ended").on(t.createdAt, t.id).where(isNotNull(t.revokedAt)),
      d.index("keys_test").on(t.createdAt, t.id).where(sql`${t.environment} = 'test'`),
      // Few keys wait for an approval.
      d.index("keys_pending_approval").on(t.projectId).where(sql`${t.approval} = 'pending'`),
      d.index("keys_external_id").on(t.externalId, t.projectId).where(isNotNull(t.externalId)),
      // Few keys have limits: the quota notifications read only these.
      d.index("keys_limited").on(t.id).where(isNotNull(t.limits)),
      // Active keys by the time since which they are unused, oldest first: unused keys are one range of it.
      d.index("keys_idle").on(idleSince(t), t.id).where(isNull(t.revokedAt)),
      // Keys that expire soon.
      d
        .index("keys_expiring")
        .on(endOfKey(t), t.id)
        .where(sql`${isNull(t.revokedAt)} and ${endOfKey(t)} is not null`),
      // The newest expired keys of administrators' lists, whether few or most keys that have an end are expired.
      d
        .index("keys_ending")
        .on(t.createdAt, t.id, endOfKey(t))
        .where(sql`${isNull(t.revokedAt)} and ${endOfKey(t)} is not null`),
    ],
  );

  const secrets = d.table(
    "secrets",
    {
      id: d.text("id").primaryKey(),
      keyId: d
        .text("key_id")
        .notNull()
        .references(() => keys.id),
      /** SHA-256 of the whole token, hex; of an imported one, maybe a placeholder until its first use. */
      hash: d.text("hash").notNull().unique(),
      hint: d.text("hint").notNull(),
      createdAt: d.instant("created_at").notNull(),
      /** Null for the current secret; for an older one, when its overlap ends or ended. */
      overlapEndsAt: d.instant("overlap_ends_at"),
      lastUsedAt: d.instant("last_used_at"),
      /** When the age of this secret will disable its key, as announced in the last notification. */
      disablesKeyAt: d.instant("disables_key_at"),
      /**
       * A temporary secret of "Try it", which stops working at `overlapEndsAt`, an hour after its creation at the
       * latest. No list has it.
       */
      temporary: d.boolean("temporary").notNull().default(false),
    },
    (t) => [
      d.index("secrets_key").on(t.keyId),
      // The current secrets by age, to find those that are due for rotation.
      d.index("secrets_current").on(t.createdAt, t.keyId).where(isNull(t.overlapEndsAt)),
    ],
  );

  /** Formats of tokens that other systems issued, declared by imports. Verifiers look up tokens that have one. */
  const tokenShapes = d.table(
    "token_shapes",
    {
      id: d.text("id").primaryKey(),
      projectId: d
        .text("project_id")
        .notNull()
        .references(() => projects.id),
      prefix: d.text("prefix").notNull(),
      minLength: d.integer("min_length").notNull(),
      maxLength: d.integer("max_length").notNull(),
      /** How tokens are found that have not been used since their import. */
      pending: d.json<PendingLookup[]>("pending").notNull(),
      createdAt: d.instant("created_at").notNull(),
    },
    (t) => [d.uniqueIndex("token_shapes_shape").on(t.projectId, t.prefix, t.minLength, t.maxLength)],
  );

  /**
   * The secrets that were imported. `digest`, `algorithm` and `value` are empty after the first use. Of a token that was
   * imported by several hashes, that use shows which is the oldest import; the others lose their hash.
   */
  const importedSecrets = d.table(
    "imported_secrets",
    {
      secretId: d
        .text("secret_id")
        .primaryKey()
        .references(() => secrets.id),
      projectId: d.text("project_id").notNull(),
      /** Null for tokens in the format of this deployment. */
      shapeId: d.text("shape_id").references(() => tokenShapes.id),
      /** Recognizes the same row when it is imported again. */
      fingerprint: d.text("fingerprint").notNull().unique(),
      /** What finds the token before its first use; null if its SHA-256 is known. */
      digest: d.text("digest"),
      algorithm: d.text<HashAlgorithm>("algorithm"),
      /** A slow hash, with its salt and parameters. */
      value: d.text("value"),
      importedAt: d.instant("imported_at").notNull(),
    },
    (t) => [
      d.index("imported_secrets_project").on(t.projectId),
      d.index("imported_secrets_digest").on(t.digest).where(isNotNull(t.digest)),
      // Whether any token of a shape is still to be used for the first time.
      d.index("imported_secrets_pending").on(t.shapeId).where(isNotNull(t.digest)),
    ],
  );

  /**
   * The APIs that each key may call: a slug for each of its `restrictions.apis`, or one row with an empty slug for a key
   * that may call all of them. Finds the keys of an API without reading any set.
   */
  const keyApis = d.table(
    "key_apis",
    {
      projectId: d.text("project_id").notNull(),
      api: d.text("api").notNull(),
      keyId: d
        .text("key_id")
        .notNull()
        .references(() => keys.id, { onDelete: "cascade" }),
    },
    (t) => [d.primaryKey({ columns: [t.projectId, t.api, t.keyId] }), d.index("key_apis_key").on(t.keyId)],
  );

  /**
   * The tags and metadata of each key as rows, because no query reads into JSON on both databases. `name` is the query
   * parameter that finds it: `tag`, or `metadata.` and the name of the entry.
   */
  const keyAttributes = d.table(
    "key_attributes",
    {
      name: d.text("name").notNull(),
      value: d.text("value").notNull(),
      projectId: d.text("project_id").notNull(),
      keyId: d
        .text("key_id")
        .notNull()
        .references(() => keys.id, { onDelete: "cascade" }),
    },
    (t) => [
      d.primaryKey({ columns: [t.name, t.value, t.projectId, t.keyId] }),
      d.index("key_attributes_key").on(t.keyId),
    ],
  );

  return { keys, secrets, tokenShapes, importedSecrets, keyApis, keyAttributes };
}

export type Keys = ReturnType<typeof defineKeys>;
