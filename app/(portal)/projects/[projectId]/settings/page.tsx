import type { Metadata } from "next";
import { ConfirmButton } from "#components/forms/confirm-button.tsx";
import { keyRulesText } from "#components/forms/key-rules-text.ts";
import { projectSettingsText as text } from "#components/projects/text.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card, Fact, Facts, Section } from "#components/ui/card.tsx";
import { CopyText } from "#components/ui/copy.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { DateTime } from "#components/ui/time.tsx";
import { getKeyRules } from "#domain/access/policies/project-key-rules.ts";
import { readSecretAge } from "#domain/keys/lifecycle/secret-age/read.ts";
import type { ProjectDetail } from "#domain/projects/schema.ts";
import { readForPage } from "#server/page.ts";
import { deleteProject } from "../../actions.ts";
import { projectOf } from "../project.ts";
import { ProjectKeyRules, ProjectSecretAge, RenameProject } from "./forms.tsx";

export const metadata: Metadata = { title: text.title };

export default async function SettingsPage({ params }: { params: Promise<{ projectId: string }> }) {
  const project = await projectOf((await params).projectId);
  const [ages, keyRules] = await Promise.all([
    readForPage(readSecretAge, { projectId: project.id }),
    readForPage(getKeyRules, { projectId: project.id }),
  ]);
  const owns = project.role === "owner";
  return (
    <div className="grid gap-8">
      <PageHeader crumbs={[{ label: project.name, href: `/projects/${project.id}` }]} title={text.title} />
      <Section title={text.project}>
        <Card className="grid gap-6">
          <Facts className="sm:grid-cols-3!">
            <Fact label={text.id}>
              <CopyText text={project.id} label={text.copyId} />
            </Fact>
            <Fact label={text.created}>
              <DateTime at={project.createdAt} />
            </Fact>
            <Fact label={text.owners(project.owners.length)}>
              {project.owners.map((owner) => owner.name).join(", ")}
            </Fact>
          </Facts>
          {owns ? <RenameProject projectId={project.id} name={project.name} hint={text.nameHint} /> : null}
        </Card>
      </Section>
      <Section
        title={text.secretAge.title}
        description={ages.site ? text.secretAge.siteMax(ages.site.maxDays) : text.secretAge.own}
      >
        <Card>
          {owns ? (
            <ProjectSecretAge projectId={project.id} rule={ages.project} />
          ) : (
            <p className="text-muted">
              {ages.project ? text.secretAge.max(ages.project.maxDays) : text.secretAge.none}
            </p>
          )}
        </Card>
      </Section>
      {owns ? (
        <Section title={keyRulesText.title} description={keyRulesText.project}>
          <Card>
            <ProjectKeyRules projectId={project.id} rules={keyRules.project} />
          </Card>
        </Section>
      ) : null}
      {owns ? <DeleteProject project={project} /> : <p className="text-sm text-muted">{text.onlyOwners}</p>}
    </div>
  );
}

function DeleteProject({ project }: { project: ProjectDetail }) {
  const { remove } = text;
  return (
    <Section title={remove.section}>
      <Card className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 border-bad/40">
        <p className="max-w-xl text-muted">
          {project.liveKeys > 0 ? remove.blocked(project.liveKeys) : remove.description}
        </p>
        {project.liveKeys > 0 ? (
          <ButtonLink href={`/projects/${project.id}/keys`}>{remove.viewKeys}</ButtonLink>
        ) : (
          <ConfirmButton
            variant="danger"
            label={remove.label}
            title={remove.title(project.name)}
            confirm={remove.confirm}
            typeToConfirm={project.name}
            action={deleteProject.bind(null, { projectId: project.id })}
            goTo="/projects"
          >
            <p>{remove.effect}</p>
          </ConfirmButton>
        )}
      </Card>
    </Section>
  );
}
