import type { AuditFilter } from "#domain/audit/schema.ts";

/** What the audit log's page shows, all of it in the URL. */
export interface AuditState {
  /** A user's id. */
  actor?: string | undefined;
  action?: string | undefined;
  /** A project's id on the site's page, else the id of the one thing that is meant. */
  about?: string | undefined;
  /** Days, UTC, `2026-11-23`; both are included. */
  from?: string | undefined;
  to?: string | undefined;
}

const PATTERNS: Record<keyof AuditState, RegExp> = {
  actor: /^\w{1,100}$/,
  action: /^[a-zA-Z-]{1,40}(\.[a-z-]{1,40})?$/,
  about: /^[\w-]{1,200}$/,
  from: /^\d{4}-\d{2}-\d{2}$/,
  to: /^\d{4}-\d{2}-\d{2}$/,
};
const NAMES = Object.keys(PATTERNS) as (keyof AuditState)[];
const DAY_MS = 86_400_000;

/** Reads the state from a URL; what can't be meant is as if it were not there. */
export function readAuditState(search: URLSearchParams): AuditState {
  const state: AuditState = {};
  for (const name of NAMES) {
    const value = search.get(name)?.trim();
    if (value && PATTERNS[name].test(value) && (!isDay(name) || !Number.isNaN(Date.parse(value)))) {
      state[name] = value;
    }
  }
  return state;
}

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

/** The address of the page at `base` with this state; `more` are further parameters. */
export function auditHref(base: string, state: AuditState, more: Record<string, string> = {}): string {
  const params = new URLSearchParams(more);
  for (const name of NAMES) {
    const value = state[name];
    if (value) params.set(name, value);
  }
  return params.size > 0 ? `${base}?${params}` : base;
}

export function isFiltered(state: AuditState): boolean {
  return NAMES.some((name) => state[name] !== undefined);
}

function isDay(name: keyof AuditState): boolean {
  return name === "from" || name === "to";
}
