import { and, asc, count, countDistinct, desc, eq, gt, inArray, isNull, lt, ne, or } from "drizzle-orm";
import { iso, isoOrNull } from "#core/time.ts";
import type { Scope } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import { requireAdmin, type Verb } from "../../../context.ts";
import { notFound } from "../../../errors.ts";
import type { Page } from "../../../fields.ts";
import { pageOf, readCursor } from "../../../lists.ts";
import { RESTORABLE_MS } from "../../status.ts";
import type { ListSweepsInput, ListSweptInput, Sweep, SweepRef, SweptPage } from "./schema.ts";

type SweepRow = Tables["sweeps"]["$inferSelect"];

/** One sweep and its progress. Administrators only. */
export async function getSweep({ ctx, input }: Verb<SweepRef>): Promise<Sweep> {
  requireAdmin(ctx);
  return presentSweep(ctx.db.read, await mustFindSweep(ctx.db.read, input.sweepId));
}

/** All started sweeps, newest first, without unused previews. Administrators only. */
export async function listSweeps({ ctx, input }: Verb<ListSweepsInput>): Promise<Page<Sweep>> {
  requireAdmin(ctx);
  const scope = ctx.db.read;
  const { sweeps } = scope.t;
  const after = readCursor(input.cursor, ["number", "text"]);
  const rows = await scope.q
    .select()
    .from(sweeps)
    .where(
      and(
        ne(sweeps.state, "preview"),
        after
          ? or(lt(sweeps.createdAt, after[0]), and(eq(sweeps.createdAt, after[0]), lt(sweeps.id, after[1])))
          : undefined,
      ),
    )
    .orderBy(desc(sweeps.createdAt), desc(sweeps.id))
    .limit(input.limit + 1);
  const page = pageOf(
    rows,
    input.limit,
    (row) => [row.createdAt, row.id],
    (row) => row,
  );
  return {
    items: await Promise.all(page.items.map((row) => presentSweep(scope, row))),
    nextCursor: page.nextCursor,
  };
}

/** The keys of a sweep with their results. Administrators only. */
export async function listSweptKeys({ ctx, input }: Verb<ListSweptInput>): Promise<SweptPage> {
  requireAdmin(ctx);
  const { q, t } = ctx.db.read;
  const { keys, projects, secrets, sweepKeys } = t;
  const { id } = await mustFindSweep(ctx.db.read, input.sweepId);
  const after = readCursor(input.cursor, ["text"]);
  const rows = await q
    .select({ swept: sweepKeys, name: keys.name, projectName: projects.name, hint: secrets.hint })
    .from(sweepKeys)
    .innerJoin(keys, eq(keys.id, sweepKeys.keyId))
    .innerJoin(projects, eq(projects.id, sweepKeys.projectId))
    .innerJoin(secrets, and(eq(secrets.keyId, keys.id), isNull(secrets.overlapEndsAt)))
    .where(
      and(
        eq(sweepKeys.sweepId, id),
        input.state && eq(sweepKeys.state, input.state),
        after ? gt(sweepKeys.keyId, after[0]) : undefined,
      ),
    )
    .orderBy(asc(sweepKeys.keyId))
    .limit(input.limit + 1);
  return pageOf(
    rows,
    input.limit,
    ({ swept }) => [swept.keyId],
    ({ swept, name, projectName, hint }) => ({
      id: swept.keyId,
      name,
      hint,
      project: { id: swept.projectId, name: projectName },
      state: swept.state,
      lastUsedAt: isoOrNull(swept.lastUsedAt),
      note: swept.note,
    }),
  );
}

/** The sweep's row. Throws `not-found`. */
export async function mustFindSweep({ q, t: { sweeps } }: Scope, sweepId: string): Promise<SweepRow> {
  if (!/^\w+$/.test(sweepId)) throw notFound("sweep");
  const [row] = await q.select().from(sweeps).where(eq(sweeps.id, sweepId));
  if (!row) throw notFound("sweep");
  return row;
}

/** A sweep with its current counts. */
export async function presentSweep({ q, t: { sweepKeys } }: Scope, row: SweepRow): Promise<Sweep> {
  const counted = await q
    .select({ state: sweepKeys.state, n: count() })
    .from(sweepKeys)
    .where(eq(sweepKeys.sweepId, row.id))
    .groupBy(sweepKeys.state);
  const [touched] = await q
    .select({ n: countDistinct(sweepKeys.projectId) })
    .from(sweepKeys)
    .where(and(eq(sweepKeys.sweepId, row.id), inArray(sweepKeys.state, ["waiting", "revoked", "restored"])));
  const keys = { waiting: 0, revoked: 0, used: 0, failed: 0, restored: 0 };
  for (const { state, n } of counted) keys[state] = n;
  return {
    id: row.id,
    state: row.state,
    createdAt: iso(row.createdAt),
    createdBy: { id: row.createdBy, name: row.createdByName },
    startedBy: row.startedBy === null ? null : { id: row.startedBy, name: row.startedByName ?? "" },
    undoneBy: row.undoneBy === null ? null : { id: row.undoneBy, name: row.undoneByName ?? "" },
    unusedForDays: row.unusedForDays,
    reason: row.reason,
    startedAt: isoOrNull(row.startedAt),
    endedAt: isoOrNull(row.endedAt),
    undoableUntil: row.state === "done" && row.startedAt !== null ? iso(row.startedAt + RESTORABLE_MS) : null,
    keys,
    projects: touched?.n ?? 0,
  };
}
