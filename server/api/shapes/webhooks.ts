import { z } from "zod";
import { EVENT_KINDS } from "#core/events.ts";
import { instant, instantOrNull, pageOf } from "./common.ts";

const state = z.enum(["due", "delivered", "failed"]);

export const webhook = z
  .strictObject({
    id: z.string(),
    projectId: z.string(),
    url: z.string(),
    kinds: z.array(z.enum([...EVENT_KINDS, "webhook.test"])),
    enabled: z.boolean(),
    createdAt: instant,
    olderSecretUntil: instantOrNull,
    lastDelivery: z.strictObject({ state, time: instant }).nullable(),
  })
  .meta({ id: "Webhook" });
export const webhookPage = pageOf(webhook);
export const webhookWithSecret = z.strictObject({ webhook, secret: z.string() });

/** What was put on its way. */
export const delivery = z.strictObject({ deliveryId: z.string() });

export const deliveryPage = pageOf(
  z
    .strictObject({
      id: z.string(),
      event: z.strictObject({
        id: z.string(),
        kind: z.enum([...EVENT_KINDS, "webhook.test"]),
        title: z.string(),
        time: instant,
      }),
      state,
      time: instant,
      nextAt: instantOrNull,
      attempts: z.array(
        z.strictObject({
          time: instant,
          status: z.int().nullable(),
          error: z.string().nullable(),
          tookMs: z.number(),
        }),
      ),
    })
    .meta({ id: "Delivery" }),
);
