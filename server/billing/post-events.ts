import type { ExportRequest } from "#domain/billing/export/adapters/adapter.ts";
import type { SendResult } from "#domain/billing/export/run-exports.ts";
import { type OutgoingOptions, readRetryAfter, sendOutside, USER_AGENT } from "../outgoing/send.ts";

const TIMEOUT_MS = 15_000;
/** Bytes of a response that are read: receivers name every event that they reject. */
const MAX_BYTES = 256 * 1024;

type PostOptions = Pick<OutgoingOptions, "toPrivate" | "resolveName" | "mayCall"> &
  Partial<Pick<OutgoingOptions, "timeoutMs">>;

/** Sends one batch of billing events, under the rules for all requests to other servers. */
export async function postEvents(
  url: string,
  { headers, body }: ExportRequest,
  { timeoutMs = TIMEOUT_MS, ...options }: PostOptions,
): Promise<SendResult> {
  const result = await sendOutside(
    url,
    { method: "POST", headers: [["user-agent", USER_AGENT], ...headers], body },
    { ...options, timeoutMs, maxBytes: MAX_BYTES },
  );
  if ("error" in result) return { error: result.error, sent: result.connected };
  return {
    status: result.status,
    body: result.body.toString("utf8"),
    retryAfterMs: readRetryAfter(result.headers, Date.now()),
  };
}
