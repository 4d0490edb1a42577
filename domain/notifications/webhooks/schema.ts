import { z } from "zod";
import { EVENT_KINDS } from "#core/events.ts";
import { idSchema, pageFields, pageSchema, timestampSchema } from "../../fields.ts";

const eventKindSchema = z.enum([...EVENT_KINDS, "webhook.test"]);
const deliveryStateSchema = z.enum(["due", "delivered", "failed"]);

export const webhookSchema = z
  .strictObject({
    id: z.string(),
    projectId: z.string(),
    url: z.string(),
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
export const webhookWithSecretSchema = z.strictObject({ webhook: webhookSchema, secret: z.string() });
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
  .trim()
  .max(2_000, "At most 2,000 characters.")
  .pipe(z.url({ protocol: /^https?$/, error: URL_RULE }));

/** The events to send; empty for all of them. */
const kindsSchema = z
  .array(z.enum(EVENT_KINDS, "There is no such event."))
  .transform((kinds) => EVENT_KINDS.filter((kind) => kinds.includes(kind)));

export const createWebhookSchema = z.strictObject({
  projectId: idSchema,
  url: urlSchema,
  kinds: kindsSchema.default([]),
});
export type CreateWebhookInput = z.output<typeof createWebhookSchema>;

export const listWebhooksSchema = z.strictObject({ projectId: idSchema });
export type ListWebhooksInput = z.output<typeof listWebhooksSchema>;

export const webhookRefSchema = z.strictObject({ projectId: idSchema, webhookId: idSchema });
export type WebhookRef = z.output<typeof webhookRefSchema>;

export const updateWebhookSchema = z.strictObject({
  ...webhookRefSchema.shape,
  url: urlSchema.optional(),
  kinds: kindsSchema.optional(),
  enabled: z.boolean("Say true or false.").optional(),
});
export type UpdateWebhookInput = z.output<typeof updateWebhookSchema>;

export const listDeliveriesSchema = z.strictObject({ ...webhookRefSchema.shape, ...pageFields });
export type ListDeliveriesInput = z.output<typeof listDeliveriesSchema>;

export const deliveryRefSchema = z.strictObject({ ...webhookRefSchema.shape, deliveryId: idSchema });
export type DeliveryRef = z.output<typeof deliveryRefSchema>;
