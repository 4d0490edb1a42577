import {
  createSiteWebhook,
  deleteSiteWebhook,
  getSiteWebhook,
  listSiteDeliveries,
  listSiteWebhooks,
  replaySiteDelivery,
  rotateSiteWebhookSecret,
  testSiteWebhook,
  updateSiteWebhook,
} from "#domain/notifications/webhooks/site.ts";
import { forAdmins, type VerbRow } from "./verb-row.ts";

const writes = (audit: string) => ({ audit, changes: [], projectId: null });

/** The verbs of webhooks that receive the events of all projects. */
export const SITE_WEBHOOK_VERBS: VerbRow[] = [
  forAdmins("listSiteWebhooks", (ctx) => listSiteWebhooks({ ctx, input: {} })),
  forAdmins(
    "createSiteWebhook",
    (ctx) => createSiteWebhook({ ctx, input: { url: "https://example.com/new", kinds: [] } }),
    writes("webhook.created"),
  ),
  forAdmins("getSiteWebhook", (ctx, { siteWebhookId: webhookId }) =>
    getSiteWebhook({ ctx, input: { webhookId } }),
  ),
  forAdmins("listSiteDeliveries", (ctx, { siteWebhookId: webhookId }) =>
    listSiteDeliveries({ ctx, input: { webhookId, limit: 50 } }),
  ),
  forAdmins(
    "updateSiteWebhook",
    (ctx, { siteWebhookId: webhookId }) => updateSiteWebhook({ ctx, input: { webhookId, enabled: false } }),
    writes("webhook.updated"),
  ),
  forAdmins(
    "deleteSiteWebhook",
    (ctx, { siteWebhookId: webhookId }) => deleteSiteWebhook({ ctx, input: { webhookId } }),
    writes("webhook.deleted"),
  ),
  forAdmins(
    "rotateSiteWebhookSecret",
    (ctx, { siteWebhookId: webhookId }) => rotateSiteWebhookSecret({ ctx, input: { webhookId } }),
    writes("webhook.secret-rotated"),
  ),
  forAdmins(
    "testSiteWebhook",
    (ctx, { siteWebhookId: webhookId }) => testSiteWebhook({ ctx, input: { webhookId } }),
    writes("webhook.tested"),
  ),
  forAdmins(
    "replaySiteDelivery",
    (ctx, { siteWebhookId: webhookId, siteDeliveryId: deliveryId }) =>
      replaySiteDelivery({ ctx, input: { webhookId, deliveryId } }),
    writes("webhook.replayed"),
  ),
];
