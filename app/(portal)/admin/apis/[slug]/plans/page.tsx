import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { cache } from "react";
import { apisText } from "#components/apis/text.ts";
import { PlanForm } from "#components/plans/plan-form.tsx";
import { PlanTermsList } from "#components/plans/plan-terms.tsx";
import { plansText } from "#components/plans/text.ts";
import { UnmatchedPatterns } from "#components/plans/unmatched-patterns.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { uiText } from "#components/ui/text.ts";
import { getApiToChange } from "#domain/catalog/apis/list.ts";
import { getPlan, listPlans } from "#domain/plans/list.ts";
import { planRefSchema } from "#domain/plans/schema.ts";
import { countPlanSubscribers } from "#domain/plans/subscribers.ts";
import { type PageSearch, pageInput, readForPage, searchOf } from "#server/page.ts";
import { createPlan, updatePlan } from "../../../actions.ts";
import { PlanDetails } from "./plan-details.tsx";

interface PlansPageProps {
  params: Promise<{ slug: string }>;
  searchParams: PageSearch;
}

const apiOf = cache((slug: string) => readForPage(getApiToChange, { slug }));

/** The plan that the URL names to edit, if any. */
const planOf = cache(async (api: string, slug: string | null) =>
  slug ? readForPage(getPlan, pageInput(planRefSchema, { api, slug })) : undefined,
);

export async function generateMetadata({ params, searchParams }: PlansPageProps): Promise<Metadata> {
  const [{ slug: api }, query] = [await params, await searchOf(searchParams)];
  const [{ name }, plan] = await Promise.all([apiOf(api), planOf(api, query.get("edit"))]);
  return { title: `${plan ? plansText.edit(plan.name) : plansText.title} · ${name}` };
}

/** The plans of an API, for administrators. */
export default async function PlansPage({ params, searchParams }: PlansPageProps) {
  const [{ slug: api }, query] = [await params, await searchOf(searchParams)];
  const base = `/admin/apis/${api}/plans`;
  const [{ name }, { items }, counts, plan] = await Promise.all([
    apiOf(api),
    readForPage(listPlans, { api }),
    readForPage(countPlanSubscribers, { api }),
    planOf(api, query.get("edit")),
  ]);
  const isForm = plan !== undefined || query.has("new");
  return (
    <div className="grid gap-8">
      <PageHeader
        crumbs={[
          { label: uiText.admin, href: "/admin" },
          { label: apisText.title, href: "/admin/apis" },
          { label: name, href: `/admin/apis/${api}` },
          ...(isForm ? [{ label: plansText.manage, href: base }] : []),
        ]}
        title={plan ? plansText.edit(plan.name) : isForm ? plansText.add : plansText.manage}
        facts={isForm ? null : plansText.facts}
        actions={
          isForm ? null : (
            <ButtonLink href={`${base}?new=1`} variant="primary">
              <Plus aria-hidden />
              {plansText.add}
            </ButtonLink>
          )
        }
      />
      {isForm ? (
        <div className="grid max-w-3xl gap-8">
          {plan ? <UnmatchedPatterns patterns={plan.unmatchedPatterns} /> : null}
          <PlanForm
            key={plan?.slug ?? ""}
            api={api}
            create={createPlan}
            update={updatePlan}
            {...(plan && { plan })}
          />
          {plan ? <PlanDetails plan={plan} /> : null}
        </div>
      ) : (
        <Card flush>
          {items.length === 0 ? (
            <EmptyState title={plansText.none.title}>{plansText.none.body}</EmptyState>
          ) : (
            <ul className="divide-y divide-border">
              {items.map((item) => (
                <li
                  key={item.slug}
                  className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 px-5 py-4"
                >
                  <div className="grid min-w-0 flex-1 basis-72 gap-2">
                    <div className="flex flex-wrap items-center gap-2">
                      <h2 className="font-medium">{item.name}</h2>
                      <span className="font-mono text-xs text-muted">{item.slug}</span>
                      {item.archivedAt ? <Badge>{plansText.archived}</Badge> : null}
                      {item.visibility === "private" ? <Badge>{plansText.private}</Badge> : null}
                      {item.approval ? <Badge>{plansText.approval}</Badge> : null}
                    </div>
                    <PlanTermsList terms={item} />
                    <UnmatchedPatterns patterns={item.unmatchedPatterns} />
                    <p className="text-sm text-muted">
                      {plansText.version(item.version)} · {plansText.projects(counts[item.slug] ?? 0)}
                    </p>
                  </div>
                  <ButtonLink
                    href={`${base}?edit=${item.slug}`}
                    size="sm"
                    aria-label={plansText.edit(item.name)}
                  >
                    {plansText.editLabel}
                  </ButtonLink>
                </li>
              ))}
            </ul>
          )}
        </Card>
      )}
    </div>
  );
}
