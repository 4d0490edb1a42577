import { and, asc, eq, isNull } from "drizzle-orm";
import { requireUser, type Verb } from "../../context.ts";
import { notFound } from "../../errors.ts";
import { nameOrder } from "../../name-order.ts";
import type { Me } from "./schema.ts";

/** The current user and their projects. */
export async function readMe({ ctx }: Verb<Record<never, never>>): Promise<Me> {
  const { userId } = requireUser(ctx);
  const { users, projects, memberships } = ctx.db.read.t;
  const [user] = await ctx.db.read.q
    .select({ id: users.id, name: users.name, email: users.email, siteRole: users.siteRole })
    .from(users)
    .where(eq(users.id, userId));
  if (!user) throw notFound("user");
  const rows = await ctx.db.read.q
    .select({ id: projects.id, name: projects.name, role: memberships.role })
    .from(memberships)
    .innerJoin(projects, eq(projects.id, memberships.projectId))
    .where(and(eq(memberships.userId, userId), isNull(projects.deletedAt)))
    .orderBy(asc(nameOrder(projects.name)), asc(projects.id));
  return { user, projects: rows };
}
