import { plural } from "#core/format.ts";
import type { Delivery, Webhook } from "#domain/notifications/webhooks/schema.ts";

export const webhooksText = {
  title: "Webhooks",
  facts: "Sends the events of this project's keys to your server, or to a channel in Slack.",
  siteFacts: "Sends the events of all projects to your server, or to a channel in Slack.",
  formats: { signed: "Signed JSON", slack: "Slack message" } satisfies Record<Webhook["format"], string>,
  new: "New webhook",
  empty: {
    title: "No webhooks yet",
    body: "The portal sends signed events to your URL: a key is about to expire, is rotated or revoked, or leaks. Failed deliveries are retried for a day.",
  },
  allEvents: "All events",
  eventCount: (count: number) => `${plural(count, "type")} of event`,
  events: "Events",
  created: "Created",
  previousSecretUntil: "Previous secret signs until",
  disabled: "Disabled",
  notDelivered: "No deliveries yet",

  form: {
    newTitle: "New webhook",
    editTitle: "Edit webhook",
    format: "Format",
    descriptions: {
      signed: "Events are sent as JSON in a POST request, signed according to Standard Webhooks.",
      slack: "Events are sent as messages to an incoming webhook of Slack or a compatible service.",
    } satisfies Record<Webhook["format"], string>,
    url: "URL",
    urlHints: {
      signed: "A public https URL.",
      slack: "Anyone who has this URL can post to the channel, so it is encrypted and not shown again.",
    } satisfies Record<Webhook["format"], string>,
    placeholder: "https://example.com/hooks/keys",
    slackPlaceholder: "https://hooks.slack.com/services/…",
    events: "Events",
    allEvents: "All events, including future ones",
    selectedEvents: "Selected events",
    noneSelected: "Select at least one event, or all events.",
    create: "Create webhook",
  },

  secret: {
    noun: "signing secret",
    title: "Store the signing secret",
    consequence: "The webhook still exists. You can rotate its secret.",
    rotatedTitle: "Store the new signing secret",
    rotatedConsequence: "It signs all deliveries from now on, and can only be replaced.",
    verify: "Verify a delivery (Node.js, npm i standardwebhooks)",
  },

  sendTest: "Send test event",
  edit: "Edit…",
  enable: "Enable",
  disable: "Disable",
  rotate: {
    label: "Rotate secret…",
    title: "Rotate the signing secret?",
    confirm: "Rotate secret",
    effect: "The previous secret also signs for a day, so that your server can keep verifying deliveries.",
  },
  remove: {
    label: "Delete…",
    title: "Delete this webhook?",
    confirm: "Delete webhook",
    effect: "No further events are sent, and its delivery log is deleted. This can't be undone.",
  },

  deliveries: {
    title: "Deliveries",
    description: "Failed deliveries are retried for about a day.",
    noun: "deliveries",
    columns: { event: "Event", status: "Status", attempts: "Attempts", actions: "Actions" },
    states: {
      due: "Pending",
      delivered: "Delivered",
      failed: "Failed",
    } satisfies Record<Delivery["state"], string>,
    empty: { title: "No deliveries yet", body: "Send a test event to check the connection." },
    nextAttempt: "next attempt",
    noAttempts: "None yet",
    attempts: (count: number, last: string) => `${plural(count, "attempt")}, last: ${last}`,
    attempt: (result: string, ms: number) => `${result} in ${ms} ms`,
    noResponse: "no response",
    status: (status: number) => `status ${status}`,
    statusWithError: (status: number, error: string) => `status ${status} (${error})`,
    resend: "Send again",
    resendAbout: (event: string) => `Send again: ${event}`,
  },
};

/** What a receiver needs: the secret, and the code that verifies the signature. */
export function webhookSnippets(secret: string): { title: string; code: string }[] {
  return [
    { title: ".env", code: `LATCHKEY_WEBHOOK_SECRET=${secret}` },
    {
      title: webhooksText.secret.verify,
      code: [
        'import { Webhook } from "standardwebhooks";',
        "",
        "// Throws unless the portal signed it within the last five minutes. `body` is the raw text.",
        "const event = new Webhook(process.env.LATCHKEY_WEBHOOK_SECRET).verify(body, headers);",
      ].join("\n"),
    },
  ];
}
