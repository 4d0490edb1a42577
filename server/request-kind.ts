import type { IncomingMessage } from "node:http";

export type RequestKind = "page" | "action" | "api" | "file";

/** What a request to the portal is for. */
export function requestKind({
  method,
  url = "",
  headers,
}: Pick<IncomingMessage, "method" | "url" | "headers">) {
  if (/^\/(?:_next\/|icon\.svg)/.test(url)) return "file" satisfies RequestKind;
  if (url.startsWith("/api/") || url.startsWith("/scim/")) return "api" satisfies RequestKind;
  const isAction = method === "POST" || headers["next-action"] !== undefined;
  return (isAction ? "action" : "page") satisfies RequestKind;
}
