import type { Key, KeySecret, KeyStatus } from "#domain/keys/types.ts";
import type { Tone } from "../ui/badge.tsx";
import { formatDuration } from "../ui/format.ts";

const DAY = 86_400_000;
/** From when on an expiry is near enough to be said beside the status. */
const SOON_MS = 14 * DAY;

export const STATUS_WORDS: Record<KeyStatus, string> = {
  active: "Active",
  disabled: "Off",
  expired: "Expired",
  revoked: "Revoked",
};

export interface KeyState {
  tone: Tone;
  word: string;
  /** What is about to happen, or until when it can be undone; null when nothing is near. */
  near: string | null;
}

/** Of its secrets, only when they lapse matters here. */
type Facts = Pick<Key, "status" | "endedBy" | "expiresAt" | "restorableUntil"> & {
  secrets: readonly Pick<KeySecret, "lapsesAt">[];
};

/** How a key stands, in a word, and what is near: the soonest of its own ends. */
export function keyState(key: Facts, nowMs: number): KeyState {
  return { ...LOOK[key.status], near: near(key, nowMs), ...soon(key, nowMs) };
}

const LOOK: Record<KeyStatus, Pick<KeyState, "tone" | "word">> = {
  active: { tone: "good", word: STATUS_WORDS.active },
  disabled: { tone: "inert", word: STATUS_WORDS.disabled },
  expired: { tone: "bad", word: STATUS_WORDS.expired },
  revoked: { tone: "inert", word: STATUS_WORDS.revoked },
};

/** A key that ends within the fortnight asks for attention while it still works. */
function soon(key: Facts, nowMs: number): Partial<KeyState> {
  const leftMs = left(key.expiresAt, nowMs);
  return key.status === "active" && leftMs !== null && leftMs <= SOON_MS ? { tone: "attention" } : {};
}

/** Who ended a key, behind "Revoked" or "Disabled". A member is not worth a word: any other can undo it. */
const ENDED_BY: Record<NonNullable<Key["endedBy"]>, string> = {
  member: "",
  leak: "because of a leak",
  policy: "by a policy",
  admin: "by an administrator",
};

/** "by an administrator"; empty where a member ended it, or nobody knows. */
export function endedByWords(by: Key["endedBy"]): string {
  return by === null ? "" : ENDED_BY[by];
}

function near(key: Facts, nowMs: number): string | null {
  const by = endedByWords(key.endedBy);
  if (key.status === "revoked") {
    const leftMs = left(key.restorableUntil, nowMs);
    const restorable = leftMs === null ? "" : `restorable for ${formatDuration(leftMs)}`;
    return [by, restorable].filter(Boolean).join(", ") || null;
  }
  if (key.status === "disabled") return by || null;
  if (key.status !== "active") return null;
  const expiry = left(key.expiresAt, nowMs);
  if (expiry !== null && expiry <= SOON_MS) return `expires in ${formatDuration(expiry)}`;
  const overlaps = key.secrets.map((secret) => left(secret.lapsesAt, nowMs)).filter((ms) => ms !== null);
  return overlaps.length > 0 ? `overlap ends in ${formatDuration(Math.min(...overlaps))}` : null;
}

/** How long until then; null when there is no such moment or it is past. */
function left(at: string | null, nowMs: number): number | null {
  if (at === null) return null;
  const ms = Date.parse(at) - nowMs;
  return ms > 0 ? ms : null;
}
