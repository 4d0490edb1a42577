import { z } from "zod";
import { EVENT_KINDS } from "#core/events.ts";
import { idSchema, pageFields } from "../../fields.ts";

const URL_RULE = "Write a URL such as https://example.com/hooks/latchkey.";

const urlSchema = z
  .string(URL_RULE)
  .trim()
  .max(2_000, "At most 2,000 characters.")
  .pipe(z.url({ protocol: /^https?$/, error: URL_RULE }));

/** What it is told of; empty for everything. */
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
