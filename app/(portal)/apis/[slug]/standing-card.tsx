import Link from "next/link";
import { AccessStatusDot } from "#components/apis/access.tsx";
import { EnableForm } from "#components/apis/enable-form.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card, Section } from "#components/ui/card.tsx";
import type { Api } from "#domain/catalog/apis/types.ts";
import { enableApi } from "./actions.ts";
import type { Standing } from "./standing.ts";

/** The reader's projects and this API: which have it, and the way to it for another. */
export function StandingCard({ api, standings }: { api: Api; standings: Standing[] }) {
  const chosen = standings.filter((standing) => standing.status !== null);
  const free = standings.filter(({ status, mayChange }) => status === null && mayChange);
  return (
    <Section title="Your projects">
      <Card className="grid gap-5">
        {standings.length === 0 ? (
          <div className="grid justify-items-start gap-3">
            <p className="text-muted">Keys belong to projects. Make one, then enable this API for it.</p>
            <ButtonLink href="/projects?new=1" variant="primary">
              Create project
            </ButtonLink>
          </div>
        ) : null}
        {chosen.length > 0 ? (
          <ul className="grid gap-2">
            {chosen.map(({ project, status }) => (
              <li key={project.id} className="flex flex-wrap items-baseline justify-between gap-x-4">
                <Link href={`/projects/${project.id}/apis`} className="rounded font-medium hover:underline">
                  {project.name}
                </Link>
                {status ? <AccessStatusDot status={status} /> : null}
              </li>
            ))}
          </ul>
        ) : null}
        {free.length > 0 ? (
          <EnableForm
            // A project that has it now is gone from the list: the choice starts anew.
            key={free.map(({ project }) => project.id).join()}
            slug={api.slug}
            access={api.access}
            projects={free.map(({ project }) => project)}
            enable={enableApi}
          />
        ) : null}
      </Card>
    </Section>
  );
}
