import type { Metadata } from "next";
import { ConfirmButton } from "#components/forms/confirm-button.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card, Fact, Facts, Section } from "#components/ui/card.tsx";
import { CopyText } from "#components/ui/copy.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { DateTime } from "#components/ui/time.tsx";
import { readSecretAge } from "#domain/keys/lifecycle/secret-age/read.ts";
import type { ProjectDetail } from "#domain/projects/schema.ts";
import { readForPage } from "#server/page.ts";
import { deleteProject } from "../../actions.ts";
import { projectOf } from "../project.ts";
import { ProjectSecretAge, RenameProject } from "./forms.tsx";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage({ params }: { params: Promise<{ projectId: string }> }) {
  const project = await projectOf((await params).projectId);
  const ages = await readForPage(readSecretAge, { projectId: project.id });
  const owns = project.role === "owner";
  return (
    <div className="grid gap-8">
      <PageHeader crumbs={[{ label: project.name, href: `/projects/${project.id}` }]} title="Settings" />
      <Section title="This project">
        <Card className="grid gap-6">
          <Facts className="sm:grid-cols-3!">
            <Fact label="Id, for the HTTP API">
              <CopyText text={project.id} label="Copy project ID" />
            </Fact>
            <Fact label="Created">
              <DateTime at={project.createdAt} />
            </Fact>
            <Fact label={project.owners.length === 1 ? "Owner" : "Owners"}>
              {project.owners.map((owner) => owner.name).join(", ")}
            </Fact>
          </Facts>
          {owns ? <RenameProject projectId={project.id} name={project.name} /> : null}
        </Card>
      </Section>
      <Section
        title="The age of secrets"
        description={
          ages.site
            ? `The site wants secrets rotated within ${ages.site.maxDays} days. A stricter rule of your own holds as well.`
            : "A rule of this project's own."
        }
      >
        <Card>
          {owns ? (
            <ProjectSecretAge projectId={project.id} rule={ages.project} />
          ) : (
            <p className="text-muted">
              {ages.project
                ? `Secrets are to be rotated within ${ages.project.maxDays} days.`
                : "There is none; an owner can set one."}
            </p>
          )}
        </Card>
      </Section>
      {owns ? (
        <DeleteProject project={project} />
      ) : (
        <p className="text-sm text-muted">Only an owner can rename or delete this project.</p>
      )}
    </div>
  );
}

function DeleteProject({ project }: { project: ProjectDetail }) {
  const live = project.liveKeys;
  return (
    <Section title="Delete this project">
      <Card className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 border-bad/40">
        <p className="max-w-xl text-muted">
          {live > 0
            ? `${live} key${live === 1 ? " is" : "s are"} not revoked yet. Revoke ${live === 1 ? "it" : "them"} first, so that nothing stops working unseen.`
            : "It has no key that works. Its members, its APIs and its keys go, and its usage is no longer shown. This can't be undone."}
        </p>
        {live > 0 ? (
          <ButtonLink href={`/projects/${project.id}/keys`}>View keys</ButtonLink>
        ) : (
          <ConfirmButton
            variant="danger"
            label="Delete project…"
            title={`Delete ${project.name}?`}
            confirm="Delete project"
            typeToConfirm={project.name}
            action={deleteProject.bind(null, { projectId: project.id })}
            goTo="/projects"
          >
            <p>It ends now, for everybody in it. This can't be undone.</p>
          </ConfirmButton>
        )}
      </Card>
    </Section>
  );
}
