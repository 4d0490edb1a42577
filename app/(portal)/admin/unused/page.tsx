import type { Metadata } from "next";
import Link from "next/link";
import { Card, Section } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { nextPageHref } from "#components/ui/url-state.ts";
import { SweepList } from "#components/unused/sweep-list.tsx";
import { UnusedDesk } from "#components/unused/unused-desk.tsx";
import { UnusedFilters } from "#components/unused/unused-filters.tsx";
import { readUnusedState, unusedInputOf } from "#components/unused/unused-input.ts";
import { unusedHref } from "#components/unused/unused-state.ts";
import { listSweeps } from "#domain/keys/lifecycle/sweeps/read.ts";
import { listUnusedKeys } from "#domain/keys/lifecycle/unused/list.ts";
import { listProjects } from "#domain/projects/list.ts";
import { type PageSearch, pageCtx, readForPage, searchOf } from "#server/page.ts";
import { endExemption, exemptKey, previewSweep } from "./actions.ts";

export const metadata: Metadata = { title: "Unused keys" };

const SWEEPS_SHOWN = 10;
/** Other projects can be selected from a row of the table. */
const PROJECTS_SHOWN = 200;

/** Unused keys, which can be revoked in bulk with a preview and an undo. */
export default async function UnusedKeysPage({ searchParams }: { searchParams: PageSearch }) {
  const search = await searchOf(searchParams);
  const state = readUnusedState(search);
  const cursor = search.get("cursor") ?? undefined;
  const input = unusedInputOf(state, cursor);
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
        crumbs={[{ label: "Admin", href: "/admin" }]}
        title="Unused keys"
        facts={
          <>
            Keys that were not used for {unusedForDays} days and are at least as old.{" "}
            <Link href="/admin/policies#unused" className="rounded text-accent underline">
              Automate with a policy
            </Link>
          </>
        }
      />
      <UnusedFilters state={state} projects={projects.items.map(({ id, name }) => ({ id, name }))} />
      {page.items.length > 0 ? (
        <UnusedDesk
          // A selection is valid only for the filters under which it was made.
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
          <EmptyState title="No unused keys">
            No key has been unused for {unusedForDays} days. Younger keys are not listed.
          </EmptyState>
        </Card>
      )}
      <Pagination
        noun="keys"
        shown={null}
        firstHref={cursor === undefined ? null : base}
        nextHref={nextPageHref(base, page.nextCursor)}
      />
      {sweeps.items.length > 0 ? (
        <Section title="Bulk revocations" description="Each can be undone for 30 days.">
          <SweepList sweeps={sweeps.items} />
        </Section>
      ) : null}
    </div>
  );
}
