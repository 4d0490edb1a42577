import { ActionButton } from "#components/forms/action-button.tsx";
import { ConfirmButton } from "#components/forms/confirm-button.tsx";
import { PlanTermsList } from "#components/plans/plan-terms.tsx";
import { plansText } from "#components/plans/text.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Card, Section } from "#components/ui/card.tsx";
import { Link } from "#components/ui/link.tsx";
import { listPlanSubscribers, listPlanVersions } from "#domain/plans/list.ts";
import type { Plan } from "#domain/plans/schema.ts";
import { readForPage } from "#server/page.ts";
import { deletePlan, updatePlan } from "../../../actions.ts";

const SHOWN = 50;

/** The projects on a plan, its versions, and what ends it. */
export async function PlanDetails({ plan }: { plan: Plan }) {
  const ref = { api: plan.api, slug: plan.slug };
  const [subscribers, versions] = await Promise.all([
    readForPage(listPlanSubscribers, { ...ref, limit: SHOWN }),
    readForPage(listPlanVersions, { ...ref, limit: SHOWN }),
  ]);
  return (
    <>
      <Section title={plansText.subscribers}>
        <Card flush={subscribers.items.length > 0}>
          {subscribers.items.length === 0 ? (
            <p className="text-muted">{plansText.noSubscribers}</p>
          ) : (
            <ul className="divide-y divide-border">
              {subscribers.items.map(({ project, startsAt, overridden }) => (
                <li key={project.id} className="flex flex-wrap items-baseline gap-x-3 gap-y-1 px-5 py-2.5">
                  <Link href={`/projects/${project.id}/apis`} className="rounded hover:underline">
                    {project.name}
                  </Link>
                  <span className="text-sm text-muted">
                    {Date.parse(startsAt) > Date.now() ? plansText.from(startsAt) : plansText.since(startsAt)}
                  </span>
                  {overridden ? <Badge>{plansText.overridden}</Badge> : null}
                  <Link
                    href={`/admin/apis/${plan.api}/plans/projects/${project.id}`}
                    aria-label={plansText.override.linkLabel(project.name)}
                    className="ml-auto rounded text-sm underline"
                  >
                    {plansText.override.link}
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </Card>
        {subscribers.nextCursor ? <p className="text-sm text-muted">{plansText.more}</p> : null}
      </Section>
      <Section title={plansText.versions}>
        <Card flush>
          <ol className="divide-y divide-border">
            {versions.items.map(({ version, appliesAt, createdBy, terms }) => (
              <li key={version} className="grid gap-2 px-5 py-3">
                <p>
                  <span className="font-medium">{plansText.version(version)}</span>{" "}
                  <span className="text-sm text-muted">
                    {appliesAt === null ? plansText.versionReplaced : plansText.versionsFrom(appliesAt)}
                    {createdBy.name ? `, ${createdBy.name}` : ""}
                  </span>
                </p>
                <PlanTermsList terms={terms} />
              </li>
            ))}
          </ol>
        </Card>
      </Section>
      <div className="flex flex-wrap gap-2">
        {plan.archivedAt === null ? (
          <ConfirmButton
            label={plansText.archive.label}
            title={plansText.archive.title(plan.name)}
            confirm={plansText.archive.confirm}
            action={updatePlan.bind(null, { ...ref, archived: true })}
          >
            <p>{plansText.archive.effect}</p>
          </ConfirmButton>
        ) : (
          <ActionButton action={updatePlan.bind(null, { ...ref, archived: false })}>
            {plansText.archive.undo}
          </ActionButton>
        )}
        {subscribers.items.length === 0 ? (
          <ConfirmButton
            variant="danger"
            label={plansText.remove.label}
            title={plansText.remove.title(plan.name)}
            confirm={plansText.remove.confirm}
            action={deletePlan.bind(null, ref)}
            goTo={`/admin/apis/${plan.api}/plans`}
          >
            <p>{plansText.remove.effect}</p>
          </ConfirmButton>
        ) : null}
      </div>
    </>
  );
}
