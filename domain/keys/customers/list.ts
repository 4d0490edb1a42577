import { and, asc, eq, gt, isNotNull, isNull, sql } from "drizzle-orm";
import { isoOrNull } from "#core/time.ts";
import { requireProjectRole } from "../../access/project-access.ts";
import type { Ctx, Verb } from "../../context.ts";
import { pageOf, readCursor } from "../../lists.ts";
import { countWhere } from "../count.ts";
import { hasStatus } from "../status.ts";
import type { Customer, CustomerPage, CustomerRef, ListCustomersInput } from "./schema.ts";

/** The external IDs of a project's keys, in alphabetical order, each with its keys added up. */
export async function listCustomers({ ctx, input }: Verb<ListCustomersInput>): Promise<CustomerPage> {
  const { q, t } = ctx.db.read;
  const { keys } = t;
  await requireProjectRole(ctx.db.read, ctx, input.projectId, "viewer");
  const after = readCursor(input.cursor, ["text"]);
  const rows = await q
    .select({ externalId: keys.externalId, ...sumsOf(ctx) })
    .from(keys)
    .where(
      and(
        eq(keys.projectId, input.projectId),
        isNotNull(keys.externalId),
        after ? gt(keys.externalId, after[0]) : undefined,
      ),
    )
    .groupBy(keys.externalId)
    .orderBy(asc(keys.externalId))
    .limit(input.limit + 1);
  return pageOf(
    rows,
    input.limit,
    ({ externalId }) => [externalId],
    ({ externalId, ...sums }) => present(externalId ?? "", sums),
    ctx.settings.bounds.responseBytes,
  );
}

/** One external ID of a project, with its keys added up; none if no key has it. */
export async function getCustomer({ ctx, input }: Verb<CustomerRef>): Promise<Customer> {
  const { q, t } = ctx.db.read;
  const { keys } = t;
  const { projectId, externalId } = input;
  await requireProjectRole(ctx.db.read, ctx, projectId, "viewer");
  const [sums] = await q
    .select(sumsOf(ctx))
    .from(keys)
    .where(and(eq(keys.projectId, projectId), eq(keys.externalId, externalId)));
  return present(externalId, sums ?? { keys: 0, active: 0, lastUsedAt: null });
}

function sumsOf(ctx: Ctx) {
  const { keys } = ctx.db.read.t;
  return {
    keys: countWhere(isNull(keys.revokedAt)),
    active: countWhere(hasStatus(keys, "active", ctx.now())),
    lastUsedAt: sql<number | null>`max(${keys.lastUsedAt})`.mapWith(Number),
  };
}

function present(
  externalId: string,
  { keys, active, lastUsedAt }: { keys: number; active: number; lastUsedAt: number | null },
): Customer {
  return { externalId, keys, active, lastUsedAt: isoOrNull(lastUsedAt) };
}
