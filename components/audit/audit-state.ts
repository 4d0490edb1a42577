import { DAY_MS } from "#core/time.ts";
import type { AuditFilter } from "#domain/audit/schema.ts";
import { day, defineUrlState, text, type UrlStateOf } from "../ui/url-state.ts";

/** What a page of the audit log shows. */
export const AUDIT_LOG = defineUrlState({
  /** A user's id. */
  actor: text(/^\w{1,100}$/),
  action: text(/^[a-zA-Z-]{1,40}(\.[a-z-]{1,40})?$/),
  /** The id of a project on the site's page, else of any one resource. */
  about: text(/^[\w-]{1,200}$/),
  /** Days in UTC; both are included. */
  from: day(),
  to: day(),
});
export type AuditState = UrlStateOf<typeof AUDIT_LOG>;

/** The state as the log's filter; `projectId` where the page is one project's. */
export function auditFilterOf(
  { actor, action, about, from, to }: AuditState,
  projectId?: string,
): AuditFilter {
  const aboutProject = projectId === undefined && about?.startsWith("prj_");
  return {
    projectId: aboutProject ? about : projectId,
    subjectId: aboutProject ? undefined : about,
    actorId: actor,
    action,
    from: from === undefined ? undefined : Date.parse(from),
    to: to === undefined ? undefined : Date.parse(to) + DAY_MS,
  };
}
