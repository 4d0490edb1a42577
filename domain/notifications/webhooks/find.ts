import { and, asc, type Column, eq, inArray, isNull, max, type SQL, sql } from "drizzle-orm";
import { iso } from "#core/time.ts";
import type { Scope, Tx } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import { notFound } from "../../errors.ts";
import type { WebhookOwner } from "./owner.ts";
import type { Webhook } from "./schema.ts";

export type WebhookRow = Tables["webhooks"]["$inferSelect"];

/** A webhook of a project or of the site. */
export interface OwnedWebhook extends WebhookOwner {
  webhookId: string;
}

/** The condition for the webhooks of a project, or of the site. */
export function isOwnedBy(column: Column, projectId: string | null): SQL {
  return projectId === null ? isNull(column) : eq(column, projectId);
}

/** The webhook's row, if it belongs to this project or the site and is not deleted. Throws `not-found` otherwise. */
export async function mustFindWebhook(
  { q, t: { webhooks } }: Scope,
  { projectId, webhookId }: OwnedWebhook,
): Promise<WebhookRow> {
  const [row] = await q
    .select()
    .from(webhooks)
    .where(
      and(eq(webhooks.id, webhookId), isOwnedBy(webhooks.projectId, projectId), isNull(webhooks.deletedAt)),
    );
  if (!row) throw notFound("webhook");
  return row;
}

/** Locks the webhook's row until the transaction ends, so that concurrent changes run one after the other. */
export async function lockWebhook(tx: Tx, ref: OwnedWebhook): Promise<WebhookRow> {
  const { webhooks } = tx.t;
  await tx.q
    .update(webhooks)
    .set({ id: sql`${webhooks.id}` })
    .where(and(eq(webhooks.id, ref.webhookId), isOwnedBy(webhooks.projectId, ref.projectId)));
  return mustFindWebhook(tx, ref);
}

/** A webhook as the subject of an audit row. */
export function subjectOf({ id, url }: Pick<WebhookRow, "id" | "url">): { id: string; name: string } {
  return { id, name: new URL(url).host };
}

/** Webhooks as the API shows them. */
export async function presentWebhooks(scope: Scope, rows: WebhookRow[], nowMs: number): Promise<Webhook[]> {
  const last = await lastDeliveries(
    scope,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    id: row.id,
    projectId: row.projectId,
    format: row.format,
    url: row.url,
    kinds: row.kinds,
    enabled: row.disabledAt === null,
    createdAt: iso(row.createdAt),
    olderSecretUntil: row.previousUntil !== null && row.previousUntil > nowMs ? iso(row.previousUntil) : null,
    lastDelivery: last.get(row.id) ?? null,
  }));
}

async function lastDeliveries({ q, t: { deliveries } }: Scope, ids: string[]) {
  if (ids.length === 0) return new Map<string, Webhook["lastDelivery"]>();
  const newest = q
    .select({ webhookId: deliveries.webhookId, at: max(deliveries.at).as("newest") })
    .from(deliveries)
    .where(inArray(deliveries.webhookId, ids))
    .groupBy(deliveries.webhookId)
    .as("last");
  const rows = await q
    .select({ webhookId: deliveries.webhookId, state: deliveries.state, at: deliveries.at })
    .from(deliveries)
    .innerJoin(newest, and(eq(newest.webhookId, deliveries.webhookId), eq(newest.at, deliveries.at)))
    .orderBy(asc(deliveries.id));
  return new Map(rows.map(({ webhookId, state, at }) => [webhookId, { state, time: iso(at) }]));
}
