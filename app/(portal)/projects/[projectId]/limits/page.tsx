import type { Metadata } from "next";
import { Meters } from "#components/limits/meters.tsx";
import { Section } from "#components/ui/card.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { readLimitMeters } from "#domain/keys/limits/meters.ts";
import { pageCtx, readForPage } from "#server/page.ts";
import { projectOf } from "../project.ts";
import { ProjectCeiling, ProjectLimits } from "./forms.tsx";

export const metadata: Metadata = { title: "Limits" };

/** What all keys of a project may use together, and how far it is used. */
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
        title="How far they are used"
        description="By all keys of the project together. A key can have limits of its own, on its page."
      >
        <Meters meters={meters} refusalsHref={`/projects/${projectId}/denials?range=24h`} />
      </Section>
      {project.role === "owner" ? (
        <Section
          title="The project's limits"
          description="A call that is over any of them is refused, and takes nothing."
        >
          <ProjectLimits projectId={projectId} limits={project.limits} />
        </Section>
      ) : (
        <p className="text-sm text-muted">Only an owner can change them.</p>
      )}
      {isAdmin ? (
        <Section
          title="Ceiling"
          description="For administrators: holds besides, whatever the project's owners set."
        >
          <ProjectCeiling projectId={projectId} limits={project.ceiling} />
        </Section>
      ) : null}
    </div>
  );
}
