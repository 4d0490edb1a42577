import type { Delivery, Webhook } from "#domain/notifications/webhooks/schema.ts";
import type { Tone } from "../ui/badge.tsx";
import { webhooksText } from "./text.ts";

const text = webhooksText.deliveries.states;

/** The status of a delivery. */
export const DELIVERY_STATES: Record<Delivery["state"], { tone: Tone; word: string }> = {
  due: { tone: "attention", word: text.due },
  delivered: { tone: "good", word: text.delivered },
  failed: { tone: "bad", word: text.failed },
};

/** The page of the webhooks of a project, or of the site. */
export function webhooksHref(projectId: string | null): string {
  return projectId === null ? "/admin/webhooks" : `/projects/${projectId}/webhooks`;
}

/** The page of a webhook. */
export function webhookHref({ projectId, id }: Pick<Webhook, "projectId" | "id">): string {
  return `${webhooksHref(projectId)}/${id}`;
}

/** What a webhook is called: its host. */
export function webhookName({ url }: Pick<Webhook, "url">): string {
  return new URL(url).host;
}

/** The status of a webhook: disabled, or that of its latest delivery. */
export function webhookState({ enabled, lastDelivery }: Pick<Webhook, "enabled" | "lastDelivery">): {
  tone: Tone;
  word: string;
} {
  if (!enabled) return { tone: "inert", word: webhooksText.disabled };
  return lastDelivery
    ? DELIVERY_STATES[lastDelivery.state]
    : { tone: "inert", word: webhooksText.notDelivered };
}
