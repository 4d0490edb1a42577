import { DAY_MS } from "#core/time.ts";
import type { Key, KeySecret, KeyStatus } from "#domain/keys/schema.ts";
import type { Tone } from "../ui/badge.tsx";
import { formatDuration } from "../ui/format-time.ts";
import { endedByText, STATUS_TEXT, NEAR_TEXT as text } from "./status-text.ts";

/** An expiry within this time is shown next to the status. */
const SOON_MS = 14 * DAY_MS;

export interface KeyState {
  tone: Tone;
  label: string;
  /** What happens soon, or how long it can be undone; null when there is nothing to say. */
  detail: string | null;
}

type KeyStateInput = Pick<Key, "status" | "endedBy" | "approval" | "expiresAt" | "restorableUntil"> & {
  secrets: readonly Pick<KeySecret, "lapsesAt">[];
};

/** The status of a key, and what happens to it soon. */
export function keyState(key: KeyStateInput, nowMs: number): KeyState {
  if (isPendingKey(key)) return { tone: "attention", label: text.pendingApproval, detail: null };
  return { ...BY_STATUS[key.status], detail: detailOf(key, nowMs), ...expiringSoon(key, nowMs) };
}

/** Whether the key is disabled until an owner approves it. */
export function isPendingKey({ status, approval }: Pick<Key, "status" | "approval">): boolean {
  return status === "disabled" && approval?.status === "pending";
}

const BY_STATUS: Record<KeyStatus, Pick<KeyState, "tone" | "label">> = {
  active: { tone: "good", label: STATUS_TEXT.active },
  disabled: { tone: "inert", label: STATUS_TEXT.disabled },
  expired: { tone: "bad", label: STATUS_TEXT.expired },
  revoked: { tone: "inert", label: STATUS_TEXT.revoked },
};

/** An active key that expires within two weeks needs attention. */
function expiringSoon(key: KeyStateInput, nowMs: number): Partial<KeyState> {
  const leftMs = timeLeft(key.expiresAt, nowMs);
  return key.status === "active" && leftMs !== null && leftMs <= SOON_MS ? { tone: "attention" } : {};
}

function detailOf(key: KeyStateInput, nowMs: number): string | null {
  const by = endedByText(key.endedBy);
  if (key.status === "revoked") {
    const leftMs = timeLeft(key.restorableUntil, nowMs);
    const restorable = leftMs === null ? "" : text.restorableFor(formatDuration(leftMs));
    return [by, restorable].filter(Boolean).join(", ") || null;
  }
  if (key.status === "disabled") return by || null;
  if (key.status !== "active") return null;
  const expiry = timeLeft(key.expiresAt, nowMs);
  if (expiry !== null && expiry <= SOON_MS) return text.expiresIn(formatDuration(expiry));
  const overlaps = key.secrets.map((secret) => timeLeft(secret.lapsesAt, nowMs)).filter((ms) => ms !== null);
  return overlaps.length > 0 ? text.overlapEndsIn(formatDuration(Math.min(...overlaps))) : null;
}

/** Time until `at`, in ms; null when there is no such time or it has passed. */
function timeLeft(at: string | null, nowMs: number): number | null {
  if (at === null) return null;
  const ms = Date.parse(at) - nowMs;
  return ms > 0 ? ms : null;
}
