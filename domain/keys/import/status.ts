import { and, count, eq, isNull } from "drizzle-orm";
import { requireProjectRole } from "../../access/project-access.ts";
import type { Verb } from "../../context.ts";
import type { ImportStatus } from "./schema.ts";

/** How many keys of a project were imported, and how many of their tokens have been used since. */
export async function getImportStatus({ ctx, input }: Verb<{ projectId: string }>): Promise<ImportStatus> {
  const { q, t } = ctx.db.read;
  await requireProjectRole(ctx.db.read, ctx, input.projectId, "viewer");
  const { importedSecrets, keys, secrets } = t;
  const [row] = await q
    .select({ imported: count(), seen: count(secrets.lastUsedAt), waiting: count(importedSecrets.digest) })
    .from(importedSecrets)
    .innerJoin(secrets, eq(secrets.id, importedSecrets.secretId))
    .innerJoin(keys, eq(keys.id, secrets.keyId))
    .where(and(eq(importedSecrets.projectId, input.projectId), isNull(keys.revokedAt)));
  return { imported: row?.imported ?? 0, seen: row?.seen ?? 0, waiting: row?.waiting ?? 0 };
}
