import type { Metadata } from "next";
import { cache } from "react";
import { apisText } from "#components/apis/text.ts";
import { ConfirmButton } from "#components/forms/confirm-button.tsx";
import { OverrideForm } from "#components/plans/override-form.tsx";
import { PlanTermsList } from "#components/plans/plan-terms.tsx";
import { plansText } from "#components/plans/text.ts";
import { UnmatchedPatterns } from "#components/plans/unmatched-patterns.tsx";
import { Card, Section } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { uiText } from "#components/ui/text.ts";
import { termsOf } from "#domain/plans/find.ts";
import { getPlan } from "#domain/plans/list.ts";
import { getSubscription } from "#domain/plans/read-subscription.ts";
import type { Subscription } from "#domain/plans/schema.ts";
import { getProject } from "#domain/projects/list.ts";
import { readForPage } from "#server/page.ts";
import { removePlanOverride, setPlanOverride } from "../../../../../actions.ts";

const text = plansText.override;

interface OverridePageProps {
  params: Promise<{ slug: string; projectId: string }>;
}

const termsOfProject = cache((slug: string, projectId: string) =>
  Promise.all([readForPage(getProject, { projectId }), readForPage(getSubscription, { projectId, slug })]),
);

export async function generateMetadata({ params }: OverridePageProps): Promise<Metadata> {
  const { slug, projectId } = await params;
  const [project, { api }] = await termsOfProject(slug, projectId);
  return { title: `${text.for(project.name)} · ${api.name}` };
}

/** The terms of one project that differ from those of its plan. */
export default async function OverridePage({ params }: OverridePageProps) {
  const { slug, projectId } = await params;
  const [project, subscription] = await termsOfProject(slug, projectId);
  const { plan, override, api } = subscription;
  const plans = `/admin/apis/${slug}/plans`;
  return (
    <div className="grid gap-8">
      <PageHeader
        crumbs={[
          { label: uiText.admin, href: "/admin" },
          { label: apisText.title, href: "/admin/apis" },
          { label: api.name, href: `/admin/apis/${slug}` },
          { label: plansText.manage, href: plans },
          ...(plan ? [{ label: plan.name, href: `${plans}?edit=${plan.slug}` }] : []),
        ]}
        title={text.for(project.name)}
        facts={plan ? text.facts(plan.name, api.name) : null}
        actions={
          override ? (
            <ConfirmButton
              label={text.remove.label}
              title={text.remove.title}
              confirm={text.remove.confirm}
              action={removePlanOverride.bind(null, { projectId, slug })}
            >
              <p>{text.remove.effect}</p>
            </ConfirmButton>
          ) : null
        }
      />
      {plan ? (
        <Terms subscription={subscription} plan={plan} />
      ) : (
        <Card flush>
          <EmptyState title={text.none.title}>{text.none.body}</EmptyState>
        </Card>
      )}
    </div>
  );
}

interface TermsProps {
  subscription: Subscription;
  plan: { slug: string; name: string };
}

async function Terms({ subscription, plan }: TermsProps) {
  const { api, override } = subscription;
  const ofPlan = await readForPage(getPlan, { api: api.slug, slug: plan.slug });
  return (
    <div className="grid max-w-3xl gap-8">
      <Section title={text.ofPlan(plan.name)}>
        <Card>
          <PlanTermsList terms={ofPlan} />
        </Card>
      </Section>
      <Section title={override ? text.edit : text.add}>
        <UnmatchedPatterns patterns={override?.unmatchedPatterns ?? []} />
        <OverrideForm
          key={override?.updatedAt ?? ""}
          subscription={subscription}
          planTerms={termsOf(ofPlan)}
          done={`/admin/apis/${api.slug}/plans?edit=${plan.slug}`}
          save={setPlanOverride}
        />
      </Section>
    </div>
  );
}
