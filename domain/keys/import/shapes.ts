import { and, count, eq, isNull } from "drizzle-orm";
import { newId } from "#core/ids.ts";
import type { PendingLookup, TokenShape } from "#core/token-shape.ts";
import type { Tx } from "#db/open.ts";
import type { Ctx } from "../../context.ts";
import { DomainError } from "../../errors.ts";
import type { NewImport } from "./write.ts";

/** Verifiers compare every text that is no token of theirs with all of them. */
const MAX_SHAPES = { project: 20, site: 500 };

interface Declared {
  projectId: string;
  shape: TokenShape;
  created: readonly NewImport[];
  dryRun: boolean;
}

/**
 * Declares a shape for the tokens of an import, or adds how they are looked up to a shape that the project has. Returns its id.
 * Throws `conflict` with `LIMIT_REACHED` if there are too many. Locks the shape: see `storeFirstUses`.
 */
export async function declareShape(
  tx: Tx,
  ctx: Ctx,
  { projectId, shape, created, dryRun }: Declared,
): Promise<string | null> {
  const { tokenShapes } = tx.t;
  const same = and(
    eq(tokenShapes.projectId, projectId),
    eq(tokenShapes.prefix, shape.prefix),
    eq(tokenShapes.minLength, shape.minLength),
    eq(tokenShapes.maxLength, shape.maxLength),
  );
  const lookups = created.flatMap(({ secret }) => secret.pending?.lookup ?? []);
  const [found] = await tx.q.update(tokenShapes).set({ projectId }).where(same).returning();
  if (found !== undefined) {
    const pending = merged(found.pending, lookups);
    if (!dryRun) await tx.q.update(tokenShapes).set({ pending }).where(eq(tokenShapes.id, found.id));
    return found.id;
  }
  await enforceMaxShapes(tx, projectId);
  if (dryRun) return null;
  const id = newId("tokenShape");
  const { prefix, minLength, maxLength } = shape;
  const row = { id, projectId, prefix, minLength, maxLength, createdAt: ctx.now() };
  await tx.q.insert(tokenShapes).values({ ...row, pending: merged([], lookups) });
  return id;
}

function merged(before: PendingLookup[], added: PendingLookup[]): PendingLookup[] {
  return [...new Set([...before, ...added])];
}

async function enforceMaxShapes({ q, t }: Tx, projectId: string): Promise<void> {
  const { projects, tokenShapes } = t;
  const rows = await q
    .select({ projectId: tokenShapes.projectId, n: count() })
    .from(tokenShapes)
    .innerJoin(projects, eq(projects.id, tokenShapes.projectId))
    .where(isNull(projects.deletedAt))
    .groupBy(tokenShapes.projectId);
  const own = rows.find((row) => row.projectId === projectId)?.n ?? 0;
  const all = rows.reduce((sum, { n }) => sum + n, 0);
  if (own < MAX_SHAPES.project && all < MAX_SHAPES.site) return;
  const message =
    own >= MAX_SHAPES.project
      ? `The project has declared ${MAX_SHAPES.project} shapes, the maximum. Use one with a wider range of lengths.`
      : `${MAX_SHAPES.site} shapes are declared on this site, the maximum. Ask an administrator to delete projects that are not used.`;
  throw new DomainError("conflict", message, { problem: "LIMIT_REACHED" });
}
