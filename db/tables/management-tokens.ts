import { sql } from "drizzle-orm";
import type { ManagementScope, ProjectTokenRole } from "#core/scopes.ts";
import type { Dialect } from "../dialect.ts";
import type { Accounts } from "./accounts.ts";
import type { Projects } from "./projects.ts";

/** Credentials of scripts for the management API. Each belongs to a user or to a project. */
export function defineManagementTokens(d: Dialect, { users, projects }: Accounts & Projects) {
  const managementTokens = d.table(
    "management_tokens",
    {
      id: d.text("id").primaryKey(),
      /** The user whose token it is; null for a token of a project. */
      userId: d.text("user_id").references(() => users.id),
      /** The project whose token it is, and the token's role there; null for a token of a user. */
      projectId: d.text("project_id").references(() => projects.id),
      role: d.text<ProjectTokenRole>("role"),
      /** Who created the token of a project. The token does not end with them. Null for a token of a user. */
      createdBy: d.text("created_by").references(() => users.id),
      name: d.text("name").notNull(),
      hash: d.text("hash").notNull().unique(),
      hint: d.text("hint").notNull(),
      /** Its permissions (`core/scopes.ts`), within those of its user or its role; empty for none. */
      scopes: d.json<ManagementScope[]>("scopes").notNull().default(sql`'[]'`),
      /** IP addresses and networks in canonical form, from which it works; empty for everywhere. */
      allowedIps: d.json<string[]>("allowed_ips").notNull().default(sql`'[]'`),
      createdAt: d.instant("created_at").notNull(),
      /** When it stops working; null for never, as for tokens from before expiry existed. */
      expiresAt: d.instant("expires_at"),
      /** The secret before the last rotation, and when it stops working. */
      olderHash: d.text("older_hash").unique(),
      olderHint: d.text("older_hint"),
      olderEndsAt: d.instant("older_ends_at"),
      /** The last use of that secret since the rotation; null for none. */
      olderUsedAt: d.instant("older_used_at"),
      lastUsedAt: d.instant("last_used_at"),
      /** The IP address of the last use. */
      lastUsedFrom: d.text("last_used_from"),
      /** The networks it was last used from, latest first. A use from any other network is a security event. */
      usedFrom: d.json<string[]>("used_from").notNull().default(sql`'[]'`),
      revokedAt: d.instant("revoked_at"),
    },
    (t) => [
      d.index("management_tokens_user").on(t.userId),
      d.index("management_tokens_project").on(t.projectId, t.createdAt),
    ],
  );

  return { managementTokens };
}
