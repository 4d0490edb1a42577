import type { Tone } from "#components/ui/badge.tsx";
import type { VerifierRecord } from "#domain/admin/types.ts";

/** Heartbeats come every few seconds: after this long, one or more did not. */
const QUIET_MS = 15_000;
/** What is promised: a change is known within a second. */
const PROMPT_MS = 1_000;

/** Is it alive, and does it know of every change? */
export function verifierState(verifier: VerifierRecord, nowMs: number): { tone: Tone; word: string } {
  if (nowMs - Date.parse(verifier.lastSeenAt) > QUIET_MS) return { tone: "bad", word: "Silent" };
  if (verifier.behindMs > PROMPT_MS) return { tone: "attention", word: "Behind" };
  return { tone: "good", word: "Up to date" };
}

/** "nothing", or "3 changes, 1.2 s" */
export function lagWords({ behind, behindMs }: Pick<VerifierRecord, "behind" | "behindMs">): string {
  if (behind === 0) return "nothing";
  return `${behind} change${behind === 1 ? "" : "s"}, ${(behindMs / 1000).toFixed(1)} s`;
}
