import { createAlert, deleteAlert, listAlerts, updateAlert } from "#domain/notifications/alerts/manage.ts";
import { createWebhook } from "#domain/notifications/webhooks/create.ts";
import { getWebhook, listDeliveries, listWebhooks } from "#domain/notifications/webhooks/list.ts";
import { deleteWebhook, rotateWebhookSecret, updateWebhook } from "#domain/notifications/webhooks/manage.ts";
import { replayDelivery, testWebhook } from "#domain/notifications/webhooks/send.ts";
import { START } from "../people.ts";
import { row, type VerbRow } from "./verb-row.ts";

const ALERT = "alr_alert";
const RULE = { kind: "new-network" } as const;
const DESTINATIONS = { bell: true, mail: true, webhooks: true };

const addAlert: VerbRow["prepare"] = ({ db }, { projectId }) =>
  db.write(({ q, t }) =>
    q
      .insert(t.alerts)
      .values({ id: ALERT, projectId, rule: RULE, ...DESTINATIONS, createdAt: START, createdBy: "usr_x" }),
  );

/** The verbs of a project's webhooks and alerts. */
export const WEBHOOK_VERBS: VerbRow[] = [
  row("owner", "listWebhooks", (ctx, { projectId }) => listWebhooks({ ctx, input: { projectId } })),
  row("owner", "getWebhook", (ctx, { projectId, webhookId }) =>
    getWebhook({ ctx, input: { projectId, webhookId } }),
  ),
  row("owner", "listDeliveries", (ctx, { projectId, webhookId }) =>
    listDeliveries({ ctx, input: { projectId, webhookId, limit: 50 } }),
  ),
  row(
    "owner",
    "createWebhook",
    (ctx, { projectId }) =>
      createWebhook({
        ctx,
        input: { projectId, url: "https://example.com/new", kinds: [], format: "signed" },
      }),
    { audit: "webhook.created", changes: [] },
  ),
  row(
    "owner",
    "updateWebhook",
    (ctx, { projectId, webhookId }) =>
      updateWebhook({ ctx, input: { projectId, webhookId, enabled: false } }),
    { audit: "webhook.updated", changes: [] },
  ),
  row(
    "owner",
    "deleteWebhook",
    (ctx, { projectId, webhookId }) => deleteWebhook({ ctx, input: { projectId, webhookId } }),
    { audit: "webhook.deleted", changes: [] },
  ),
  row(
    "owner",
    "rotateWebhookSecret",
    (ctx, { projectId, webhookId }) => rotateWebhookSecret({ ctx, input: { projectId, webhookId } }),
    { audit: "webhook.secret-rotated", changes: [] },
  ),
  row(
    "owner",
    "testWebhook",
    (ctx, { projectId, webhookId }) => testWebhook({ ctx, input: { projectId, webhookId } }),
    { audit: "webhook.tested", changes: [] },
  ),
  row(
    "owner",
    "replayDelivery",
    (ctx, { projectId, webhookId, deliveryId }) =>
      replayDelivery({ ctx, input: { projectId, webhookId, deliveryId } }),
    { audit: "webhook.replayed", changes: [] },
  ),
  row("viewer", "listAlerts", (ctx, { projectId }) => listAlerts({ ctx, input: { projectId } })),
  row(
    "owner",
    "createAlert",
    (ctx, { projectId }) => createAlert({ ctx, input: { projectId, rule: RULE, ...DESTINATIONS } }),
    { audit: "alert.created", changes: [] },
  ),
  {
    ...row(
      "owner",
      "updateAlert",
      (ctx, { projectId }) => updateAlert({ ctx, input: { projectId, alertId: ALERT, enabled: false } }),
      { audit: "alert.updated", changes: [] },
    ),
    prepare: addAlert,
  },
  {
    ...row(
      "owner",
      "deleteAlert",
      (ctx, { projectId }) => deleteAlert({ ctx, input: { projectId, alertId: ALERT } }),
      { audit: "alert.deleted", changes: [] },
    ),
    prepare: addAlert,
  },
];
