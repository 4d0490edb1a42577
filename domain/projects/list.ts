import { and, asc, eq, gt, isNull, or, sql } from "drizzle-orm";
import type { z } from "zod";
import { requireAdmin, requireUser, type Verb } from "../context.ts";
import { decodeCursor, type Page, pageOf } from "../lists.ts";
import { contains } from "../like.ts";
import { presentProject } from "./present.ts";
import type { listProjectsInput } from "./schemas.ts";
import type { Project } from "./types.ts";

/** The projects that the asker belongs to, by name; with `all`, every one of the site (administrators). */
export async function listProjects({
  ctx,
  input,
}: Verb<z.output<typeof listProjectsInput>>): Promise<Page<Project>> {
  const user = requireUser(ctx);
  if (input.all) requireAdmin(ctx);
  const { q, t } = ctx.db.read;
  const sortName = sql<string>`lower(${t.projects.name})`;
  const [afterName, afterId] = input.cursor ? decodeCursor(input.cursor, 2) : [];
  const mine = and(eq(t.memberships.projectId, t.projects.id), eq(t.memberships.userId, user.userId));
  const rows = await q
    .select({
      id: t.projects.id,
      name: t.projects.name,
      createdAt: t.projects.createdAt,
      suspendedAt: t.projects.suspendedAt,
      role: t.memberships.role,
      sortName,
    })
    .from(t.projects)
    .leftJoin(t.memberships, mine)
    .where(
      and(
        isNull(t.projects.deletedAt),
        input.all ? undefined : eq(t.memberships.userId, user.userId),
        input.search
          ? or(contains(t.projects.name, input.search), eq(t.projects.id, input.search))
          : undefined,
        input.cursor
          ? or(gt(sortName, afterName), and(eq(sortName, afterName), gt(t.projects.id, String(afterId))))
          : undefined,
      ),
    )
    .orderBy(asc(sortName), asc(t.projects.id))
    .limit(input.limit + 1);
  return pageOf(
    rows,
    input.limit,
    (row) => [row.sortName, row.id],
    ({ role, sortName: _, ...project }) =>
      presentProject({ project, role: user.siteRole === "admin" ? "owner" : (role ?? "viewer") }),
  );
}
