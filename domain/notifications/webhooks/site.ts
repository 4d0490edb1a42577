import type { Verb } from "../../context.ts";
import { createWebhook } from "./create.ts";
import { getWebhook, listDeliveries, listWebhooks } from "./list.ts";
import { deleteWebhook, rotateWebhookSecret, updateWebhook } from "./manage.ts";
import type {
  CreateSiteWebhookInput,
  DeliveryPage,
  ListSiteDeliveriesInput,
  SiteDeliveryRef,
  SiteWebhookRef,
  UpdateSiteWebhookInput,
  Webhook,
  WebhookWithSecret,
} from "./schema.ts";
import { replayDelivery, testWebhook } from "./send.ts";

/*
 * The verbs of webhooks that receive the events of all projects. Administrators only: without a project, the verbs that
 * these call require it.
 */

const OF_SITE = { projectId: null };

/** The webhooks of the site. */
export function listSiteWebhooks({ ctx }: Verb<object>): Promise<{ items: Webhook[] }> {
  return listWebhooks({ ctx, input: OF_SITE });
}

/** One webhook of the site. */
export function getSiteWebhook({ ctx, input }: Verb<SiteWebhookRef>): Promise<Webhook> {
  return getWebhook({ ctx, input: { ...input, ...OF_SITE } });
}

/** The deliveries of a webhook of the site, newest first. */
export function listSiteDeliveries({ ctx, input }: Verb<ListSiteDeliveriesInput>): Promise<DeliveryPage> {
  return listDeliveries({ ctx, input: { ...input, ...OF_SITE } });
}

/** Creates a webhook that receives the events of all projects. */
export function createSiteWebhook({ ctx, input }: Verb<CreateSiteWebhookInput>): Promise<WebhookWithSecret> {
  return createWebhook({ ctx, input: { ...input, ...OF_SITE } });
}

/** Updates a site webhook's URL and events, or disables or enables it. */
export function updateSiteWebhook({ ctx, input }: Verb<UpdateSiteWebhookInput>): Promise<Webhook> {
  return updateWebhook({ ctx, input: { ...input, ...OF_SITE } });
}

/** Deletes a webhook of the site. */
export function deleteSiteWebhook({ ctx, input }: Verb<SiteWebhookRef>): Promise<undefined> {
  return deleteWebhook({ ctx, input: { ...input, ...OF_SITE } });
}

/** Rotates the signing secret of a webhook of the site. */
export function rotateSiteWebhookSecret({ ctx, input }: Verb<SiteWebhookRef>): Promise<WebhookWithSecret> {
  return rotateWebhookSecret({ ctx, input: { ...input, ...OF_SITE } });
}

/** Sends a test event to a webhook of the site. */
export function testSiteWebhook({ ctx, input }: Verb<SiteWebhookRef>): Promise<{ deliveryId: string }> {
  return testWebhook({ ctx, input: { ...input, ...OF_SITE } });
}

/** Sends an event to a webhook of the site again. */
export function replaySiteDelivery({ ctx, input }: Verb<SiteDeliveryRef>): Promise<{ deliveryId: string }> {
  return replayDelivery({ ctx, input: { ...input, ...OF_SITE } });
}
