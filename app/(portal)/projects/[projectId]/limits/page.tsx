import type { Metadata } from "next";
import { Meters } from "#components/limits/meters.tsx";
import { Section } from "#components/ui/card.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { readLimitMeters } from "#domain/keys/limits/meters.ts";
import { pageCtx, readForPage } from "#server/page.ts";
import { projectOf } from "../project.ts";
import { ProjectCeiling, ProjectLimits } from "./forms.tsx";

export const metadata: Metadata = { title: "Limits" };

export default async function LimitsPage({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  const [project, meters, { actor }] = await Promise.all([
    projectOf(projectId),
    readForPage(readLimitMeters, { projectId }),
    pageCtx(),
  ]);
  const isAdmin = actor.kind === "user" && actor.siteRole === "admin";
  return (
    <div className="grid gap-8">
      <PageHeader crumbs={[{ label: project.name, href: `/projects/${projectId}` }]} title="Limits" />
      <Section
        title="Current usage"
        description="All keys of the project together. You can also set limits for a single key, on its page."
      >
        <Meters meters={meters} denialsHref={`/projects/${projectId}/denials?range=24h`} />
      </Section>
      {project.role === "owner" ? (
        <Section
          title="Project limits"
          description="A request over any limit is rejected and does not count."
        >
          <ProjectLimits projectId={projectId} limits={project.limits} />
        </Section>
      ) : (
        <p className="text-sm text-muted">Only owners can change limits.</p>
      )}
      {isAdmin ? (
        <Section
          title="Ceiling"
          description="Set by administrators. It applies in addition to the limits of the project's owners."
        >
          <ProjectCeiling projectId={projectId} limits={project.ceiling} />
        </Section>
      ) : null}
    </div>
  );
}
