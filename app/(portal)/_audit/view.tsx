import { AuditFilters } from "#components/audit/audit-filters.tsx";
import { AuditList } from "#components/audit/audit-list.tsx";
import { AUDIT_LOG, type AuditState, auditFilterOf } from "#components/audit/audit-state.ts";
import { PROJECT_ACTIONS, SITE_ACTIONS } from "#components/audit/entry-text.ts";
import { auditText } from "#components/audit/text.ts";
import { EmptyState } from "#components/ui/empty.tsx";
import { listAudit } from "#domain/audit/list.ts";
import type { AuditPage } from "#domain/audit/schema.ts";
import { readForPage } from "#server/page.ts";

interface Person {
  id: string;
  name: string;
}

interface AuditViewProps {
  base: string;
  search: URLSearchParams;
  people: Person[];
  aboutLabel: string;
  projectId?: string;
}

/** The audit log with its filters: the site's, or one project's. */
export async function AuditView({ base, search, people, aboutLabel, projectId }: AuditViewProps) {
  const state = AUDIT_LOG.read(search);
  const cursor = search.get("cursor") ?? undefined;
  const page = await readForPage(listAudit, { ...auditFilterOf(state, projectId), cursor, limit: 50 });
  const narrow = (by: AuditState) => AUDIT_LOG.href(base, state, by);
  return (
    <div className="grid gap-4">
      <AuditFilters
        base={base}
        state={state}
        people={withActor(people, state.actor, page)}
        actions={projectId === undefined ? SITE_ACTIONS : PROJECT_ACTIONS}
        aboutLabel={aboutLabel}
      />
      {page.items.length > 0 ? (
        <AuditList page={page} base={AUDIT_LOG.href(base, state)} narrow={narrow} cursor={cursor} />
      ) : (
        <EmptyState title={AUDIT_LOG.isFiltered(state) ? auditText.noMatch : auditText.empty.title}>
          {auditText.empty.body}
        </EmptyState>
      )}
    </div>
  );
}

/** The people to choose from, with the chosen actor if it is a former member or a token: their entries name them. */
function withActor(people: Person[], actorId: string | undefined, page: AuditPage): Person[] {
  const found = page.items.find(({ actor }) => actor.id === actorId);
  if (actorId === undefined || found === undefined || people.some(({ id }) => id === actorId)) return people;
  return [...people, { id: actorId, name: found.actor.name }];
}
