import type { Limits } from "#core/limits/types.ts";
import type { Restrictions } from "#core/restrictions/types.ts";
import type { Environment } from "#core/verdict.ts";
import type { EndedBy, Metadata } from "#db/tables/keys.ts";
import type { Page, Person } from "../types.ts";

export type KeyStatus = "active" | "disabled" | "expired" | "revoked";

/** A secret that works: the current one, or an older one inside its overlap. */
export interface KeySecret {
  id: string;
  hint: string;
  createdAt: string;
  /** When the overlap ends; null for the current secret. */
  lapsesAt: string | null;
  lastUsedAt: string | null;
}

/** A key as the contract shows it (section 7). Instants are ISO 8601 in UTC. */
export interface Key {
  id: string;
  projectId: string;
  name: string;
  environment: Environment;
  status: KeyStatus;
  /** Of the current secret. */
  hint: string;
  createdAt: string;
  createdBy: Person;
  expiresAt: string | null;
  lastUsedAt: string | null;
  revokedAt: string | null;
  /**
   * With a disabled or revoked key: who ended it. Other than by a `member`, only an administrator brings it back.
   * Null otherwise, and where an older version did not record it.
   */
  endedBy: EndedBy | null;
  /** With a revoked key: until when it can be brought back. */
  restorableUntil: string | null;
  restrictions: Restrictions;
  /** A second set that is judged and counted, not enforced. */
  trial: Restrictions | null;
  /** With `trial`: when it was saved. */
  trialSince: string | null;
  limits: Limits;
  metadata: Metadata;
  /** The current one first, then older ones whose overlap still runs. */
  secrets: KeySecret[];
}

/** A key and its new secret, which is shown this once. */
export interface KeyWithSecret {
  key: Key;
  secret: string;
}

export interface KeyPage extends Page<Key> {
  /** How many keys match, on all pages. */
  total: number;
}

/** How many keys of a project are in each state. */
export interface KeyCounts extends Record<KeyStatus, number> {
  /** Of the active ones: those that end within 14 days. */
  expiringSoon: number;
  /** Of the active live ones: those without any restriction. */
  unrestrictedLive: number;
}
