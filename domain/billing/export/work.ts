import type { Db } from "#db/open.ts";
import type { Sealer } from "../../context.ts";
import type { Destination, ExportRequest } from "./adapters/adapter.ts";

/** A response, or why there is none. `sent`: the receiver may have read the request all the same. */
export type SendResult =
  | { status: number; body: string; retryAfterMs: number | null }
  | { error: string; sent: boolean };

/** What the job needs. `send` makes the HTTP request and decides which hosts are allowed. */
export interface ExportWork {
  db: Db;
  now: () => number;
  sealer: Sealer;
  send: (url: string, request: ExportRequest) => Promise<SendResult>;
}

export const UNREADABLE_SECRET =
  "The receiver's API key can't be decrypted, because AUTH_SECRET was changed. Enter the key again.";

/** Sends to the destination. Its API key is removed from the response, whose words are stored and shown. */
export async function sendTo(
  { send }: Pick<ExportWork, "send">,
  { url, secret }: Destination,
  request: ExportRequest,
): Promise<SendResult> {
  const result = await send(url, request);
  if ("error" in result || secret === null) return result;
  return { ...result, body: result.body.replaceAll(secret, "(API key)") };
}
