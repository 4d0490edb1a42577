import { formatNumber, plural } from "#core/format.ts";
import { formatUtcDate } from "#core/format-utc.ts";
import type { Tables } from "#db/schema.ts";
import { shownActorName } from "../context.ts";
import {
  enabledByText,
  endedByAdminOrRule,
  joinTexts,
  leakText,
  overlapText,
  restoredText,
  secretAgeText,
  unusedText,
} from "./key-texts.ts";
import { alertTexts, quotaText, quotaTitle } from "./limit-texts.ts";
import { APPROVAL_TEXT, exemptionText, ruleText } from "./rule-texts.ts";

export type EventRow = Tables["events"]["$inferSelect"];

/** An event as people read it: a title, what to do about it, and the page to do it on. */
export interface EventTexts {
  title: string;
  /** What it means or what to do; empty if the title says it all. */
  text: string;
  /** Relative to the portal's URL. */
  path: string;
}

type Facts = Pick<
  EventRow,
  "kind" | "projectId" | "subjectId" | "subjectName" | "actorId" | "actorName" | "data"
>;

/** The texts of an event. */
export function eventTexts(event: Facts): EventTexts {
  const project = `/projects/${event.projectId}`;
  const key = `${project}/keys/${event.subjectId}`;
  const { subjectName: name, data } = event;
  const who = shownActorName(event);
  const why = typeof data.reason === "string" && data.reason !== "" ? `Reason: ${data.reason}` : "";
  switch (event.kind) {
    case "key.created":
      return { title: `${who} created ${name}`, text: "", path: key };
    case "key.expiring":
      return {
        title: `${name} expires in ${data.hours ? hours(data.hours) : days(data.days)}`,
        text: "After that it stops working. Set a later end date, or create another key.",
        path: `${key}?tab=settings`,
      };
    case "key.disabled":
      return { title: `${who} disabled ${name}`, text: joinTexts(why, enabledByText(event)), path: key };
    case "key.enabled":
      return { title: `${who} enabled ${name}`, text: why, path: key };
    case "key.revoked":
      return {
        title: `${who} revoked ${name}`,
        text: joinTexts(
          why,
          endedByAdminOrRule(event)
            ? "An administrator can restore it for 30 days."
            : "It can be restored for 30 days.",
        ),
        path: key,
      };
    case "key.restored":
      return { title: `${who} restored ${name}`, text: joinTexts(why, restoredText(data)), path: key };
    case "key.rotated":
      return {
        title: `${who} rotated ${name}`,
        text: overlapText(data),
        path: `${key}?tab=secrets`,
      };
    case "key.unused":
      return {
        title: `${name} has not been used for ${days(data.days)}`,
        text: unusedText(data, "It"),
        path: key,
      };
    case "key.rule-broken":
      return { title: `${name} breaks a rule for keys`, text: ruleText(data, "it"), path: key };
    case "keys.rule-broken":
      return {
        title: `${keys(data.count)} break a rule for keys`,
        text: ruleText(data, "the first of them"),
        path: `${project}/keys`,
      };
    case "key.exemption-ending":
      return {
        title: `The exemption of ${name} ends in ${days(data.days)}`,
        text: exemptionText(data),
        path: key,
      };
    case "key.approval-requested":
      return { title: `${who} asks for the approval of ${name}`, text: APPROVAL_TEXT, path: key };
    case "keys.approval-requested":
      return {
        title: `${who} asks for the approval of ${keys(data.count)}`,
        text: APPROVAL_TEXT,
        path: `${project}/keys?approval=pending`,
      };
    case "key.approved":
      return { title: `${who} approved ${name}`, text: "", path: key };
    case "key.refused":
      return {
        title: `${who} declined ${name}`,
        text: joinTexts(why, "The key is revoked. Restoring it asks for an approval again."),
        path: key,
      };
    case "key.secret-old":
      return {
        title: `The secret of ${name} is ${days(data.days)} old`,
        text: secretAgeText(data),
        path: `${key}?tab=secrets`,
      };
    case "key.leaked":
      return {
        title: `A secret of ${name} was found in public`,
        text: leakText(data),
        path: `${key}?tab=secrets`,
      };
    case "keys.created":
      return { title: `${who} imported ${keys(data.count)}`, text: "", path: `${project}/keys` };
    case "keys.revoked":
      return {
        title: `${who} revoked ${keys(data.count)}`,
        text: joinTexts(why, "An administrator can restore them for 30 days."),
        path: `${project}/keys?status=revoked`,
      };
    case "keys.disabled":
      return {
        title: `${who} disabled ${keys(data.count)}`,
        text: why,
        path: `${project}/keys?status=disabled`,
      };
    case "keys.unused":
      return {
        title: `${keys(data.count)} have not been used for ${days(data.days)}`,
        text: unusedText(data, "Each"),
        path: `${project}/keys?sort=lastUsedAt`,
      };
    case "keys.restored":
      return {
        title: `${who} restored ${keys(data.count)}`,
        text: joinTexts(why, restoredText(data)),
        path: `${project}/keys`,
      };
    case "quota.nearing":
    case "quota.exhausted":
      return {
        title: quotaTitle(event.kind, name, data),
        text: quotaText(event.kind, data),
        path: data.scope === "key" ? `${key}?tab=limits` : project,
      };
    case "member.added":
      return { title: `${name} joined the project`, text: `As ${data.role}.`, path: `${project}/members` };
    case "member.changed-by-token":
      return {
        title: `A management token of ${who} ${memberChange(name, data)}`,
        text: `The token is “${data.token}”. If this was not intended, undo it and have the token revoked.`,
        path: `${project}/members`,
      };
    case "member.credentials-ended":
      return { ...credentialsTexts(name, data), path: `${project}/members` };
    case "access.requested":
      return {
        title:
          data.enabled === true
            ? `${who} requests the plan ${data.plan} of ${name}`
            : `${who} requests access to ${name}`,
        text: joinTexts(data.plan !== undefined && data.enabled !== true ? `Plan: ${data.plan}.` : "", why),
        path: "/admin/approvals",
      };
    case "access.enabled":
      return { title: `${who} enabled ${name}`, text: "", path: `${project}/apis` };
    case "access.disabled":
      return { title: `${who} disabled ${name}`, text: "", path: `${project}/apis` };
    case "project.created":
      return { title: `${who} created the project ${name}`, text: "", path: project };
    case "project.suspended":
      return { title: `${who} suspended the project ${name}`, text: why, path: project };
    case "project.resumed":
      return { title: `${who} resumed the project ${name}`, text: why, path: project };
    case "project.deleted":
      return { title: `${who} deleted the project ${name}`, text: "", path: "/admin/projects" };
    case "access.approved":
      return {
        title: `${who} approved access to ${name}`,
        text: messageText(data),
        path: `${project}/apis`,
      };
    case "access.declined":
      return {
        title: `${who} declined access to ${name}`,
        text: messageText(data),
        path: `${project}/apis`,
      };
    case "operations.deprecated":
      return {
        title: deprecatedTitle(name, data),
        text: `${keys(data.keys)} of this project called ${Number(data.count) === 1 ? "it" : "them"} in the last 30 days. Look up what replaces ${Number(data.count) === 1 ? "it" : "them"} in the API reference.`,
        path: `/apis/${data.api}/reference`,
      };
    case "plan.changed":
      return {
        title: `${who} changed the plan of ${name} to ${data.plan}`,
        text: data.takesEffect === "period-end" ? "From the end of the month on." : "",
        path: `${project}/apis`,
      };
    case "plan.approved":
      return {
        title: `${who} approved the plan ${data.plan} of ${name}`,
        text: messageText(data),
        path: `${project}/apis`,
      };
    case "plan.declined":
      return {
        title: `${who} declined the plan ${data.plan} of ${name}`,
        text: messageText(data),
        path: `${project}/apis`,
      };
    case "plan.updated":
      return {
        title: `The plan ${data.plan} of ${name} has new terms`,
        text: `Version ${data.version} is in effect since ${formatUtcDate(String(data.appliesAt))}.`,
        path: `${project}/apis/${data.api}/plan`,
      };
    case "plan.trial-ending":
      return {
        title: `The trial of the plan ${data.plan} of ${name} ends in ${data.hours === undefined ? days(data.days) : hours(data.hours)}`,
        text: "After that, its price applies.",
        path: `${project}/apis/${data.api}/plan`,
      };
    case "alert.quota":
    case "alert.denials":
    case "alert.new-network":
    case "alert.dormant-key":
      return alertTexts(event.kind, { name, project, key, data });
    case "webhook.test":
      return {
        title: `${who} sent a test`,
        text: "",
        path: `${data.site === true ? "/admin" : project}/webhooks/${event.subjectId}`,
      };
  }
}

/** The same as a reader needs it now: the pages of a deleted project are gone. */
export function currentTexts(event: Facts, { isDeleted }: { isDeleted: boolean }): EventTexts {
  const texts = eventTexts(event);
  if (!isDeleted || !texts.path.startsWith(`/projects/${event.projectId}`)) return texts;
  return { ...texts, text: joinTexts(texts.text, "The project has since been deleted."), path: "/projects" };
}

type Data = Facts["data"];

const days = (count: unknown) => plural(Number(count), "day");
const hours = (count: unknown) => plural(Number(count), "hour");
const keys = (count: unknown) => plural(Number(count), "key");

function deprecatedTitle(api: string, { names, count, sunset }: Data): string {
  const more = Number(count) - String(names).split(", ").length;
  const which = `${names}${more > 0 ? ` and ${formatNumber(more)} more` : ""} of ${api}`;
  if (typeof sunset === "string")
    return `${which} ${Number(count) === 1 ? "stops" : "stop"} working on ${formatUtcDate(sunset)}`;
  return `${which} ${Number(count) === 1 ? "is" : "are"} deprecated`;
}

function memberChange(name: string, { change, role, roleBefore }: Data): string {
  switch (change) {
    case "invited":
      return `invited ${name} as ${role}`;
    case "invitation-withdrawn":
      return `withdrew the invitation of ${name}`;
    case "joined":
      return `let ${name} join as ${role}`;
    case "removed":
      return `removed ${name}, whose role was ${roleBefore}`;
    default:
      return `changed the role of ${name} from ${roleBefore} to ${role}`;
  }
}

function credentialsTexts(name: string, { tokens, webhooks, names }: Data) {
  const ended = [
    ...(Number(tokens) > 0 ? [`${plural(Number(tokens), "project token")} revoked`] : []),
    ...(Number(webhooks) > 0 ? [`${plural(Number(webhooks), "webhook")} disabled`] : []),
  ];
  return {
    title: `${ended.join(" and ")} that ${name} created or changed`,
    text: `These ended: ${names}. The address of this account was not verified until now, so someone else may have used it. Create the tokens again, check the webhooks, review the members and rotate the keys.`,
  };
}

function messageText({ message }: Data): string {
  return typeof message === "string" ? message : "";
}
