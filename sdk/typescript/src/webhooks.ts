/** An event as Latchkey sends it (docs/integrate/webhooks.md). */
export interface WebhookEvent {
  /** For example `key.revoked`. New types are added; ignore those that you don't know. */
  type: string;
  /** When it happened, ISO 8601, UTC. */
  timestamp: string;
  data: {
    project: { id: string; name: string };
    subject: { id: string; name: string };
    by: string;
    title: string;
    text: string;
    url: string;
    details: Record<string, unknown>;
  };
}

/** The request isn't from Latchkey, was changed, or is too old. Answer it with 401. */
export class WebhookError extends Error {
  override readonly name = "WebhookError";
}

export interface VerifyWebhookOptions {
  /** The signing secret (`whsec_…`); several during a rotation. */
  secret: string | readonly string[];
  /** The raw body, before any parsing. */
  body: string;
  /** Headers of the request. The case of their names doesn't matter. */
  headers: Headers | Record<string, string | string[] | undefined>;
  /** Largest age and largest clock difference, seconds. Default 300. */
  toleranceSeconds?: number;
  /** Current time, epoch ms. For tests. */
  now?: () => number;
}

/**
 * The event of a webhook request, after verifying its signature (Standard Webhooks 1.0). Rejects with `WebhookError`.
 * Its id, the same for every attempt of an event, is `webhook-id`: store it to ignore repetitions.
 */
export async function verifyWebhook(options: VerifyWebhookOptions): Promise<WebhookEvent & { id: string }> {
  const header = (name: string) => readHeader(options.headers, name);
  const [id, timestamp, signatures] = [
    header("webhook-id"),
    header("webhook-timestamp"),
    header("webhook-signature"),
  ];
  if (!id || !timestamp || !signatures) throw new WebhookError("A signature header is missing.");
  const ageSeconds = Math.abs((options.now ?? Date.now)() / 1_000 - Number(timestamp));
  if (!/^\d+$/.test(timestamp) || ageSeconds > (options.toleranceSeconds ?? 300)) {
    throw new WebhookError("The timestamp is too old, or too far in the future.");
  }
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${options.body}`);
  const secrets = typeof options.secret === "string" ? [options.secret] : options.secret;
  const offered = signatures
    .split(" ")
    .map((text) => (text.startsWith("v1,") ? fromBase64(text.slice(3)) : null));
  for (const secret of secrets) {
    // Once, because anyone can send thousands of signatures.
    const expected = new Uint8Array(await crypto.subtle.sign("HMAC", await importKey(secret), signed));
    if (offered.some((signature) => signature !== null && isSame(signature, expected)))
      return { ...(JSON.parse(options.body) as WebhookEvent), id };
  }
  throw new WebhookError("No signature matches.");
}

function readHeader(headers: VerifyWebhookOptions["headers"], name: string): string | null {
  if (headers instanceof Headers) return headers.get(name);
  const entry = Object.entries(headers).find(([each]) => each.toLowerCase() === name);
  return typeof entry?.[1] === "string" ? entry[1] : null;
}

async function importKey(secret: string): Promise<CryptoKey> {
  const bytes = fromBase64(secret.replace(/^whsec_/, ""));
  if (!bytes || bytes.length === 0) throw new TypeError("Latchkey: this is not a webhook signing secret.");
  return crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}

/** Compares in a time that says nothing about where they differ. */
function isSame(offered: Uint8Array, expected: Uint8Array): boolean {
  let difference = offered.length ^ expected.length;
  for (const [at, byte] of expected.entries()) difference |= byte ^ (offered[at] ?? 0);
  return difference === 0;
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}
