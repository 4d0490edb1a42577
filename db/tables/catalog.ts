import type { Dialect } from "../dialect.ts";

export type ApiAccess = "open" | "approval";
/** How paths find an operation: `safe` matches no path that a common router could take for another operation. */
export type ApiPathMatching = "safe" | "exact";

/** The APIs that keys are for, and the tokens of the services that ask. */
export function defineCatalog(d: Dialect) {
  const apis = d.table("apis", {
    id: d.text("id").primaryKey(),
    slug: d.text("slug").notNull().unique(),
    name: d.text("name").notNull(),
    description: d.text("description").notNull(),
    access: d.text<ApiAccess>("access").notNull(),
    allowKeyInUrl: d.boolean("allow_key_in_url").notNull(),
    /** Where the API answers, for the `curl` on its page; from the OpenAPI document's first server. */
    baseUrl: d.text("base_url"),
    /** Path templates of the document's servers: `/v1`, `/api/{version}`. Known also where the host is not. */
    basePaths: d.json<string[]>("base_paths").notNull().default([]),
    pathMatching: d.text<ApiPathMatching>("path_matching").notNull().default("safe"),
    /** The OpenAPI document as it was given, or null when the operations were typed in. */
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
      /** Of the operation's or its path's own servers; null where those of the API count. */
      basePaths: d.json<string[]>("base_paths"),
      /** The document's `operationId` where it could not be the name. */
      operationId: d.text("operation_id"),
      position: d.integer("position").notNull(),
    },
    (t) => [d.primaryKey({ columns: [t.apiId, t.name] })],
  );

  const serviceTokens = d.table("service_tokens", {
    id: d.text("id").primaryKey(),
    name: d.text("name").notNull(),
    hash: d.text("hash").notNull().unique(),
    hint: d.text("hint").notNull(),
    /** The one API it may ask about; null for all. */
    apiId: d.text("api_id").references(() => apis.id),
    trustedProxies: d.json<string[]>("trusted_proxies").notNull(),
    createdAt: d.instant("created_at").notNull(),
    createdBy: d.text("created_by").notNull(),
    revokedAt: d.instant("revoked_at"),
  });

  return { apis, operations, serviceTokens };
}

export type Catalog = ReturnType<typeof defineCatalog>;
