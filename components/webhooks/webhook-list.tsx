import type { Webhook } from "#domain/notifications/webhooks/schema.ts";
import { StatusDot } from "../ui/badge.tsx";
import { Link } from "../ui/link.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { webhookHref, webhookState } from "./state.ts";
import { webhooksText as text } from "./text.ts";

/** The webhooks of a project or of the site. Each links to its own page. */
export function WebhookList({ webhooks }: { webhooks: Webhook[] }) {
  return (
    <ul aria-label={text.title}>
      {webhooks.map((webhook) => {
        const { tone, word } = webhookState(webhook);
        return (
          <li
            key={webhook.id}
            className="relative flex flex-wrap items-center justify-between gap-x-6 gap-y-1 border-b border-border px-5 py-3 transition-colors last:border-b-0 hover:bg-hover"
          >
            <div className="min-w-0 flex-1 basis-64">
              <Link
                href={webhookHref(webhook)}
                className="row-link block truncate font-mono text-sm font-medium"
              >
                {webhook.url}
              </Link>
              <p className="text-sm text-muted">
                {text.formats[webhook.format]} ·{" "}
                {webhook.kinds.length === 0 ? text.allEvents : text.eventCount(webhook.kinds.length)}
              </p>
            </div>
            <StatusDot
              tone={tone}
              near={webhook.lastDelivery ? <RelativeTime at={webhook.lastDelivery.time} /> : undefined}
            >
              {word}
            </StatusDot>
          </li>
        );
      })}
    </ul>
  );
}
