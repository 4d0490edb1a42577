import type { ReactNode } from "react";
import { CurrentProject } from "#components/app-shell/current-project.tsx";
import { Alert } from "#components/ui/card.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import { projectOf } from "./project.ts";

interface ProjectLayoutProps {
  params: Promise<{ projectId: string }>;
  children: ReactNode;
}

/** Around every page of a project: the frame learns which one it is, and a suspension is said everywhere. */
export default async function ProjectLayout({ params, children }: ProjectLayoutProps) {
  const { id, name, role, suspendedAt } = await projectOf((await params).projectId);
  return (
    <>
      <CurrentProject project={{ id, name, role }} />
      {suspendedAt ? (
        <div className="mb-6">
          <Alert tone="bad">
            An administrator suspended this project <RelativeTime at={suspendedAt} />. All its keys are denied
            with <code className="font-mono">PROJECT_SUSPENDED</code> until it is resumed.
          </Alert>
        </div>
      ) : null}
      {children}
    </>
  );
}
