import { formatNumber, plural } from "#core/format.ts";
import type { SetChange } from "#domain/audit/compact.ts";
import type { AuditRecord } from "#domain/audit/schema.ts";
import { formatDateTime } from "../ui/format-time.ts";
import { auditText } from "./text.ts";

/** Every action of the site's log, grouped by noun. */
export const SITE_ACTIONS = byNoun(Object.keys(auditText.verbs));

const PROJECT_NOUNS = new Set([
  "key",
  "webhook",
  "alert",
  "project",
  "member",
  "invitation",
  "access",
  "subscription",
  "managementToken",
]);
/** Events of an account or of a token's use, which belong to no project. */
const OF_NO_PROJECT = new Set([
  "access.denied",
  "managementToken.rejected",
  "managementToken.used-from-new-address",
]);

/** The actions that a project's log can contain. */
export const PROJECT_ACTIONS = byNoun(
  Object.keys(auditText.verbs).filter(
    (action) => PROJECT_NOUNS.has(nounOf(action)) && !OF_NO_PROJECT.has(action),
  ),
);

function nounOf(action: string): string {
  return action.slice(0, action.indexOf("."));
}

function byNoun(actions: string[]): ReadonlyMap<string, string[]> {
  return Map.groupBy(actions, nounOf);
}

/** The verb of a record, and the name that follows it; null if the verb is enough. */
export function entryText(record: Pick<AuditRecord, "action" | "actor" | "subject">): {
  verb: string;
  subject: string | null;
} {
  const verb = auditText.verbs[record.action] ?? record.action;
  // The name of the actor is not repeated for an action on their own account, such as "signed in".
  const self = record.actor.id !== null && record.actor.id === record.subject.id;
  return { verb: self ? verb.replace(/ (as|of)$/, "") : verb, subject: self ? null : record.subject.name };
}

/** How the actor authenticated; null for a session. */
export function channelText(via: string): string | null {
  return auditText.channels[via] ?? null;
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
    field: fieldText(field),
    before: valueText(before?.[field]),
    after: valueText(after?.[field]),
  }));
}

/** Longer values are truncated. The API and the export have the complete values. */
const MAX_VALUE_LENGTH = 2_000;

function valueText(value: unknown): string | null {
  if (value === undefined) return null;
  if (value === null) return auditText.none;
  const text = textOf(value);
  return text.length > MAX_VALUE_LENGTH ? `${text.slice(0, MAX_VALUE_LENGTH).toWellFormed()}…` : text;
}

/** "expiresAt" as "expires at". Names that are no identifiers, such as those of metadata, stay. */
function fieldText(field: string): string {
  const text = auditText.fieldNames[field];
  if (text !== undefined) return text;
  return /^[a-z]+([A-Z][a-z]+)+$/.test(field)
    ? field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    : field;
}

/** An instant as the log writes it: ISO 8601 in UTC. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/;

function textOf(value: unknown): string {
  if (typeof value === "string") {
    return INSTANT.test(value) ? formatDateTime(Date.parse(value), "UTC") : value;
  }
  if (typeof value === "number") return formatNumber(value);
  if (typeof value === "boolean") return value ? auditText.yes : auditText.no;
  if (value === null || typeof value !== "object") return auditText.none;
  if (Array.isArray(value)) return value.map(partText).join(", ") || auditText.none;
  if (isSetChange(value)) return setText(value);
  const parts = Object.entries(value).map(([name, part]) => `${fieldText(name)} ${partText(part)}`);
  return parts.join(", ") || auditText.none;
}

/** A value inside another one: lists and objects are in parentheses, so that it is clear where they end. */
function partText(value: unknown): string {
  const text = textOf(value);
  return typeof value === "object" && value !== null && text !== auditText.none ? `(${text})` : text;
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

/** A set of restrictions: its size, and the entries that were added or removed. */
function setText({ entries, added, removed, more = 0 }: SetChange): string {
  const texts = Object.entries(added ?? removed ?? {}).flatMap(([kind, list]) =>
    list.map((text) => `${kind} ${text}`),
  );
  const size = plural(entries, "entry", "entries");
  if (texts.length === 0) return size;
  const list = texts.join(", ") + (more > 0 ? auditText.more(more) : "");
  return added ? auditText.added(size, list) : auditText.removed(size, list);
}
