import type { Metadata } from "next";
import type { ReactNode } from "react";
import { CurrentProject } from "#components/app-shell/current-project.tsx";
import { projectsText } from "#components/projects/text.ts";
import { Alert } from "#components/ui/card.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import { titleTemplateOf } from "#server/page-brand.ts";
import { projectOf } from "./project.ts";

const { suspended: text } = projectsText;

interface ProjectLayoutProps {
  params: Promise<{ projectId: string }>;
  children: ReactNode;
}

export async function generateMetadata({ params }: Pick<ProjectLayoutProps, "params">): Promise<Metadata> {
  // If the project can't be read, the page that says so has the title.
  const project = await projectOf((await params).projectId).catch(() => null);
  return project === null ? {} : { title: await titleTemplateOf(project.name) };
}

/** The frame of every page of a project: shows which project it is, and whether it is suspended. */
export default async function ProjectLayout({ params, children }: ProjectLayoutProps) {
  const { id, name, role, suspendedAt } = await projectOf((await params).projectId);
  return (
    <>
      <CurrentProject project={{ id, name, role }} />
      {suspendedAt ? (
        <div className="mb-6">
          <Alert tone="bad">
            {text.before}
            <RelativeTime at={suspendedAt} />
            {text.middle}
            <code className="font-mono">PROJECT_SUSPENDED</code>
            {text.after}
          </Alert>
        </div>
      ) : null}
      {children}
    </>
  );
}
