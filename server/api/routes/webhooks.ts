import { deleteWebhook, rotateWebhookSecret, updateWebhook } from "#domain/notifications/webhooks/change.ts";
import { createWebhook } from "#domain/notifications/webhooks/create.ts";
import { getWebhook, listDeliveries, listWebhooks } from "#domain/notifications/webhooks/list.ts";
import {
  createWebhookSchema,
  deliveryPageSchema,
  deliveryRefSchema,
  listDeliveriesSchema,
  listWebhooksSchema,
  queuedDeliverySchema,
  updateWebhookSchema,
  webhookPageSchema,
  webhookRefSchema,
  webhookSchema,
  webhookWithSecretSchema,
} from "#domain/notifications/webhooks/schema.ts";
import { replayDelivery, testWebhook } from "#domain/notifications/webhooks/send.ts";
import { inPages, paged } from "../paged.ts";
import { route } from "../route.ts";

const tag = "Webhooks";
const WEBHOOKS = "/api/v1/projects/{projectId}/webhooks";
const WEBHOOK = `${WEBHOOKS}/{webhookId}` as const;

export const webhookRoutes = [
  route({
    method: "GET",
    path: WEBHOOKS,
    tag,
    summary: "List the webhooks of a project (owner)",
    tokenScope: "projects:read",
    input: paged(listWebhooksSchema),
    output: webhookPageSchema,
    verb: inPages(
      async (call: Parameters<typeof listWebhooks>[0]) => (await listWebhooks(call)).items,
      ({ id }) => id,
    ),
  }),
  route({
    method: "POST",
    path: WEBHOOKS,
    tag,
    summary: "Create a webhook (owner). The signing secret is only in this response",
    tokenScope: "projects:write",
    input: createWebhookSchema,
    output: webhookWithSecretSchema,
    status: 201,
    verb: createWebhook,
    location: ({ webhook }) => `/api/v1/projects/${webhook.projectId}/webhooks/${webhook.id}`,
  }),
  route({
    method: "GET",
    path: WEBHOOK,
    tag,
    summary: "Get a webhook (owner)",
    tokenScope: "projects:read",
    input: webhookRefSchema,
    output: webhookSchema,
    verb: getWebhook,
  }),
  route({
    method: "PATCH",
    path: WEBHOOK,
    tag,
    summary: "Change a webhook (owner); `enabled` disables and enables it",
    tokenScope: "projects:write",
    input: updateWebhookSchema,
    output: webhookSchema,
    verb: updateWebhook,
  }),
  route({
    method: "DELETE",
    path: WEBHOOK,
    tag,
    summary: "Delete a webhook (owner)",
    tokenScope: "projects:write",
    input: webhookRefSchema,
    output: null,
    verb: deleteWebhook,
  }),
  route({
    method: "POST",
    path: `${WEBHOOK}/rotate-secret`,
    tag,
    summary: "Rotate the signing secret of a webhook (owner); the previous one also signs for a day",
    tokenScope: "projects:write",
    input: webhookRefSchema,
    output: webhookWithSecretSchema,
    verb: rotateWebhookSecret,
  }),
  route({
    method: "POST",
    path: `${WEBHOOK}/test`,
    tag,
    summary: "Send a test event to a webhook (owner)",
    tokenScope: "projects:write",
    input: webhookRefSchema,
    output: queuedDeliverySchema,
    status: 202,
    verb: testWebhook,
  }),
  route({
    method: "GET",
    path: `${WEBHOOK}/deliveries`,
    tag,
    summary: "List the deliveries of a webhook and their results (owner)",
    tokenScope: "projects:read",
    input: listDeliveriesSchema,
    output: deliveryPageSchema,
    verb: listDeliveries,
  }),
  route({
    method: "POST",
    path: `${WEBHOOK}/deliveries/{deliveryId}/replay`,
    tag,
    summary: "Deliver an event again, with the same id (owner)",
    tokenScope: "projects:write",
    input: deliveryRefSchema,
    output: queuedDeliverySchema,
    status: 202,
    verb: replayDelivery,
  }),
];
