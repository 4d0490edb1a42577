import { createHash } from "node:crypto";
import type { Tables } from "#db/schema.ts";

export type BillingEventRow = Tables["billingEvents"]["$inferSelect"];

/** An event with the customer who is billed; null if none is assigned. */
export interface BillingEvent extends BillingEventRow {
  customer: string | null;
}

/** 192 bits: no two usages have the same id. */
const HASH_LENGTH = 32;

/**
 * The id that receivers recognize repetitions by: it depends only on project, key, API, operation and hour. What was
 * counted after the hour was exported has the same id with a suffix, `.1`, `.2` and so on.
 */
export function eventId({
  projectId,
  keyId,
  api,
  operation,
  hour,
  correction,
}: Pick<BillingEventRow, "projectId" | "keyId" | "api" | "operation" | "hour" | "correction">): string {
  // As JSON, so that no two lists of texts are the same text.
  const usage = JSON.stringify([projectId, keyId, api, operation, hour]);
  const hash = createHash("sha256").update(usage).digest("base64url").slice(0, HASH_LENGTH);
  return correction === 0 ? `use_${hash}` : `use_${hash}.${correction}`;
}
