/** What people and webhooks are told of (`noun.verb-in-the-past`, as in the audit log). */
export const EVENT_KINDS = [
  "key.expiring",
  "key.disabled",
  "key.enabled",
  "key.revoked",
  "key.restored",
  "key.rotated",
  "key.unused",
  "key.secret-old",
  "key.leaked",
  "keys.revoked",
  "keys.disabled",
  "keys.unused",
  "keys.restored",
  "quota.nearing",
  "quota.exhausted",
  "member.added",
  "member.changed-by-token",
  "access.approved",
  "access.declined",
] as const;

/** `webhook.test` is what the test button sends; nobody else is told of it. */
export type EventKind = (typeof EVENT_KINDS)[number] | "webhook.test";

/** The facts behind an event; never a secret. Instants are ISO 8601 in UTC. */
export type EventData = Record<string, string | number | boolean | null>;
