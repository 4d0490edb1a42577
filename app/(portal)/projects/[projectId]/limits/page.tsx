import type { Metadata } from "next";
import { Meters } from "#components/limits/meters.tsx";
import { limitsText as text } from "#components/limits/text.ts";
import { Section } from "#components/ui/card.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { readLimitMeters } from "#domain/keys/limits/meters.ts";
import { pageCtx, readForPage } from "#server/page.ts";
import { planNames, projectOf } from "../project.ts";
import { ProjectCeiling, ProjectLimits } from "./forms.tsx";

export const metadata: Metadata = { title: text.title };

export default async function LimitsPage({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  const [project, meters, plans, { actor }] = await Promise.all([
    projectOf(projectId),
    readForPage(readLimitMeters, { projectId }),
    planNames(projectId),
    pageCtx(),
  ]);
  const isAdmin = actor.kind === "user" && actor.siteRole === "admin";
  return (
    <div className="grid gap-8">
      <PageHeader crumbs={[{ label: project.name, href: `/projects/${projectId}` }]} title={text.title} />
      <Section title={text.usage} description={text.usageOfProject}>
        <Meters meters={meters} denialsHref={`/projects/${projectId}/denials?range=24h`} plans={plans} />
      </Section>
      {project.role === "owner" ? (
        <Section {...text.ofProject}>
          <ProjectLimits projectId={projectId} limits={project.limits} />
        </Section>
      ) : (
        <p className="text-sm text-muted">{text.onlyOwners}</p>
      )}
      {isAdmin ? (
        <Section {...text.ceiling}>
          <ProjectCeiling projectId={projectId} limits={project.ceiling} />
        </Section>
      ) : null}
    </div>
  );
}
