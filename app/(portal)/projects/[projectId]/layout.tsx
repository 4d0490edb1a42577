import type { Metadata } from "next";
import type { ReactNode } from "react";
import { CurrentProject } from "#components/app-shell/current-project.tsx";
import { projectsText } from "#components/projects/text.ts";
import { Alert } from "#components/ui/card.tsx";
import { notFoundText } from "#components/ui/not-found-text.ts";
import { RelativeTime } from "#components/ui/time.tsx";
import { commonTitleOf, titleTemplateOf } from "#server/page-brand.ts";
import { findProject, projectOf } from "./project.ts";

const { suspended: text } = projectsText;

interface ProjectLayoutProps {
  params: Promise<{ projectId: string }>;
  children: ReactNode;
}

export async function generateMetadata({ params }: Pick<ProjectLayoutProps, "params">): Promise<Metadata> {
  // It must not fail: Next reads it again for the title of "page not found".
  const found = await findProject((await params).projectId).catch(() => undefined);
  if (found === undefined) return {};
  const title =
    found === null ? commonTitleOf(notFoundText.pageNotFound.title) : titleTemplateOf(found.value.name);
  return { title: await title };
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
