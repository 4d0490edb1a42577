import { AccessStatusDot } from "#components/apis/access.tsx";
import { EnableForm } from "#components/apis/enable-form.tsx";
import { apisText } from "#components/apis/text.ts";
import { plansText } from "#components/plans/text.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card, Section } from "#components/ui/card.tsx";
import { Link } from "#components/ui/link.tsx";
import type { Api } from "#domain/catalog/apis/schema.ts";
import { enableApi } from "../../projects/actions.ts";
import type { ProjectAccess } from "./project-access.ts";

const { projects: text } = apisText;

interface ProjectsCardProps {
  api: Api;
  access: ProjectAccess[];
  /** Whether a plan must be chosen, on a separate page. */
  hasPlans: boolean;
}

/** The reader's projects that use the API, and a form to enable it for another. */
export function ProjectsCard({ api, access, hasPlans }: ProjectsCardProps) {
  const enabled = access.filter(({ status }) => status !== null);
  const available = access.filter(({ status, mayChange }) => status === null && mayChange);
  return (
    <Section title={text.title}>
      <Card className="grid gap-5">
        {access.length === 0 ? (
          <div className="grid justify-items-start gap-3">
            <p className="text-muted">{text.none}</p>
            <ButtonLink href="/projects?new=1" variant="primary">
              {text.create}
            </ButtonLink>
          </div>
        ) : null}
        {enabled.length > 0 ? (
          <ul className="grid gap-2">
            {enabled.map(({ project, status }) => (
              <li key={project.id} className="flex flex-wrap items-baseline justify-between gap-x-4">
                <Link href={`/projects/${project.id}/apis`} className="rounded font-medium hover:underline">
                  {project.name}
                </Link>
                {status ? <AccessStatusDot status={status} /> : null}
              </li>
            ))}
          </ul>
        ) : null}
        {hasPlans ? (
          <ul className="grid gap-2">
            {available.map(({ project }) => (
              <li key={project.id} className="flex flex-wrap items-baseline justify-between gap-x-4">
                <span>{project.name}</span>
                <Link
                  href={`/projects/${project.id}/apis/${api.slug}/plan`}
                  className="rounded text-accent underline"
                >
                  {plansText.row.choose}
                  <span className="sr-only"> {project.name}</span>
                </Link>
              </li>
            ))}
          </ul>
        ) : available.length > 0 ? (
          <EnableForm
            // Resets the form when a project has left the list.
            key={available.map(({ project }) => project.id).join()}
            api={api}
            projects={available.map(({ project }) => project)}
            enable={enableApi}
          />
        ) : null}
      </Card>
    </Section>
  );
}
