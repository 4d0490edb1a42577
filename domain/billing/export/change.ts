import { and, eq, gte, lte, min, notInArray } from "drizzle-orm";
import { newId } from "#core/ids.ts";
import { HOUR_MS, iso, startOf } from "#core/time.ts";
import type { Tx } from "#db/open.ts";
import { recordAudit } from "../../audit/record.ts";
import { requireRoomForBillingExport } from "../../bounds.ts";
import { type Ctx, requireAdmin, type Verb } from "../../context.ts";
import { DomainError, invalid, notFound } from "../../errors.ts";
import { requirePublicTarget } from "../../notifications/webhooks/create.ts";
import { sealerOf } from "../../notifications/webhooks/message.ts";
import { ADAPTERS } from "./adapters/index.ts";
import { type ExportRow, lockExport, sealingFor } from "./find.ts";
import { oldestHour } from "./hours.ts";
import { presentExport } from "./read.ts";
import type {
  BillingCustomer,
  BillingCustomerRef,
  BillingExport,
  BillingExportRef,
  CreateBillingExportInput,
  ReplayBillingExportInput,
  SetBillingCustomerInput,
  UpdateBillingExportInput,
} from "./schema.ts";

/** Creates an export. Usage is sent from the hour `from` on, as soon as hours are closed. Administrators only. */
export async function createBillingExport({
  ctx,
  input,
}: Verb<CreateBillingExportInput>): Promise<BillingExport> {
  requireAdmin(ctx);
  const { name, adapter, eventName, secret } = input;
  const url = input.url ?? ADAPTERS[adapter].defaultUrl;
  if (url === null) throw invalid("url", "Write the URL that takes CloudEvents.");
  if (adapter !== "cloudevents" && secret === undefined)
    throw invalid("secret", "Write the receiver's API key.");
  requirePublicTarget(ctx, url);
  const now = ctx.now();
  const startsAt = requireExportable(input.from ?? startOf(HOUR_MS, now), now);
  return ctx.db.write(async (tx) => {
    await requireRoomForBillingExport(tx);
    const id = newId("billingExport");
    const sealedSecret = secret === undefined ? null : sealerOf(ctx).seal(secret, sealingFor(id));
    const row = {
      id,
      name,
      adapter,
      url,
      eventName,
      source: ctx.settings.url,
      sealedSecret,
      startsAt,
      createdAt: now,
      createdBy: ctx.actor.kind === "user" ? ctx.actor.userId : "",
    };
    const [created] = await tx.q.insert(tx.t.billingExports).values(row).returning();
    if (!created) throw new Error("the new billing export is missing");
    await recordAudit(tx, ctx, {
      action: "billingExport.created",
      subject: row,
      after: { name, adapter, url, eventName, from: iso(startsAt), hasSecret: sealedSecret !== null },
    });
    return presentExport(tx, created, now);
  });
}

/** Changes an export, pauses it or lets it continue. Administrators only. */
export async function updateBillingExport({
  ctx,
  input,
}: Verb<UpdateBillingExportInput>): Promise<BillingExport> {
  return change(ctx, input, "billingExport.updated", (row) => {
    const { url = row.url, secret, enabled = row.pausedAt === null, name, eventName } = input;
    if (url !== row.url) {
      requirePublicTarget(ctx, url);
      // Otherwise anyone who may change the URL could read the key at their own server.
      if (row.sealedSecret !== null && secret === undefined)
        throw invalid("secret", "Write the receiver's API key again. It would be sent to the new URL.");
    }
    if (secret === null && row.adapter !== "cloudevents")
      throw invalid("secret", "This receiver needs an API key.");
    return {
      name: name ?? row.name,
      url,
      eventName: eventName ?? row.eventName,
      pausedAt: enabled ? null : (row.pausedAt ?? ctx.now()),
      ...(secret !== undefined && {
        sealedSecret: secret === null ? null : sealerOf(ctx).seal(secret, sealingFor(row.id)),
      }),
      // The cause of an error may be gone.
      nextAttemptAt: 0,
    };
  });
}

/** Deletes an export with its settings. Events stay for other exports. Administrators only. */
export async function deleteBillingExport({ ctx, input }: Verb<BillingExportRef>): Promise<undefined> {
  requireAdmin(ctx);
  await ctx.db.write(async (tx) => {
    const row = await lockExport(tx, input.exportId);
    await tx.q.delete(tx.t.billingExports).where(eq(tx.t.billingExports.id, row.id));
    await recordAudit(tx, ctx, {
      action: "billingExport.deleted",
      subject: row,
      before: { name: row.name, adapter: row.adapter, url: row.url },
    });
  });
}

/** Has an event sent that bills nothing. Its result is in `lastTest` soon. Administrators only. */
export async function testBillingExport({ ctx, input }: Verb<BillingExportRef>): Promise<BillingExport> {
  return change(ctx, input, "billingExport.tested", () => ({ testRequestedAt: ctx.now() }));
}

/**
 * Sends the usage from an hour on again, with the same ids: receivers that have it drop the repetitions. An earlier hour
 * than the export's first one also becomes its first one. Administrators only.
 */
export async function replayBillingExport({
  ctx,
  input,
}: Verb<ReplayBillingExportInput>): Promise<BillingExport> {
  const from = requireExportable(input.from, ctx.now());
  return change(ctx, input, "billingExport.replayed", async (row, tx) => {
    await requireRemembered(ctx, tx, row, from);
    // Usage before the export began is new to the receiver, and not acknowledged.
    const set =
      from < row.startsAt
        ? { startsAt: from, position: 0, furthest: 0, replayFrom: null }
        : { position: 0, replayFrom: from };
    return { ...set, failures: 0, nextAttemptAt: 0 };
  });
}

/** Throws `conflict` if the receiver would count an event twice, because it has forgotten its id. */
async function requireRemembered(ctx: Ctx, tx: Tx, row: ExportRow, from: number): Promise<void> {
  const { remembersMs } = ADAPTERS[row.adapter];
  if (remembersMs === null) return;
  const { billingEvents } = tx.t;
  const [oldest] = await tx.q
    .select({ at: min(billingEvents.createdAt) })
    .from(billingEvents)
    .where(and(gte(billingEvents.hour, from), lte(billingEvents.seq, row.furthest)));
  if (oldest?.at == null || oldest.at > ctx.now() - remembersMs) return;
  throw new DomainError(
    "conflict",
    `This receiver recognizes a repetition for ${Math.ceil(remembersMs / HOUR_MS) + 1} hours only: it would bill older usage twice. Choose a later hour.`,
  );
}

/** Held events become due again: those that were rejected, too old, uncertain or without a customer. Administrators only. */
export async function resendHeldEvents({ ctx, input }: Verb<BillingExportRef>): Promise<{ events: number }> {
  requireAdmin(ctx);
  return ctx.db.write(async (tx) => {
    const row = await lockExport(tx, input.exportId);
    const { billingHeldEvents } = tx.t;
    const released = await tx.q
      .update(billingHeldEvents)
      .set({ reason: "due", at: ctx.now() })
      .where(
        and(
          eq(billingHeldEvents.exportId, row.id),
          notInArray(billingHeldEvents.reason, ["not-billed", "due"]),
        ),
      )
      .returning({ seq: billingHeldEvents.seq });
    const events = released.length;
    await tx.q
      .update(tx.t.billingExports)
      .set({ nextAttemptAt: 0, ...LEASE_ENDED })
      .where(eq(tx.t.billingExports.id, row.id));
    await recordAudit(tx, ctx, {
      action: "billingExport.held-resent",
      subject: row,
      after: { events },
    });
    return { events };
  });
}

/** Says who is billed for a project, or that nobody is. Its held events are sent. Administrators only. */
export async function setBillingCustomer({
  ctx,
  input,
}: Verb<SetBillingCustomerInput>): Promise<BillingCustomer> {
  const { exportId, projectId, customer } = input;
  const projectName = await assign(ctx, input, customer, async (tx) => {
    await tx.q
      .insert(tx.t.billingCustomers)
      .values({ exportId, projectId, customer })
      .onConflictDoUpdate({
        target: [tx.t.billingCustomers.exportId, tx.t.billingCustomers.projectId],
        set: { customer },
      });
  });
  return { projectId, projectName, customer, assigned: true };
}

/** Removes a project's customer. A receiver that needs one gets no more events of it. Administrators only. */
export async function removeBillingCustomer({ ctx, input }: Verb<BillingCustomerRef>): Promise<undefined> {
  const { exportId, projectId } = input;
  await assign(ctx, input, undefined, async (tx) => {
    const { billingCustomers } = tx.t;
    await tx.q
      .delete(billingCustomers)
      .where(and(eq(billingCustomers.exportId, exportId), eq(billingCustomers.projectId, projectId)));
  });
}

async function assign(
  ctx: Ctx,
  { exportId, projectId }: BillingCustomerRef,
  customer: string | null | undefined,
  write: (tx: Tx) => Promise<void>,
): Promise<string> {
  requireAdmin(ctx);
  return ctx.db.write(async (tx) => {
    const row = await lockExport(tx, exportId);
    const { projects, billingHeldEvents, billingCustomers, billingExports } = tx.t;
    const [project] = await tx.q
      .select({ name: projects.name })
      .from(projects)
      .where(eq(projects.id, projectId));
    if (!project) throw notFound("project");
    const [before] = await tx.q
      .select({ customer: billingCustomers.customer })
      .from(billingCustomers)
      .where(and(eq(billingCustomers.exportId, exportId), eq(billingCustomers.projectId, projectId)));
    await write(tx);
    await tx.q
      .update(billingHeldEvents)
      .set({ reason: "due", at: ctx.now() })
      .where(
        and(
          eq(billingHeldEvents.exportId, exportId),
          eq(billingHeldEvents.projectId, projectId),
          // Uncertain ones may be at the receiver, and that nobody was billed was a decision.
          notInArray(billingHeldEvents.reason, ["uncertain", "not-billed"]),
        ),
      );
    await tx.q
      .update(billingExports)
      .set({ nextAttemptAt: 0, ...LEASE_ENDED })
      .where(eq(billingExports.id, row.id));
    if (before?.customer === customer) return project.name;
    await recordAudit(tx, ctx, {
      action: "billingExport.customer-set",
      subject: row,
      before: { project: projectId, ...before },
      after: { project: projectId, ...(customer !== undefined && { customer }) },
    });
    return project.name;
  });
}

/** A process that sends at the moment stops before it stores anything: what it knows is outdated. */
const LEASE_ENDED = { leaseOwner: null, leaseUntil: 0 };

async function change(
  ctx: Ctx,
  { exportId }: BillingExportRef,
  action: string,
  fields: (row: ExportRow, tx: Tx) => Partial<ExportRow> | Promise<Partial<ExportRow>>,
): Promise<BillingExport> {
  requireAdmin(ctx);
  return ctx.db.write(async (tx) => {
    const row = await lockExport(tx, exportId);
    const set = await fields(row, tx);
    const { billingExports } = tx.t;
    await tx.q
      .update(billingExports)
      .set({ ...set, ...LEASE_ENDED })
      .where(eq(billingExports.id, row.id));
    const changed = { ...row, ...set };
    await recordAudit(tx, ctx, { action, subject: changed, ...traceOf(row, set) });
    return presentExport(tx, changed, ctx.now());
  });
}

/** Never includes a sealed secret. */
function traceOf(row: ExportRow, set: Partial<ExportRow>) {
  const fields = (of: ExportRow) => ({
    name: of.name,
    url: of.url,
    eventName: of.eventName,
    enabled: of.pausedAt === null,
    from: iso(of.startsAt),
    ...(of.replayFrom !== null && { replayFrom: iso(of.replayFrom) }),
  });
  const after = fields({ ...row, ...set });
  return {
    before: fields(row),
    after: { ...after, ...(set.sealedSecret !== undefined && { newSecret: set.sealedSecret !== null }) },
  };
}

function requireExportable(from: number, nowMs: number): number {
  if (from < oldestHour(nowMs)) throw invalid("from", "Usage of at most the last 90 days can be exported.");
  if (from > startOf(HOUR_MS, nowMs)) throw invalid("from", "Choose an hour that has begun.");
  return from;
}
