import type { BillingExport } from "#domain/billing/export/schema.ts";
import type { Tone } from "../ui/badge.tsx";
import { billingExportText } from "./text.ts";

const { states } = billingExportText;

/** The status of an export, the most urgent one first. */
export function exportState({
  enabled,
  lastError,
  heldEvents,
  pendingEvents,
  lagSeconds,
}: Pick<BillingExport, "enabled" | "lastError" | "heldEvents" | "pendingEvents" | "lagSeconds">): {
  tone: Tone;
  word: string;
} {
  if (!enabled) return { tone: "inert", word: states.paused };
  if (lastError !== null) return { tone: "bad", word: states.failing };
  if (heldEvents > 0) return { tone: "attention", word: states.held };
  if (pendingEvents > 0 || lagSeconds > 0) return { tone: "accent", word: states.behind };
  return { tone: "good", word: states.current };
}
