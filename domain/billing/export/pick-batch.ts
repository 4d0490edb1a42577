import { and, asc, eq, gt, gte, or, type SQL, sql } from "drizzle-orm";
import type { Scope } from "#db/open.ts";
import type { HeldReason } from "#db/tables/billing-export.ts";
import type { Adapter } from "./adapters/adapter.ts";
import { ADAPTERS } from "./adapters/index.ts";
import type { BillingEvent } from "./event.ts";
import type { ExportRow } from "./find.ts";

/** The next events of an export, in order. */
export interface Batch {
  events: BillingEvent[];
  /** Whether a person had held events sent again. They are behind the export's position. */
  resent: boolean;
  /** Of `events`: those that are held instead of sent, by their number. */
  held: Map<number, HeldReason>;
}

/**
 * Events that an export has not come to yet. A replay leaves out the hours before its first one, and what the receiver
 * has and no longer recognizes: a replay may take longer than its memory of ids.
 */
export function isAhead({ t: { billingEvents } }: Scope, row: ExportRow, nowMs: number): SQL | undefined {
  const { remembersMs } = ADAPTERS[row.adapter];
  return and(
    gt(billingEvents.seq, row.position),
    gte(billingEvents.hour, row.startsAt),
    row.replayFrom === null
      ? undefined
      : or(gte(billingEvents.hour, row.replayFrom), gt(billingEvents.seq, row.furthest)),
    remembersMs === null
      ? undefined
      : or(gt(billingEvents.seq, row.furthest), gt(billingEvents.createdAt, nowMs - remembersMs)),
  );
}

/**
 * The next batch; without events if nothing is left. The event whose result is unknown comes first, because only of one
 * is known since when, then events to send again.
 */
export async function pickBatch(
  scope: Scope,
  row: ExportRow,
  { adapter, limit, nowMs }: { adapter: Adapter; limit: number; nowMs: number },
): Promise<Batch> {
  const ahead = await readEvents(scope, row, { limit, nowMs, which: "ahead" });
  const isOpenAhead = ahead[0] !== undefined && ahead[0].seq === row.openSeq;
  const resent = isOpenAhead ? [] : await readEvents(scope, row, { limit, nowMs, which: "due" });
  const picked = resent.length > 0 ? resent : ahead;
  const held = new Map<number, HeldReason>();
  for (const { assigned, ...event } of picked) {
    const reason = heldReason(event, assigned, row, adapter, nowMs);
    if (reason !== null) held.set(event.seq, reason);
  }
  return { events: picked.map(({ assigned: _, ...event }) => event), resent: resent.length > 0, held };
}

interface PickedEvent extends BillingEvent {
  /** Whether an administrator said who is billed, or that nobody is. */
  assigned: boolean;
}

async function readEvents(
  scope: Scope,
  row: ExportRow,
  { limit, nowMs, which }: { limit: number; nowMs: number; which: "due" | "ahead" },
): Promise<PickedEvent[]> {
  const { billingEvents, billingHeldEvents, billingCustomers } = scope.t;
  const query = scope.q
    .select({
      event: billingEvents,
      customer: billingCustomers.customer,
      assigned: sql<string | null>`${billingCustomers.projectId}`,
    })
    .from(billingEvents)
    .leftJoin(
      billingCustomers,
      and(eq(billingCustomers.exportId, row.id), eq(billingCustomers.projectId, billingEvents.projectId)),
    )
    .$dynamic();
  const isHeld = and(
    eq(billingHeldEvents.exportId, row.id),
    eq(billingHeldEvents.seq, billingEvents.seq),
    eq(billingHeldEvents.reason, "due"),
  );
  const rows = await (which === "due"
    ? query.innerJoin(billingHeldEvents, isHeld)
    : query.where(isAhead(scope, row, nowMs))
  )
    .orderBy(...(which === "due" ? [openFirst(scope, row)] : []), asc(billingEvents.seq))
    .limit(limit);
  return rows.map(({ event, customer, assigned }) => ({ ...event, customer, assigned: assigned !== null }));
}

function openFirst({ t: { billingEvents } }: Scope, { openSeq }: ExportRow): SQL {
  return sql`case when ${billingEvents.seq} = ${openSeq ?? 0} then 0 else 1 end`;
}

function heldReason(
  { seq, hour, customer }: BillingEvent,
  assigned: boolean,
  { openSeq, openSince }: ExportRow,
  { needsCustomer, maxAgeMs, remembersMs }: Adapter,
  nowMs: number,
): HeldReason | null {
  if (assigned && customer === null) return "not-billed";
  if (!assigned && needsCustomer) return "no-customer";
  if (maxAgeMs !== null && nowMs - hour > maxAgeMs) return "too-old";
  const isOpen = openSeq === seq && openSince !== null;
  if (isOpen && remembersMs !== null && nowMs - openSince > remembersMs) return "uncertain";
  return null;
}
