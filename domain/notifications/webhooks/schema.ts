import { z } from "zod";
import { EVENT_KINDS } from "#core/events.ts";
import { cleanLine } from "#core/text.ts";
import { idSchema, pageFields, pageSchema, timestampSchema } from "../../fields.ts";
import type { WebhookOwner } from "./owner.ts";

const eventKindSchema = z.enum([...EVENT_KINDS, "webhook.test"]);
const deliveryStateSchema = z.enum(["due", "delivered", "failed"]);

const webhookFormatSchema = z
  .enum(["signed", "slack"], "Choose signed or slack.")
  .describe(
    "`signed`: the event as JSON, signed as Standard Webhooks specifies. `slack`: a message for Slack and compatible services, without signature.",
  );

export const webhookSchema = z
  .strictObject({
    id: z.string(),
    projectId: z.string().nullable().describe("Null for a webhook of the site."),
    format: webhookFormatSchema,
    url: z.string().describe("With the format `slack` only its host and its end: it is a secret."),
    /** The events that are sent to it; empty for all of them. */
    kinds: z.array(eventKindSchema),
    enabled: z.boolean(),
    createdAt: timestampSchema,
    /** Until when the previous signing secret signs too; null when only the current one does. */
    olderSecretUntil: timestampSchema.nullable(),
    /** Null before the first delivery. */
    lastDelivery: z.strictObject({ state: deliveryStateSchema, time: timestampSchema }).nullable(),
  })
  .meta({ id: "Webhook" });
export type Webhook = z.output<typeof webhookSchema>;

export const webhookPageSchema = pageSchema(webhookSchema);

/** A webhook and its signing secret, which is shown only once. */
export const webhookWithSecretSchema = z.strictObject({
  webhook: webhookSchema,
  secret: z.string().nullable().describe("The signing secret; null with the format `slack`."),
});
export type WebhookWithSecret = z.output<typeof webhookWithSecretSchema>;

const deliverySchema = z
  .strictObject({
    id: z.string(),
    event: z.strictObject({
      id: z.string(),
      kind: eventKindSchema,
      title: z.string(),
      time: timestampSchema,
    }),
    state: deliveryStateSchema,
    time: timestampSchema,
    /** With `due`: the time of the next attempt. */
    nextAt: timestampSchema.nullable(),
    /** The latest attempts, oldest first. */
    attempts: z.array(
      z.strictObject({
        time: timestampSchema,
        status: z.int().nullable(),
        error: z.string().nullable(),
        tookMs: z.number(),
      }),
    ),
  })
  .meta({ id: "Delivery" });
export type Delivery = z.output<typeof deliverySchema>;

export const deliveryPageSchema = pageSchema(deliverySchema);
export type DeliveryPage = z.output<typeof deliveryPageSchema>;

/** The response when a test or a replay was queued. */
export const queuedDeliverySchema = z.strictObject({ deliveryId: z.string() });

const URL_RULE = "Write a URL such as https://example.com/hooks/keys.";

const urlSchema = z
  .string(URL_RULE)
  .overwrite(cleanLine)
  .max(2_000, "At most 2,000 characters.")
  .pipe(z.url({ protocol: /^https?$/, error: URL_RULE }));

/** The events to send; empty for all of them. */
const kindsSchema = z
  .array(z.enum(EVENT_KINDS, "There is no such event."))
  .transform((kinds) => EVENT_KINDS.filter((kind) => kinds.includes(kind)));

/** A verb's input for a webhook of a project, or of the site. */
type OfOwner<Input> = Input & WebhookOwner;

const createFields = {
  url: urlSchema,
  kinds: kindsSchema.default([]),
  /** `signed` if not given. */
  format: webhookFormatSchema.optional(),
};
export const createWebhookSchema = z.strictObject({ projectId: idSchema, ...createFields });
export const createSiteWebhookSchema = z.strictObject(createFields);
export type CreateSiteWebhookInput = z.output<typeof createSiteWebhookSchema>;
export type CreateWebhookInput = OfOwner<CreateSiteWebhookInput>;

export const listWebhooksSchema = z.strictObject({ projectId: idSchema });
export const listSiteWebhooksSchema = z.strictObject({});
export type ListWebhooksInput = WebhookOwner;

export const siteWebhookRefSchema = z.strictObject({ webhookId: idSchema });
export const webhookRefSchema = siteWebhookRefSchema.extend({ projectId: idSchema });
export type SiteWebhookRef = z.output<typeof siteWebhookRefSchema>;
export type WebhookRef = OfOwner<SiteWebhookRef>;

export const updateSiteWebhookSchema = siteWebhookRefSchema.extend({
  url: urlSchema.optional(),
  kinds: kindsSchema.optional(),
  enabled: z.boolean("Say true or false.").optional(),
});
export const updateWebhookSchema = updateSiteWebhookSchema.extend({ projectId: idSchema });
export type UpdateSiteWebhookInput = z.output<typeof updateSiteWebhookSchema>;
export type UpdateWebhookInput = OfOwner<UpdateSiteWebhookInput>;

export const listSiteDeliveriesSchema = siteWebhookRefSchema.extend(pageFields);
export const listDeliveriesSchema = listSiteDeliveriesSchema.extend({ projectId: idSchema });
export type ListSiteDeliveriesInput = z.output<typeof listSiteDeliveriesSchema>;
export type ListDeliveriesInput = OfOwner<ListSiteDeliveriesInput>;

export const siteDeliveryRefSchema = siteWebhookRefSchema.extend({ deliveryId: idSchema });
export const deliveryRefSchema = siteDeliveryRefSchema.extend({ projectId: idSchema });
export type SiteDeliveryRef = z.output<typeof siteDeliveryRefSchema>;
export type DeliveryRef = OfOwner<SiteDeliveryRef>;
