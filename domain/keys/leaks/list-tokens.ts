import { and, desc, eq, inArray, isNull, or } from "drizzle-orm";
import { iso } from "#core/time.ts";
import { isWorkingHint } from "../../access/token-rotation.ts";
import { requireUser, type Verb } from "../../context.ts";
import type { Person } from "../../fields.ts";
import { LEAKED, tokenTableOf } from "./tokens.ts";

/** A management, service or SCIM token that was found in public and still works. */
export interface LeakedToken {
  kind: keyof typeof LEAKED;
  id: string;
  name: string;
  hint: string;
  /** The token's user; null unless it is a user's management token. */
  owner: Person | null;
  /** The project of a project's management token. */
  project: { id: string; name: string } | null;
  /** When it was last reported, and where it was found; empty if unknown. */
  time: string;
  url: string;
}

const MAX_READ = 200;

/**
 * The leaked tokens that the user is responsible for: their own, those of projects that they own, and for
 * administrators all of them.
 */
export async function listLeakedTokens({ ctx }: Verb<object>): Promise<{ items: LeakedToken[] }> {
  const { userId, siteRole } = requireUser(ctx);
  const { q, t } = ctx.db.read;
  const { audit, managementTokens, memberships, projects, users } = t;
  const isAdmin = siteRole === "admin";
  const owned = q
    .select({ id: memberships.projectId })
    .from(memberships)
    .where(and(eq(memberships.userId, userId), eq(memberships.role, "owner")));
  const management = await q
    .select({
      id: managementTokens.id,
      name: managementTokens.name,
      hint: managementTokens.hint,
      olderHint: managementTokens.olderHint,
      olderEndsAt: managementTokens.olderEndsAt,
      expiresAt: managementTokens.expiresAt,
      owner: { id: users.id, name: users.name },
      project: { id: projects.id, name: projects.name },
      at: audit.at,
      after: audit.after,
    })
    .from(audit)
    .innerJoin(managementTokens, eq(managementTokens.id, audit.subjectId))
    .leftJoin(users, eq(users.id, managementTokens.userId))
    .leftJoin(projects, eq(projects.id, managementTokens.projectId))
    .where(
      and(
        eq(audit.action, LEAKED.managementToken),
        isNull(managementTokens.revokedAt),
        isNull(users.disabledAt),
        isAdmin
          ? undefined
          : or(eq(managementTokens.userId, userId), inArray(managementTokens.projectId, owned)),
      ),
    )
    .orderBy(desc(audit.seq))
    .limit(MAX_READ);
  const leakedSiteTokens = async (kind: "serviceToken" | "scimToken") => {
    const table = tokenTableOf(t, kind);
    const { id, name, hint, olderHint, olderEndsAt, expiresAt } = table;
    const rows = await q
      .select({ id, name, hint, olderHint, olderEndsAt, expiresAt, at: audit.at, after: audit.after })
      .from(audit)
      .innerJoin(table, eq(id, audit.subjectId))
      .where(and(eq(audit.action, LEAKED[kind]), isNull(table.revokedAt)))
      .orderBy(desc(audit.seq))
      .limit(MAX_READ);
    return rows.map((row) => ({ ...row, kind, owner: null, project: null }));
  };
  const rows = [
    ...management.map((row) => ({ ...row, kind: "managementToken" as const })),
    ...(isAdmin
      ? [...(await leakedSiteTokens("serviceToken")), ...(await leakedSiteTokens("scimToken"))]
      : []),
  ].filter((row) => isWorkingHint(row, row.after?.hint, ctx.now()));
  const latest = [...Map.groupBy(rows, ({ id }) => id).values()].flatMap(([row]) => row ?? []);
  return {
    items: latest.map(({ kind, id, name, owner, project, at, after }) => ({
      kind,
      id,
      name,
      hint: String(after?.hint),
      owner,
      project,
      time: iso(at),
      url: String(after?.url ?? ""),
    })),
  };
}
