import type { Delivery, Webhook } from "#domain/notifications/webhooks/types.ts";
import type { Tone } from "../ui/badge.tsx";

/** How a delivery stands, in a word. */
export const DELIVERY_STATES: Record<Delivery["state"], { tone: Tone; word: string }> = {
  due: { tone: "attention", word: "On its way" },
  delivered: { tone: "good", word: "Delivered" },
  failed: { tone: "bad", word: "Not delivered" },
};

/** How a webhook stands: off, or as its latest delivery does. */
export function webhookState({ enabled, lastDelivery }: Pick<Webhook, "enabled" | "lastDelivery">): {
  tone: Tone;
  word: string;
} {
  if (!enabled) return { tone: "inert", word: "Switched off" };
  return lastDelivery ? DELIVERY_STATES[lastDelivery.state] : { tone: "inert", word: "Nothing sent yet" };
}
