import { DAY_MS, HOUR_MS, startOf } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import type { ExportRequest } from "#domain/billing/export/adapters/adapter.ts";
import { correctAllHours, generateEvents } from "#domain/billing/export/generate.ts";
import { createBillingExport } from "#domain/billing/export/manage.ts";
import { getBillingExport, listHeldEvents } from "#domain/billing/export/read.ts";
import { reconcileBillingExport } from "#domain/billing/export/reconcile.ts";
import type { SendResult } from "#domain/billing/export/run-exports.ts";
import { createBillingExportSchema, reconcileBillingExportSchema } from "#domain/billing/export/schema.ts";
import { runExports } from "#domain/billing/export/send.ts";
import type { Ctx } from "#domain/context.ts";
import type { UsageRow } from "#engine/aggregation/usage-rows.ts";
import { addUsage, sumUsage } from "#engine/usage/store.ts";
import { openTestDb } from "./db.ts";
import { type Clock, ctxOf, makeClock, makeProject, makeUser, TEST_SETTINGS } from "./people.ts";

/** One part of usage. */
export interface CountedUsage {
  hour: number;
  keyId?: string;
  operation?: string;
  requests?: number;
  units?: number;
  code?: string;
}

/** A site with a project, an administrator, and a clock. `toPrivate`: exports may go to this machine. */
export async function billingSite({ toPrivate = false, db: given }: { toPrivate?: boolean; db?: Db } = {}) {
  const db = given ?? (await openTestDb());
  const clock = makeClock();
  const admin = await makeUser(db, { siteRole: "admin" });
  const settings = { ...TEST_SETTINGS, webhooksToPrivate: toPrivate };
  const ctx = ctxOf(db, admin, { clock, settings });
  const projectId = await makeProject(db, admin, "Shop");
  return { db, clock, ctx, projectId };
}
export type BillingSite = Awaited<ReturnType<typeof billingSite>>;

let batches = 0;

/** Counts usage, as a verifier does. */
export async function countUsage({ db, projectId }: BillingSite, usage: CountedUsage[]): Promise<void> {
  const rows = usage.flatMap(
    ({ hour, keyId = "key_1", operation = "send", requests = 1, units = requests, code = "VALID" }) =>
      (["hour", "day"] as const).map((interval): UsageRow => {
        const bucket = interval === "hour" ? hour : startOf(DAY_MS, hour);
        const labels = [keyId, `sec_${keyId}`, "chat", operation, "live", code] as const;
        return [interval, projectId, bucket, ...labels, requests, units];
      }),
  );
  batches++;
  // ClickHouse counts an id once, and tests share one.
  await db.write((tx) => addUsage(tx, { id: `billing batch ${batches}`, rows: mergeRows(rows) }));
}

/** The rows of a batch have distinct labels: Postgres updates no row twice in a statement. */
function mergeRows(rows: UsageRow[]): UsageRow[] {
  const byLabels = Map.groupBy(rows, (row) => JSON.stringify(row.slice(0, -2)));
  return [...byLabels.values()].map((same) =>
    same.reduce((sum, row) => sum.with(9, sum[9] + row[9]).with(10, sum[10] + row[10]) as UsageRow),
  );
}

export function newExport(ctx: Ctx, fields: object = {}) {
  return createBillingExport({
    ctx,
    input: createBillingExportSchema.parse({
      name: "Billing",
      adapter: "cloudevents",
      url: "https://billing.example/events",
      ...fields,
    }),
  });
}

/** What the tests of exports read of a site, and how they count usage and close the hour. */
export function exportHelpers(site: () => BillingSite) {
  return {
    stateOf: (exportId: string) => getBillingExport({ ctx: site().ctx, input: { exportId } }),
    reconcile: (exportId: string, fields: object = {}) =>
      reconcileBillingExport({
        ctx: site().ctx,
        input: reconcileBillingExportSchema.parse({ exportId, ...fields }),
      }),
    heldOf: async (exportId: string) =>
      (await listHeldEvents({ ctx: site().ctx, input: { exportId, limit: 50 } })).items,
    count: (hoursAgo = 0, fields: object = {}) =>
      countUsage(site(), [
        { hour: currentHour(site()) - hoursAgo * HOUR_MS, requests: 2, units: 6, ...fields },
      ]),
    closeHour: () => site().clock.advance(HOUR_MS + 11 * 60_000),
  };
}

/** The answer of a receiver that took a request. */
export const EXPORT_OK: SendResult = { status: 204, body: "", retryAfterMs: null };

export type Send = (url: string, request: ExportRequest) => Promise<SendResult>;

/** Collects the usage of closed hours, late usage included, and sends what is due. */
export async function exportUsage({ db, clock, ctx }: BillingSite, send: Send, from: Db = db): Promise<void> {
  while ((await generateEvents(from, { recent: 0, older: 0 }, clock.now())) > 0);
  await correctAllHours(from, clock.now());
  if (ctx.sealer === null) throw new Error("the site has a sealer");
  await runExports({ db: from, sealer: ctx.sealer, now: clock.now, send });
}

/** The start of the clock's hour. */
export const currentHour = ({ clock }: { clock: Clock }) => startOf(HOUR_MS, clock.now());

/** A receiver of CloudEvents that counts each id once, as OpenMeter does. */
export function dedupingReceiver() {
  const seen = new Map<
    string,
    { hour: number; keyId: string; operation: string; requests: number; units: number }
  >();
  const requests: string[][] = [];
  return {
    seen,
    /** The ids of each request. */
    requests,
    take({ body }: ExportRequest): void {
      const events: { id: string; time: string; data: Record<string, unknown> }[] = JSON.parse(body);
      requests.push(events.map(({ id }) => id));
      for (const { id, time, data } of events) {
        const known = seen.get(id);
        const counted = {
          hour: Date.parse(time),
          keyId: String(data.keyId),
          operation: String(data.operation),
          requests: Number(data.requests),
          units: Number(data.units),
        };
        if (known && JSON.stringify(known) !== JSON.stringify(counted))
          throw new Error(`event ${id} changed its content`);
        seen.set(id, counted);
      }
    },
    total() {
      const sums = { requests: 0, units: 0 };
      for (const { requests: r, units } of seen.values()) {
        sums.requests += r;
        sums.units += units;
      }
      return sums;
    },
  };
}

/** Allowed requests and units by hour, key and operation, as counted by the verifiers. */
export async function usageByKey({ db }: BillingSite, until: number): Promise<Map<string, [number, number]>> {
  const rows = await sumUsage(db.read, {
    by: ["bucket", "keyId", "operation"],
    sums: ["checks", "units"],
    buckets: [{ interval: "hour", from: 0, to: until }],
    where: { code: ["VALID"] },
    onlyKnown: true,
  });
  return new Map(
    rows
      .map(
        ({ bucket, keyId, operation, checks, units }) =>
          [`${bucket} ${keyId} ${operation}`, [checks, units]] as [string, [number, number]],
      )
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
