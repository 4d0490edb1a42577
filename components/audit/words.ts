import type { SetChange } from "#domain/audit/compact.ts";
import type { AuditRecord } from "#domain/audit/types.ts";

/** The words of each action between actor and subject: "Ada revoked the key checkout server". */
const VERBS: Record<string, string> = {
  "key.created": "created the key",
  "key.updated": "changed the key",
  "key.disabled": "disabled the key",
  "key.enabled": "enabled the key",
  "key.revoked": "revoked the key",
  "key.restored": "restored the key",
  "key.rotated": "rotated the secret of the key",
  "key.secret-ended": "ended an older secret of the key",
  "key.overlap-changed": "changed the end date of an older secret of the key",
  "key.exempted": "exempted from the policy for unused keys the key",
  "key.exemption-ended": "ended the exemption of the key",
  "key.leaked": "reported a leaked secret of the key",
  "sweep.previewed": "previewed a bulk revocation",
  "sweep.started": "started a bulk revocation",
  "sweep.undone": "undid a bulk revocation",
  "project.secret-age-set": "set the maximum secret age of the project",
  "webhook.created": "created the webhook",
  "webhook.updated": "changed the webhook",
  "webhook.deleted": "deleted the webhook",
  "webhook.secret-rotated": "rotated the signing secret of the webhook",
  "webhook.tested": "sent a test event to the webhook",
  "webhook.replayed": "resent an event to the webhook",
  "project.created": "created the project",
  "project.renamed": "renamed the project",
  "project.limited": "changed the project's limits",
  "project.ceiling-set": "set the project's ceiling",
  "project.suspended": "suspended the project",
  "project.resumed": "resumed the project",
  "project.deleted": "deleted the project",
  "project.handed-over": "transferred ownership to",
  "member.invited": "invited",
  "member.joined": "joined the project as",
  "member.left": "left the project",
  "member.removed": "removed",
  "member.role-changed": "changed the role of",
  "invitation.withdrawn": "withdrew the invitation for",
  "access.enabled": "enabled the API",
  "access.requested": "requested access to the API",
  "access.approved": "approved the API",
  "access.declined": "declined the API",
  "access.disabled": "disabled the API",
  "access.withdrawn": "canceled the request for the API",
  "api.created": "added the API",
  "api.updated": "changed the API",
  "api.deleted": "deleted the API",
  "serviceToken.created": "created the service token",
  "serviceToken.revoked": "revoked the service token",
  "serviceToken.leaked": "reported the leaked service token",
  "managementToken.created": "created the management token",
  "managementToken.revoked": "revoked the management token",
  "managementToken.rejected": "was rejected with the management token",
  "managementToken.used-from-new-address": "called from a new IP address with the management token",
  "managementToken.leaked": "reported the leaked management token",
  "user.created": "created the account of",
  "user.signed-in": "signed in",
  "user.sign-in-failed": "failed to sign in as",
  "user.confirmation-failed": "typed a wrong password to confirm a change as",
  "access.denied": "was denied access",
  "security.events-left-out": "left out of this log further events of the kind",
  "user.disabled": "disabled the account of",
  "user.enabled": "enabled the account of",
  "user.role-changed": "changed the site role of",
  "user.renamed": "changed the name of",
  "user.invited": "invited to the site",
  "user.signed-out": "signed out",
  "user.signed-out-everywhere": "signed out everywhere",
  "user.identity-linked": "linked another way to sign in to the account of",
  "user.password-changed": "changed the password of",
  "user.credentials-ended": "ended, on signing in with a provider, all earlier credentials of",
  "policies.updated": "changed the policies of",
  "first-admin.link-made": "created the link for",
  "demo.seeded": "filled the database with the",
};

/** All actions, grouped by their noun. */
export const ACTIONS: ReadonlyMap<string, string[]> = Map.groupBy(
  Object.keys(VERBS),
  (action) => action.split(".")[0] ?? "",
);

/** The verb of a record, and whether the thing it is about needs naming after it. */
export function auditWords(record: Pick<AuditRecord, "action" | "actor" | "subject">): {
  verb: string;
  subject: string | null;
} {
  const verb = VERBS[record.action] ?? record.action;
  // Of what one does to oneself ("signed in", "left the project") the name would only be said twice.
  const self = record.actor.id !== null && record.actor.id === record.subject.id;
  return { verb: self ? verb.replace(/ (as|of)$/, "") : verb, subject: self ? null : record.subject.name };
}

const CHANNELS: Record<string, string> = {
  token: "with a management token",
  cli: "on the command line",
  link: "with a one-time link",
};

/** How the actor came, where that is not simply by signing in. */
export function channelWords(via: string): string | null {
  return CHANNELS[via] ?? null;
}

export interface AuditChange {
  field: string;
  before: string | null;
  after: string | null;
}

/** The fields that changed, side by side. */
export function changesOf({ before, after }: Pick<AuditRecord, "before" | "after">): AuditChange[] {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return fields.map((field) => ({
    field,
    before: valueWords(before?.[field]),
    after: valueWords(after?.[field]),
  }));
}

/** Longer values are cut: the API and the export have them whole. */
const MAX_VALUE_LENGTH = 2_000;

function valueWords(value: unknown): string | null {
  if (value === undefined) return null;
  if (value === null) return "none";
  const words = wordsOf(value);
  return words.length > MAX_VALUE_LENGTH ? `${words.slice(0, MAX_VALUE_LENGTH).toWellFormed()}…` : words;
}

function wordsOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (isTextList(value)) return value.join(", ") || "none";
  return isSetChange(value) ? setWords(value) : JSON.stringify(value);
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

/** Checks all of it: an array has a method `entries`, and metadata may have a field of that name. */
function isSetChange(value: unknown): value is SetChange {
  if (typeof value !== "object" || value === null || !("entries" in value)) return false;
  const { entries, added = {}, removed = {}, more = 0 } = value as { [field in keyof SetChange]: unknown };
  if (typeof entries !== "number" || typeof more !== "number") return false;
  return [added, removed].every(
    (lists) => typeof lists === "object" && lists !== null && Object.values(lists).every(isTextList),
  );
}

/** A set of restrictions: its size, and the entries that came or went. */
function setWords({ entries, added, removed, more = 0 }: SetChange): string {
  const texts = Object.entries(added ?? removed ?? {}).flatMap(([kind, list]) =>
    list.map((text) => `${kind} ${text}`),
  );
  const size = entries === 1 ? "1 entry" : `${entries.toLocaleString("en")} entries`;
  if (texts.length === 0) return size;
  const rest = more > 0 ? ` and ${more.toLocaleString("en")} more` : "";
  return `${size}, ${added ? "added" : "removed"}: ${texts.join(", ")}${rest}`;
}
