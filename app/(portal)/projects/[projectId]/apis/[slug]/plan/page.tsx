import type { Metadata } from "next";
import { cache } from "react";
import { PlanTermsList } from "#components/plans/plan-terms.tsx";
import { plansText } from "#components/plans/text.ts";
import { projectApisText } from "#components/projects/text.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { getProjectApiStatus } from "#domain/catalog/enablement/list.ts";
import { listPlans } from "#domain/plans/list.ts";
import { getSubscription } from "#domain/plans/read-subscription.ts";
import type { Plan, Subscription } from "#domain/plans/schema.ts";
import { pageCtx, readForPage } from "#server/page.ts";
import { projectOf } from "../../../project.ts";
import { type Choice, PlanAction } from "./plan-action.tsx";

const text = plansText.choose;

interface PlanPageProps {
  params: Promise<{ projectId: string; slug: string }>;
}

const subscriptionOf = cache((projectId: string, slug: string) =>
  readForPage(getSubscription, { projectId, slug }),
);

export async function generateMetadata({ params }: PlanPageProps): Promise<Metadata> {
  const { projectId, slug } = await params;
  return { title: text.title((await subscriptionOf(projectId, slug)).api.name) };
}

/** The plans of an API for a project: compared, and chosen. */
export default async function PlanPage({ params }: PlanPageProps) {
  const { projectId, slug } = await params;
  const [project, { items }, subscription, status, { actor }] = await Promise.all([
    projectOf(projectId),
    readForPage(listPlans, { api: slug }),
    subscriptionOf(projectId, slug),
    readForPage(getProjectApiStatus, { projectId, slug }),
    pageCtx(),
  ]);
  const isCurrent = (plan: Plan) => plan.slug === subscription.plan?.slug;
  const plans = items.filter((plan) => plan.archivedAt === null || isCurrent(plan));
  const choice: Choice = {
    projectId,
    status,
    role: project.role,
    subscription,
    admin: actor.kind === "user" && actor.siteRole === "admin",
  };
  return (
    <div className="grid gap-6">
      <PageHeader
        crumbs={[
          { label: project.name, href: `/projects/${projectId}` },
          { label: projectApisText.title, href: `/projects/${projectId}/apis` },
        ]}
        title={text.title(subscription.api.name)}
        facts={text.facts}
      />
      <State subscription={subscription} isPending={status === "pending"} />
      {plans.length === 0 ? (
        <Card flush>
          <EmptyState title={text.none.title}>{text.none.body}</EmptyState>
        </Card>
      ) : (
        <ul className="grid items-stretch gap-4 md:grid-cols-2 xl:grid-cols-3">
          {plans.map((plan) => (
            <li key={plan.slug} className="grid">
              <Card className="grid content-between gap-5">
                <div className="grid gap-3">
                  <div className="flex flex-wrap items-center gap-2">
                    <h2 className="font-medium">{plan.name}</h2>
                    {isCurrent(plan) ? <Badge tone="accent">{plansText.current}</Badge> : null}
                    {plan.approval ? <Badge>{plansText.approval}</Badge> : null}
                    {plan.visibility === "private" ? <Badge>{plansText.private}</Badge> : null}
                  </div>
                  {plan.description ? <p>{plan.description}</p> : null}
                  <PlanTermsList terms={(isCurrent(plan) && subscription.terms) || plan} />
                </div>
                <PlanAction choice={choice} plan={plan} isCurrent={isCurrent(plan)} />
              </Card>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function State({ subscription, isPending }: { subscription: Subscription; isPending: boolean }) {
  const { next, request, override, trialEndsAt } = subscription;
  const lines = [
    isPending ? text.pending : null,
    next && text.next(next.plan.name, next.startsAt),
    request && !isPending
      ? request.status === "pending"
        ? text.requested(request.plan.name)
        : [text.declined(request.plan.name), request.message].filter(Boolean).join(" ")
      : null,
    override &&
      [text.agreed(override.reason), override.endsAt && text.agreedUntil(override.endsAt)]
        .filter(Boolean)
        .join(" "),
    trialEndsAt && Date.parse(trialEndsAt) > Date.now() ? text.trialUntil(trialEndsAt) : null,
  ].filter((line) => line !== null);
  if (lines.length === 0) return null;
  return (
    <div className="grid gap-1">
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  );
}
