import { and, eq, sql } from "drizzle-orm";
import { requireProjectRole } from "../access/project-access.ts";
import type { Verb } from "../context.ts";

interface Filtered {
  projectId: string;
  keyId?: string | undefined;
  secretId?: string | undefined;
}

/** The names of a key and a secret of the project, by id. Others have none. */
export async function readFilterNames({ ctx, input }: Verb<Filtered>): Promise<Record<string, string>> {
  const { q, t } = ctx.db.read;
  const { projectId, keyId, secretId } = input;
  await requireProjectRole(ctx.db.read, ctx, projectId, "viewer");
  const { keys, secrets } = t;
  const [named, hinted] = await Promise.all([
    keyId === undefined
      ? []
      : q
          .select({ id: keys.id, name: keys.name })
          .from(keys)
          .where(and(eq(keys.id, keyId), eq(keys.projectId, projectId))),
    secretId === undefined
      ? []
      : q
          .select({
            id: secrets.id,
            name: sql<string>`case when ${secrets.temporary} then 'Try it' else ${secrets.hint} end`,
          })
          .from(secrets)
          .innerJoin(keys, eq(keys.id, secrets.keyId))
          .where(and(eq(secrets.id, secretId), eq(keys.projectId, projectId))),
  ]);
  return Object.fromEntries([...named, ...hinted].map(({ id, name }) => [id, name]));
}
