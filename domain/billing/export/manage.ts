import { eq } from "drizzle-orm";
import { newId } from "#core/ids.ts";
import { HOUR_MS, iso, startOf } from "#core/time.ts";
import type { Tx } from "#db/open.ts";
import { recordAudit } from "../../audit/record.ts";
import { enforceMaxBillingExports } from "../../bounds.ts";
import { type Ctx, requireAdmin, type Verb } from "../../context.ts";
import { invalid } from "../../errors.ts";
import { requirePublicTarget } from "../../notifications/webhooks/create.ts";
import { sealerOf } from "../../notifications/webhooks/message.ts";
import { ADAPTERS } from "./adapters/index.ts";
import { requireExportable } from "./exportable-hours.ts";
import { type ExportRow, exportSealingContext, lockExport } from "./find.ts";
import { presentExport } from "./read.ts";
import type {
  BillingExport,
  BillingExportRef,
  CreateBillingExportInput,
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
  if (url === null) throw invalid("url", "Enter the URL that receives CloudEvents.");
  if (adapter !== "cloudevents" && secret === undefined)
    throw invalid("secret", "Enter the receiver's API key.");
  requirePublicTarget(ctx, url);
  const now = ctx.now();
  const startsAt = requireExportable(input.from ?? startOf(HOUR_MS, now), now);
  return ctx.db.write(async (tx) => {
    await enforceMaxBillingExports(tx);
    const id = newId("billingExport");
    const sealedSecret = secret === undefined ? null : sealerOf(ctx).seal(secret, exportSealingContext(id));
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
  return changeExport(ctx, input, "billingExport.updated", (row) => {
    const { url = row.url, secret, enabled = row.pausedAt === null, name, eventName } = input;
    if (url !== row.url) {
      requirePublicTarget(ctx, url);
      // Otherwise anyone who may change the URL could read the key at their own server.
      if (row.sealedSecret !== null && secret === undefined)
        throw invalid("secret", "Enter the receiver's API key again: it would be sent to the new URL.");
    }
    if (secret === null && row.adapter !== "cloudevents")
      throw invalid("secret", "This receiver needs an API key.");
    return {
      name: name ?? row.name,
      url,
      eventName: eventName ?? row.eventName,
      pausedAt: enabled ? null : (row.pausedAt ?? ctx.now()),
      ...(secret !== undefined && {
        sealedSecret: secret === null ? null : sealerOf(ctx).seal(secret, exportSealingContext(row.id)),
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
  return changeExport(ctx, input, "billingExport.tested", () => ({ testRequestedAt: ctx.now() }));
}

/** A process that sends at the moment stops before it stores anything: what it knows is outdated. */
export const LEASE_ENDED = { leaseOwner: null, leaseUntil: 0 };

/** Changes an export with an audit row, and ends the lease of a process that sends. Administrators only. */
export async function changeExport(
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
