"use server";

import { z } from "zod";
import { createWebhook as create } from "#domain/notifications/webhooks/create.ts";
import {
  deleteWebhook as remove,
  rotateWebhookSecret as rotate,
  updateWebhook as update,
} from "#domain/notifications/webhooks/manage.ts";
import {
  createSiteWebhookSchema,
  siteDeliveryRefSchema,
  siteWebhookRefSchema,
  updateSiteWebhookSchema,
} from "#domain/notifications/webhooks/schema.ts";
import { replayDelivery as replay, testWebhook as sendTest } from "#domain/notifications/webhooks/send.ts";
import { action, createAction } from "#server/action.ts";

/** The forms are shared with the webhooks of projects and send `projectId`, which is null for the site. */
const withoutProject = { projectId: z.null() };
const refSchema = siteWebhookRefSchema.extend(withoutProject);

export const createSiteWebhook = createAction(
  "webhook",
  createSiteWebhookSchema.extend(withoutProject),
  create,
);
export const rotateSiteWebhookSecret = createAction("webhook-secret", refSchema, rotate);
export const updateSiteWebhook = action(updateSiteWebhookSchema.extend(withoutProject), update, {
  stepUp: true,
});
/** The page is not rendered again: its webhook is gone. */
export const deleteSiteWebhook = action(refSchema, remove, { revalidate: false });
export const testSiteWebhook = action(refSchema, sendTest);
export const replaySiteDelivery = action(siteDeliveryRefSchema.extend(withoutProject), replay);
