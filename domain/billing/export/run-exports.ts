import type { Db } from "#db/open.ts";
import type { Sealer } from "../../context.ts";
import type { Destination, ExportRequest, Failure } from "./adapters/adapter.ts";
import { hideKey } from "./hide-key.ts";

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

const MAX_SHOWN = 300;

/**
 * The beginning of a receiver's own words as they are stored and shown: on one line, without control characters and
 * without the receiver's API key.
 */
export function shownWords(words: string, { secret }: Pick<Destination, "secret">): string {
  return (secret === null ? words : hideKey(words, secret))
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .trim()
    .slice(0, MAX_SHOWN);
}

/** What is stored and shown of a failed request. */
export function failureText(status: number, { words }: Failure, destination: Destination): string {
  const shown = words === null ? "" : shownWords(words, destination);
  return `It answered ${status}.${shown === "" ? "" : ` ${shown}`}`;
}
