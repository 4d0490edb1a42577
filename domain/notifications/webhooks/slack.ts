import { eventTexts } from "../texts.ts";
import type { ClaimedDelivery } from "./due.ts";

/** The body for Slack's incoming webhooks and compatible services. The same at every attempt. */
export function slackBody(
  { event, project }: Pick<ClaimedDelivery, "event" | "project">,
  portalUrl: string,
): string {
  const { title, text, path } = eventTexts(event);
  const lines = [`*${slackText(title)}*`, slackText(text), slackText(project.name), `<${portalUrl}${path}>`];
  return JSON.stringify({ text: lines.filter((line) => line !== "").join("\n") });
}

/**
 * Names are user input: without links, markup and mentions. Slack reads mentions in angle brackets only, compatible
 * services also after an at sign. Slack makes links of URLs and of bare domains too, and some services read Markdown's
 * links. Spaces without width keep them from it.
 */
function slackText(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/[@\]]|:(?=\S)|\.(?=\p{L})/gu, "$&\u200b")
    .replaceAll(/[*_~`]/g, "\u200b$&");
}

/** What is shown of a URL that is a secret: its host, and its end if most of it stays hidden. */
export function shortenedUrl(text: string): string {
  const { origin, pathname, search } = new URL(text);
  const rest = pathname + search;
  return `${origin}/…${rest.length > 16 ? rest.slice(-4) : ""}`;
}
