import type { EventData, EventKind } from "#core/events.ts";
import { formatNumber, plural } from "#core/format.ts";
import { formatUtcTime } from "#core/format-utc.ts";

interface AlertFacts {
  /** The subject's name. */
  name: string;
  /** The paths of the project and of the key. */
  project: string;
  key: string;
  data: EventData;
}

/** The texts of an alert: what crossed its threshold, and what to do. */
export function alertTexts(
  kind: Extract<EventKind, `alert.${string}`>,
  { name, project, key, data }: AlertFacts,
): { title: string; text: string; path: string } {
  switch (kind) {
    case "alert.quota":
      return {
        title: quotaTitle(kind, name, data),
        text: quotaText(kind, data),
        path: data.scope === "key" ? `${key}?tab=limits` : project,
      };
    case "alert.denials":
      return {
        title: `${data.percent}% of requests of ${name} were denied`,
        text: `${formatNumber(Number(data.denied))} of ${plural(Number(data.requests), "request")} within ${plural(Number(data.windowMinutes), "minute")}. The alert is set to ${data.threshold}%.`,
        path: `${project}/denials`,
      };
    case "alert.new-network":
      return {
        title: `${name} was used from a new network`,
        text: `${newNetworks(data)} If this is not expected, restrict the key to your IP addresses, or rotate it.`,
        path: `${key}?tab=restrictions`,
      };
    case "alert.dormant-key":
      return {
        title: `${name} was used after ${plural(Number(data.days), "day")} without a request`,
        text: "If nobody expected this, look at its requests, and rotate or revoke it.",
        path: key,
      };
  }
}

function newNetworks({ networks, count }: EventData): string {
  const more = Number(count) - String(networks).split(", ").length;
  return `${networks}${more > 0 ? ` and ${formatNumber(more)} more` : ""}.`;
}

/** The title of an event about a quota. */
export function quotaTitle(
  kind: EventKind,
  name: string,
  { percent, period, scope, policy, api, apiName }: EventData,
): string {
  const length = period === "day" ? "daily quota" : "monthly quota";
  // Events from before an upgrade have the slug only.
  const quota = scope === "plan" ? `${length} “${policy}” of ${apiName ?? api}` : length;
  return kind === "quota.exhausted"
    ? `${name} has used up its ${quota}`
    : `${name} has used ${percent}% of its ${quota}`;
}

/** How much of a quota is used, and what follows. */
export function quotaText(kind: EventKind, { scope, limit, used, resetAt }: EventData): string {
  const count = `${formatNumber(Number(used))} of ${formatNumber(Number(limit))} units.`;
  const until = `until ${formatUtcTime(String(resetAt))}`;
  const next =
    kind === "quota.exhausted"
      ? `Its requests are denied ${until} unless the quota is raised.`
      : `Once it is used up, requests are denied ${until}.`;
  const whose = { ceiling: "An administrator set it.", plan: "It belongs to the project's plan." }[
    String(scope)
  ];
  return [count, next, whose ?? ""].filter(Boolean).join(" ");
}
