import { DENIALS } from "#core/denials.ts";
import type { DenialCode } from "#core/verdict.ts";

const HOUR_MS = 3_600_000;

/** How far back one can look: what is kept reaches back 30 days. */
export const SPANS = [
  { value: "1h", label: "Hour", words: "the last hour", ms: HOUR_MS },
  { value: "24h", label: "Day", words: "the last 24 hours", ms: 24 * HOUR_MS },
  { value: "7d", label: "7 days", words: "the last 7 days", ms: 7 * 24 * HOUR_MS },
  { value: "30d", label: "30 days", words: "the last 30 days", ms: 30 * 24 * HOUR_MS },
] as const;
export type Span = (typeof SPANS)[number];

/** What the list of refusals shows, all of it in the URL. */
export interface RefusalView {
  span: Span["value"];
  code?: DenialCode | undefined;
  keyId?: string | undefined;
  cursor?: string | undefined;
}

export const REFUSAL_CODES = Object.keys(DENIALS) as DenialCode[];

/** Reads the view from a URL; what can't be meant is as if it were not there. */
export function refusalViewOf(search: URLSearchParams): RefusalView {
  const key = search.get("key") ?? "";
  return {
    span: spanOf(search.get("range")).value,
    code: REFUSAL_CODES.find((code) => code === search.get("code")),
    keyId: /^key_\w+$/.test(key) ? key : undefined,
    cursor: search.get("cursor") ?? undefined,
  };
}

export function spanOf(value: string | null): Span {
  return SPANS.find((span) => span.value === value) ?? SPANS[1];
}

/** The view as a query: for the page, and for what it reads. */
export function refusalQuery({ span, code, keyId, cursor }: RefusalView): string {
  const params = new URLSearchParams({ range: span });
  if (code) params.set("code", code);
  if (keyId) params.set("key", keyId);
  if (cursor) params.set("cursor", cursor);
  return params.toString();
}
