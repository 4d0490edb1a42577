import type { Delivery, Webhook } from "#domain/notifications/webhooks/types.ts";
import type { Tone } from "../ui/badge.tsx";

/** The status of a delivery. */
export const DELIVERY_STATES: Record<Delivery["state"], { tone: Tone; word: string }> = {
  due: { tone: "attention", word: "Pending" },
  delivered: { tone: "good", word: "Delivered" },
  failed: { tone: "bad", word: "Failed" },
};

/** The status of a webhook: disabled, or that of its latest delivery. */
export function webhookState({ enabled, lastDelivery }: Pick<Webhook, "enabled" | "lastDelivery">): {
  tone: Tone;
  word: string;
} {
  if (!enabled) return { tone: "inert", word: "Disabled" };
  return lastDelivery ? DELIVERY_STATES[lastDelivery.state] : { tone: "inert", word: "No deliveries yet" };
}
