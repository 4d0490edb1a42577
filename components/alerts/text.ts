import { plural } from "#core/format.ts";
import type { Alert } from "#domain/notifications/alerts/schema.ts";

export const alertsText = {
  title: "Alerts",
  facts: "An alert fires when its threshold is crossed, and again only after the value was below it.",
  new: "New alert",
  empty: {
    title: "No alerts yet",
    body: "Get notified when a quota fills up, many requests are denied, a key is used from a new network, or an unused key is used again.",
  },
  form: {
    title: "New alert",
    description: "An alert covers all keys of this project.",
    kind: "Watch",
    kinds: {
      quota: "Quota used",
      denials: "Share of denied requests",
      "new-network": "Key used from a new network",
      "dormant-key": "Unused key used again",
    } satisfies Record<Alert["rule"]["kind"], string>,
    quotaPercent: "Percent of the quota",
    quotaHint: "Applies to every quota of the project and of its keys. Fires once per day or month.",
    denialPercent: "Percent denied",
    minRequests: "Minimum number of requests",
    windowMinutes: "Within, minutes",
    denialHint: "Fires at most once an hour.",
    networkHint:
      "A network is an IPv4 /24 or an IPv6 /48. It is new if the key was not used from it in 30 days. A key's first day fires nothing. Only owners are notified, because the text contains IP addresses.",
    days: "Days without a request",
    destinations: "Send to",
    bell: "Notifications in the portal",
    mail: "Email",
    webhooks: "Webhooks of this project",
    webhooksHint: "Webhooks that receive the event, including Slack.",
    create: "Create alert",
  },
  rule: ({ rule }: Pick<Alert, "rule">): string => {
    switch (rule.kind) {
      case "quota":
        return `A quota is ${rule.percent}% used`;
      case "denials":
        return `${rule.percent}% of at least ${plural(rule.minRequests, "request")} denied within ${plural(rule.windowMinutes, "minute")}`;
      case "new-network":
        return "A key is used from a new network";
      case "dormant-key":
        return `A key is used after ${plural(rule.days, "day")} without a request`;
    }
  },
  destinations: ({ bell, mail, webhooks }: Pick<Alert, "bell" | "mail" | "webhooks">): string =>
    [bell ? "portal" : "", mail ? "email" : "", webhooks ? "webhooks" : ""].filter(Boolean).join(", "),
  to: "To ",
  lastFired: "Last fired",
  neverFired: "Not fired yet",
  enabled: "Enabled",
  disabled: "Disabled",
  enable: "Enable",
  disable: "Disable",
  about: (verb: string, rule: string) => `${verb}: ${rule}`,
  remove: {
    label: "Delete…",
    title: "Delete this alert?",
    confirm: "Delete alert",
    effect: "It no longer fires. Notifications that it caused stay.",
  },
};
