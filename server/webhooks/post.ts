import type { DeliveryResult } from "#domain/notifications/webhooks/deliver.ts";
import { type OutgoingOptions, readRetryAfter, sendOutside, USER_AGENT } from "../outgoing/send.ts";

const TIMEOUT_MS = 10_000;
/** Bytes of a response that are read and discarded before the connection is closed. */
const MAX_RESPONSE_BYTES = 64 * 1024;

type PostOptions = Pick<OutgoingOptions, "toPrivate" | "resolveName" | "mayCall"> &
  Partial<Pick<OutgoingOptions, "timeoutMs">> & {
    /** Epoch ms, to interpret a `Retry-After` date; the system's clock by default. */
    now?: () => number;
  };

/** Sends one POST under the rules for all requests to other servers, and returns only the head of its response. */
export async function post(
  url: string,
  headers: Record<string, string>,
  body: string,
  { timeoutMs = TIMEOUT_MS, now = Date.now, ...options }: PostOptions,
): Promise<DeliveryResult> {
  const result = await sendOutside(
    url,
    { method: "POST", headers: [["user-agent", USER_AGENT], ...Object.entries(headers)], body },
    { ...options, timeoutMs, maxBytes: MAX_RESPONSE_BYTES, discardsBody: true },
  );
  const { tookMs } = result;
  if ("error" in result) return { status: null, error: result.error, tookMs, retryAfterMs: null };
  const { status } = result;
  const isRedirect = status >= 300 && status < 400;
  return {
    status,
    error: isRedirect ? "Redirects are not followed." : null,
    tookMs,
    retryAfterMs: readRetryAfter(result.headers, now()),
  };
}
