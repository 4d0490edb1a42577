import type { Dialect } from "../dialect.ts";

export type ApiAccess = "open" | "approval";
/** How paths find an operation: `safe` matches no path that a common router could map to another operation. */
export type ApiPathMatching = "safe" | "exact";
/** Who may see an API and its reference: everyone, signed-in users, or members of chosen projects. */
export type ApiVisibility = "public" | "members" | "projects";

/** A scope of an API, entered by an administrator or declared by its OpenAPI document. */
export interface StoredScope {
  name: string;
  description: string;
  fromDocument: boolean;
}

/** How a document differs from another one of the same API, by names of operations and scopes. */
export interface StoredDocumentChanges {
  added: string[];
  removed: string[];
  /** Operations with another method, path or required scopes. */
  changed: string[];
  /** Operations that are deprecated now and were not before. */
  deprecated: string[];
  removedScopes: string[];
}

/** The APIs that keys give access to, and the tokens of the services that verify keys. */
export function defineCatalog(d: Dialect) {
  const apis = d.table("apis", {
    id: d.text("id").primaryKey(),
    slug: d.text("slug").notNull().unique(),
    name: d.text("name").notNull(),
    description: d.text("description").notNull(),
    access: d.text<ApiAccess>("access").notNull(),
    allowKeyInUrl: d.boolean("allow_key_in_url").notNull(),
    /** The API's base URL, for the `curl` on its page; from the OpenAPI document's first server. */
    baseUrl: d.text("base_url"),
    /** Path templates of the document's servers: `/v1`, `/api/{version}`. Known even if the host is not. */
    basePaths: d.json<string[]>("base_paths").notNull().default([]),
    pathMatching: d.text<ApiPathMatching>("path_matching").notNull().default("safe"),
    visibility: d.text<ApiVisibility>("visibility").notNull().default("members"),
    /** The scopes that it declares, by name. */
    scopes: d.json<StoredScope[]>("scopes").notNull().default([]),
    /** The uploaded OpenAPI document, or null if the operations were entered by hand. */
    openapi: d.json<Record<string, unknown>>("openapi"),
    createdAt: d.instant("created_at").notNull(),
    updatedAt: d.instant("updated_at").notNull(),
  });

  const operations = d.table(
    "operations",
    {
      apiId: d
        .text("api_id")
        .notNull()
        .references(() => apis.id, { onDelete: "cascade" }),
      name: d.text("name").notNull(),
      summary: d.text("summary"),
      method: d.text("method"),
      path: d.text("path"),
      /** Of the operation's or its path's own servers; null if those of the API apply. */
      basePaths: d.json<string[]>("base_paths"),
      /** The document's `operationId` if it could not be used as the name. */
      operationId: d.text("operation_id"),
      /** The scopes that a call needs: all of one of these lists. Null if it needs none. */
      requiredScopes: d.json<string[][]>("required_scopes"),
      position: d.integer("position").notNull(),
    },
    (t) => [d.primaryKey({ columns: [t.apiId, t.name] })],
  );

  const serviceTokens = d.table("service_tokens", {
    id: d.text("id").primaryKey(),
    name: d.text("name").notNull(),
    hash: d.text("hash").notNull().unique(),
    hint: d.text("hint").notNull(),
    /** The only API it may verify keys for; null for all. */
    apiId: d.text("api_id").references(() => apis.id),
    trustedProxies: d.json<string[]>("trusted_proxies").notNull(),
    createdAt: d.instant("created_at").notNull(),
    createdBy: d.text("created_by").notNull(),
    /** When it stops working; null for never. */
    expiresAt: d.instant("expires_at"),
    /** The secret before the last rotation, and when it stops working. */
    olderHash: d.text("older_hash").unique(),
    olderHint: d.text("older_hint"),
    olderEndsAt: d.instant("older_ends_at"),
    /** The last use of that secret since the rotation; null for none. */
    olderUsedAt: d.instant("older_used_at"),
    /** The last request with either secret, to the minute. */
    lastUsedAt: d.instant("last_used_at"),
    revokedAt: d.instant("revoked_at"),
    /** Whether its service may verify keys in its own process (`engine/sync`). */
    localVerification: d.boolean("local_verification").notNull().default(false),
    /** When that permission was withdrawn: usage from just before is still accepted. */
    localVerificationEndedAt: d.instant("local_verification_ended_at"),
  });

  /** Markdown pages beside the reference of an API. The changelog is the one with an empty slug. */
  const guides = d.table(
    "guides",
    {
      apiId: d
        .text("api_id")
        .notNull()
        .references(() => apis.id, { onDelete: "cascade" }),
      slug: d.text("slug").notNull(),
      title: d.text("title").notNull(),
      body: d.text("body").notNull(),
      /** The order in the reference. */
      position: d.integer("position").notNull(),
      updatedAt: d.instant("updated_at").notNull(),
    },
    (t) => [d.primaryKey({ columns: [t.apiId, t.slug] })],
  );

  /** OpenAPI documents that are checked at a URL every day, and changed ones that wait for an administrator. */
  const followedDocuments = d.table("followed_documents", {
    apiId: d
      .text("api_id")
      .primaryKey()
      .references(() => apis.id, { onDelete: "cascade" }),
    url: d.text("url").notNull(),
    /** The last time that the document was read or could not be read. */
    checkedAt: d.instant("checked_at").notNull(),
    /** Why the document could not be read the last time; null if it could. */
    error: d.text("error"),
    /** Since when it can't be read. */
    failingSince: d.instant("failing_since"),
    /** The changed document that waits for an administrator, its SHA-256 and when it was found. */
    pending: d.json<Record<string, unknown>>("pending"),
    pendingDigest: d.text("pending_digest"),
    pendingSince: d.instant("pending_since"),
    /** How it differs from the document of the API. */
    pendingChanges: d.json<StoredDocumentChanges>("pending_changes"),
    /** The digest of the last document that an administrator declined. */
    declinedDigest: d.text("declined_digest"),
  });

  /** The deprecated operations that projects were notified of, so that each causes one notice. */
  const deprecationNotices = d.table(
    "deprecation_notices",
    {
      projectId: d.text("project_id").notNull(),
      apiId: d
        .text("api_id")
        .notNull()
        .references(() => apis.id, { onDelete: "cascade" }),
      operation: d.text("operation").notNull(),
      /** When the operation stops working, as the document says; 0 for no date. */
      sunset: d.instant("sunset").notNull(),
      /** How many days before that the notice is for; 0 for the first one. */
      days: d.integer("days").notNull(),
    },
    (t) => [d.primaryKey({ columns: [t.apiId, t.projectId, t.operation, t.sunset, t.days] })],
  );

  return { apis, operations, guides, followedDocuments, deprecationNotices, serviceTokens };
}

export type Catalog = ReturnType<typeof defineCatalog>;
