import { adminText } from "#components/admin/text.ts";
import type { Tone } from "#components/ui/badge.tsx";
import type { Verifier } from "#domain/admin/schema.ts";
import { MAX_HEARTBEAT_AGE_MS } from "#domain/verifiers.ts";

/** The guarantee: a verifier learns of a change within a second. */
const MAX_LAG_MS = 1_000;

/** Whether a verifier is running and has applied all changes. */
export function verifierState(verifier: Verifier, nowMs: number): { tone: Tone; word: string } {
  const text = adminText.verifiers;
  if (nowMs - Date.parse(verifier.lastSeenAt) > MAX_HEARTBEAT_AGE_MS)
    return { tone: "bad", word: text.silent };
  if (verifier.behindMs > MAX_LAG_MS) return { tone: "attention", word: text.behind };
  return { tone: "good", word: text.upToDate };
}

/** "3 changes, 1.2 s"; null for a verifier that has applied all changes. */
export function lagText({ behind, behindMs }: Pick<Verifier, "behind" | "behindMs">): string | null {
  return adminText.verifiers.lag(behind, behindMs);
}
