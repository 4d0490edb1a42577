import type { Metadata } from "next";
import { Card, Section } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { Link } from "#components/ui/link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { CursorPagination } from "#components/ui/pagination.tsx";
import { uiText } from "#components/ui/text.ts";
import { SweepList } from "#components/unused/sweep-list.tsx";
import { sweepText } from "#components/unused/sweep-text.ts";
import { unusedText as text } from "#components/unused/text.ts";
import { UnusedFilters } from "#components/unused/unused-filters.tsx";
import { UnusedKeyList } from "#components/unused/unused-key-list.tsx";
import { UNUSED_LIST, type UnusedState, unusedHref } from "#components/unused/unused-state.ts";
import { listSweeps } from "#domain/keys/lifecycle/sweeps/read.ts";
import { listUnusedKeys } from "#domain/keys/lifecycle/unused/list.ts";
import { listUnusedSchema } from "#domain/keys/lifecycle/unused/schema.ts";
import { listProjects } from "#domain/projects/list.ts";
import { type PageSearch, pageCtx, pageInput, readForPage, searchOf } from "#server/page.ts";
import { endExemption, exemptKey, previewSweep } from "../actions.ts";

export const metadata: Metadata = { title: text.title };

const SWEEPS_SHOWN = 10;
/** Other projects can be selected from a row of the table. */
const PROJECTS_SHOWN = 200;

/** Unused keys, which can be revoked in bulk with a preview and an undo. */
export default async function UnusedKeysPage({ searchParams }: { searchParams: PageSearch }) {
  const search = await searchOf(searchParams);
  const state = readUnusedState(search);
  const cursor = search.get("cursor") ?? undefined;
  const input = pageInput(listUnusedSchema, { ...state, cursor });
  const [page, sweeps, projects, { now }] = await Promise.all([
    readForPage(listUnusedKeys, input),
    readForPage(listSweeps, { limit: SWEEPS_SHOWN }),
    readForPage(listProjects, { all: true, limit: PROJECTS_SHOWN }),
    pageCtx(),
  ]);
  const { unusedForDays, used, environment, restricted, projectId } = input;
  const base = unusedHref(state);
  return (
    <div className="grid gap-6">
      <PageHeader
        crumbs={[{ label: uiText.admin, href: "/admin" }]}
        title={text.title}
        facts={
          <>
            {text.facts(unusedForDays)}
            <Link href="/admin/policies#unused" className="rounded text-accent underline">
              {text.policy}
            </Link>
          </>
        }
      />
      <UnusedFilters state={state} projects={projects.items.map(({ id, name }) => ({ id, name }))} />
      {page.items.length > 0 ? (
        <UnusedKeyList
          // A selection is valid only for the filters under which it was created.
          key={base}
          page={page}
          state={state}
          nowMs={now()}
          filter={{
            unusedForDays,
            ...(used && { used }),
            ...(environment && { environment }),
            ...(restricted && { restricted }),
            ...(projectId !== undefined && { projectId }),
          }}
          actions={{ previewSweep, exemptKey, endExemption }}
        />
      ) : (
        <Card flush>
          <EmptyState title={text.empty.title}>{text.empty.body(unusedForDays)}</EmptyState>
        </Card>
      )}
      <CursorPagination noun={text.noun} base={base} cursor={cursor} nextCursor={page.nextCursor} />
      {sweeps.items.length > 0 ? (
        <Section title={sweepText.listTitle} description={sweepText.listDescription}>
          <SweepList sweeps={sweeps.items} />
        </Section>
      ) : null}
    </div>
  );
}

/** The filters in a URL; none if the list does not accept one of them. */
function readUnusedState(search: URLSearchParams): UnusedState {
  const state = UNUSED_LIST.read(search);
  return listUnusedSchema.safeParse(state).success ? state : {};
}
