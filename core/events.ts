/** The events that notifications and webhooks are about (`noun.verb-in-the-past`, as in the audit log). */
export const EVENT_KINDS = [
  "key.created",
  "key.expiring",
  "key.disabled",
  "key.enabled",
  "key.revoked",
  "key.restored",
  "key.rotated",
  "key.unused",
  "key.rule-broken",
  "key.exemption-ending",
  "key.approval-requested",
  "key.approved",
  "key.refused",
  "key.secret-old",
  "key.leaked",
  "keys.created",
  "keys.revoked",
  "keys.disabled",
  "keys.unused",
  "keys.rule-broken",
  "keys.approval-requested",
  "keys.restored",
  "quota.nearing",
  "quota.exhausted",
  "member.added",
  "member.changed-by-token",
  "member.credentials-ended",
  "access.requested",
  "access.enabled",
  "access.disabled",
  "access.approved",
  "access.declined",
  "operations.deprecated",
  "plan.changed",
  "plan.approved",
  "plan.declined",
  "plan.updated",
  "plan.trial-ending",
  "project.created",
  "project.suspended",
  "project.resumed",
  "project.deleted",
  "alert.quota",
  "alert.denials",
  "alert.new-network",
  "alert.dormant-key",
] as const;

/** The test button of a webhook sends `webhook.test`, which causes no notification. */
export type EventKind = (typeof EVENT_KINDS)[number] | "webhook.test";

/** The data of an event, without secrets. Instants are ISO 8601 in UTC. */
export type EventData = Record<string, string | number | boolean | null>;

/** Events that can happen again and again without anyone acting. A person gets a bounded number of mails about them. */
export const REPEATED_KINDS: readonly EventKind[] = [
  "access.requested",
  "alert.quota",
  "alert.denials",
  "alert.new-network",
  "alert.dormant-key",
];

/**
 * The events whose mails count against the same bound; none if their number is not bounded. Requests for access count
 * separately, because any user can cause them: otherwise, they could use up the bound for mails about a stolen key.
 */
export function repeatedWith(kind: EventKind): EventKind[] {
  if (!REPEATED_KINDS.includes(kind)) return [];
  return REPEATED_KINDS.filter((other) => (other === "access.requested") === (kind === "access.requested"));
}
