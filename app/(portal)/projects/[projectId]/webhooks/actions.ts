"use server";

import { createWebhook as create } from "#domain/notifications/webhooks/create.ts";
import {
  deleteWebhook as remove,
  rotateWebhookSecret as rotate,
  updateWebhook as update,
} from "#domain/notifications/webhooks/manage.ts";
import {
  createWebhookSchema,
  deliveryRefSchema,
  updateWebhookSchema,
  webhookRefSchema,
} from "#domain/notifications/webhooks/schema.ts";
import { replayDelivery as replay, testWebhook as sendTest } from "#domain/notifications/webhooks/send.ts";
import { action, createAction } from "#server/action.ts";

export const createWebhook = createAction("webhook", createWebhookSchema, create);
export const rotateWebhookSecret = createAction("webhook-secret", webhookRefSchema, rotate);
export const updateWebhook = action(updateWebhookSchema, update, { stepUp: true });
/** The page is not rendered again: its webhook is gone. */
export const deleteWebhook = action(webhookRefSchema, remove, { revalidate: false });
export const testWebhook = action(webhookRefSchema, sendTest);
export const replayDelivery = action(deliveryRefSchema, replay);
