import { and, desc, eq, isNotNull, lt, or } from "drizzle-orm";
import { iso } from "#core/time.ts";
import { requireAdmin, type Verb } from "../context.ts";
import { notFound } from "../errors.ts";
import { contains } from "../like.ts";
import { pageOf, readCursor } from "../lists.ts";
import type { DeletedProject, DeletedProjectPage, ListDeletedProjectsInput, ProjectRef } from "./schema.ts";

/** The deleted projects of the site, the latest first: their statements can still be read. Administrators only. */
export async function listDeletedProjects({
  ctx,
  input,
}: Verb<ListDeletedProjectsInput>): Promise<DeletedProjectPage> {
  requireAdmin(ctx);
  const { q, t } = ctx.db.read;
  const { id, name, createdAt, deletedAt } = t.projects;
  const after = readCursor(input.cursor, ["number", "text"]);
  const rows = await q
    .select({ id, name, createdAt, deletedAt })
    .from(t.projects)
    .where(
      and(
        isNotNull(deletedAt),
        input.search ? or(contains(name, input.search), eq(id, input.search)) : undefined,
        after ? or(lt(deletedAt, after[0]), and(eq(deletedAt, after[0]), lt(id, after[1]))) : undefined,
      ),
    )
    .orderBy(desc(deletedAt), desc(id))
    .limit(input.limit + 1);
  const deleted = rows.flatMap((row) =>
    row.deletedAt === null ? [] : [{ ...row, deletedAt: row.deletedAt }],
  );
  return pageOf(deleted, input.limit, (row) => [row.deletedAt, row.id], present);
}

/** A deleted project. Throws `not-found` for a project that is not deleted. Administrators only. */
export async function getDeletedProject({ ctx, input }: Verb<ProjectRef>): Promise<DeletedProject> {
  requireAdmin(ctx);
  const { q, t } = ctx.db.read;
  const { id, name, createdAt, deletedAt } = t.projects;
  const [row] = await q
    .select({ id, name, createdAt, deletedAt })
    .from(t.projects)
    .where(eq(id, input.projectId));
  if (!row || row.deletedAt === null) throw notFound("deleted project");
  return present({ ...row, deletedAt: row.deletedAt });
}

/** `createdAt`, `deletedAt`: epoch ms. */
function present({
  createdAt,
  deletedAt,
  ...project
}: {
  id: string;
  name: string;
  createdAt: number;
  deletedAt: number;
}): DeletedProject {
  return { ...project, createdAt: iso(createdAt), deletedAt: iso(deletedAt) };
}
