import { and, asc, count, eq, gt, gte, inArray, max, min, ne } from "drizzle-orm";
import { HOUR_MS, iso, isoOrNull } from "#core/time.ts";
import type { Scope } from "#db/open.ts";
import { requireAdmin, SYSTEM_NAME, type Verb } from "../../context.ts";
import { pageOf, readCursor } from "../../lists.ts";
import { eventId } from "./event.ts";
import { closedUntil, oldestHour } from "./exportable-hours.ts";
import { type ExportRow, mustFindExport } from "./find.ts";
import { isAhead } from "./pick-batch.ts";
import type {
  BillingCustomer,
  BillingExport,
  BillingExportRef,
  HeldBillingEvent,
  ListBillingCustomersInput,
  ListHeldEventsInput,
} from "./schema.ts";

/** The exports of the site, oldest first. Administrators only. */
export async function listBillingExports({ ctx }: Pick<Verb<unknown>, "ctx">): Promise<{
  items: BillingExport[];
}> {
  requireAdmin(ctx);
  const { q, t } = ctx.db.read;
  const rows = await q
    .select()
    .from(t.billingExports)
    .orderBy(asc(t.billingExports.createdAt), asc(t.billingExports.id));
  return { items: await Promise.all(rows.map((row) => presentExport(ctx.db.read, row, ctx.now()))) };
}

/** One export. Administrators only. */
export async function getBillingExport({ ctx, input }: Verb<BillingExportRef>): Promise<BillingExport> {
  requireAdmin(ctx);
  return presentExport(ctx.db.read, await mustFindExport(ctx.db.read, input.exportId), ctx.now());
}

/** An export as the API shows it. */
export async function presentExport(scope: Scope, row: ExportRow, nowMs: number): Promise<BillingExport> {
  const { billingEvents, billingHeldEvents, users } = scope.t;
  const [creator] = await scope.q.select({ name: users.name }).from(users).where(eq(users.id, row.createdBy));
  const [ahead] = await scope.q
    .select({ n: count() })
    .from(billingEvents)
    .where(isAhead(scope, row, nowMs));
  const [fresh] = await scope.q
    .select({ hour: min(billingEvents.hour), since: min(billingEvents.createdAt) })
    .from(billingEvents)
    .where(and(gt(billingEvents.seq, row.furthest), gte(billingEvents.hour, row.startsAt)));
  const [due] = await scope.q
    .select({ hour: min(billingEvents.hour), since: min(billingHeldEvents.at) })
    .from(billingHeldEvents)
    .innerJoin(billingEvents, eq(billingEvents.seq, billingHeldEvents.seq))
    .where(and(eq(billingHeldEvents.exportId, row.id), eq(billingHeldEvents.reason, "due")));
  const waiting = [fresh, due];
  const held = await scope.q
    .select({ reason: billingHeldEvents.reason, n: count() })
    .from(billingHeldEvents)
    .where(and(eq(billingHeldEvents.exportId, row.id), ne(billingHeldEvents.reason, "not-billed")))
    .groupBy(billingHeldEvents.reason);
  const heldFor = (isDue: boolean) =>
    held.reduce((sum, { reason, n }) => sum + ((reason === "due") === isDue ? n : 0), 0);
  const generated = await generatedUntil(scope, row, nowMs);
  const behindMs = Math.max(
    closedUntil(nowMs) - generated,
    ...waiting.map((some) => nowMs - (some?.since ?? nowMs)),
  );
  return {
    id: row.id,
    name: row.name,
    adapter: row.adapter,
    url: row.url,
    eventName: row.eventName,
    source: row.source,
    hasSecret: row.sealedSecret !== null,
    startsAt: iso(row.startsAt),
    createdAt: iso(row.createdAt),
    createdBy: { id: row.createdBy, name: creator?.name ?? SYSTEM_NAME },
    enabled: row.pausedAt === null,
    exportedUntil: iso(Math.min(generated, ...waiting.map((some) => some?.hour ?? generated))),
    lagSeconds: Math.max(0, Math.round(behindMs / 1_000)),
    pendingEvents: (ahead?.n ?? 0) + heldFor(true),
    heldEvents: heldFor(false),
    replaying: row.position < row.furthest,
    lastError:
      row.lastError === null
        ? null
        : { time: iso(row.lastErrorAt ?? nowMs), message: row.lastError, failures: row.failures },
    nextAttemptAt: row.nextAttemptAt > nowMs ? iso(row.nextAttemptAt) : null,
    lastSuccessAt: isoOrNull(row.lastSuccessAt),
    lastTest: presentTest(row),
  };
}

/** The end of the hours of this export that are in events, without a gap. */
async function generatedUntil(
  { q, t: { billingHours } }: Scope,
  { startsAt }: ExportRow,
  nowMs: number,
): Promise<number> {
  const first = Math.max(startsAt, oldestHour(nowMs));
  const isOwn = gte(billingHours.hour, first);
  const [row] = await q
    .select({ last: max(billingHours.hour), n: count() })
    .from(billingHours)
    .where(isOwn);
  if (row?.last == null) return first;
  const end = row.last + HOUR_MS;
  if (row.n === (end - first) / HOUR_MS) return end;
  // After a replay from an hour before the export's first one.
  const hours = await q.select({ hour: billingHours.hour }).from(billingHours).where(isOwn);
  const known = new Set(hours.map(({ hour }) => hour));
  let until = first;
  while (known.has(until)) until += HOUR_MS;
  return until;
}

function presentTest({ lastTest, testRequestedAt }: ExportRow): BillingExport["lastTest"] {
  if (testRequestedAt !== null) return { state: "pending", time: iso(testRequestedAt) };
  if (lastTest === null) return null;
  const time = iso(lastTest.at);
  return lastTest.error === null
    ? { state: "accepted", time }
    : { state: "failed", time, message: lastTest.error };
}

/** Events that are not sent until someone acts, oldest first. Administrators only. */
export async function listHeldEvents({ ctx, input }: Verb<ListHeldEventsInput>): Promise<{
  items: HeldBillingEvent[];
  nextCursor: string | null;
}> {
  requireAdmin(ctx);
  const scope = ctx.db.read;
  await mustFindExport(scope, input.exportId);
  const { billingEvents, billingHeldEvents, projects } = scope.t;
  const after = readCursor(input.cursor, ["number"]);
  const rows = await scope.q
    .select({ event: billingEvents, held: billingHeldEvents, projectName: projects.name })
    .from(billingHeldEvents)
    .innerJoin(billingEvents, eq(billingEvents.seq, billingHeldEvents.seq))
    .leftJoin(projects, eq(projects.id, billingHeldEvents.projectId))
    .where(
      and(
        eq(billingHeldEvents.exportId, input.exportId),
        ne(billingHeldEvents.reason, "not-billed"),
        after ? gt(billingHeldEvents.seq, after[0]) : undefined,
      ),
    )
    .orderBy(asc(billingHeldEvents.seq))
    .limit(input.limit + 1);
  return pageOf(
    rows,
    input.limit,
    ({ held }) => [held.seq],
    ({ event, held, projectName }) => ({
      id: eventId(event),
      projectId: event.projectId,
      projectName: projectName ?? event.projectId,
      keyId: event.keyId,
      api: event.api,
      operation: event.operation,
      hour: iso(event.hour),
      units: event.units,
      reason: held.reason,
      detail: held.detail,
      heldSince: iso(held.at),
    }),
  );
}

/** Every project, and who is billed for it. Administrators only. */
export async function listBillingCustomers({ ctx, input }: Verb<ListBillingCustomersInput>): Promise<{
  items: BillingCustomer[];
  nextCursor: string | null;
}> {
  requireAdmin(ctx);
  const scope = ctx.db.read;
  await mustFindExport(scope, input.exportId);
  const { projects } = scope.t;
  const after = readCursor(input.cursor, ["text"]);
  const rows = await scope.q
    .select({ id: projects.id, name: projects.name })
    .from(projects)
    .where(after ? gt(projects.id, after[0]) : undefined)
    .orderBy(asc(projects.id))
    .limit(input.limit + 1);
  const customers = await customersOf(
    scope,
    input.exportId,
    rows.map(({ id }) => id),
  );
  return pageOf(
    rows,
    input.limit,
    ({ id }) => [id],
    ({ id, name }) => ({
      projectId: id,
      projectName: name,
      customer: customers.get(id) ?? null,
      assigned: customers.has(id),
    }),
  );
}

async function customersOf(
  { q, t: { billingCustomers } }: Scope,
  exportId: string,
  projectIds: string[],
): Promise<Map<string, string | null>> {
  if (projectIds.length === 0) return new Map();
  const rows = await q
    .select()
    .from(billingCustomers)
    .where(and(eq(billingCustomers.exportId, exportId), inArray(billingCustomers.projectId, projectIds)));
  return new Map(rows.map(({ projectId, customer }) => [projectId, customer]));
}
