import type { ProjectSummary } from "#domain/projects/schema.ts";
import type { ProjectSparklines } from "#domain/usage/schema.ts";
import { ProjectInitial } from "../app-shell/project-initial.tsx";
import { sum } from "../charts/grid.ts";
import { Sparkline } from "../charts/sparkline.tsx";
import { StatusDot } from "../ui/badge.tsx";
import { Card } from "../ui/card.tsx";
import { DataTable, RowLink } from "../ui/data-table.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { FormattedNumber } from "../ui/number.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { FirstProject } from "./new-project.tsx";
import type { CreateProject } from "./new-project-form.tsx";
import { projectsText } from "./text.ts";

interface ProjectListProps {
  projects: ProjectSummary[];
  weeks: ProjectSparklines;
  /** Administrators may do everything in each project, whatever their role in it. */
  isAdmin: boolean;
}

const text = projectsText.list;

/** Projects with their recent traffic. */
export function ProjectList({ projects, weeks, isAdmin }: ProjectListProps) {
  const weekOf = ({ id }: ProjectSummary) => weeks[id] ?? [];
  return (
    <DataTable
      label={text.table}
      rows={projects}
      rowKey={({ id }) => id}
      phone="columns"
      columns={[
        {
          label: text.columns.name,
          className: "w-full max-w-0 min-w-40",
          value: (project) => <ProjectName project={project} />,
        },
        {
          label: text.columns.role,
          from: "sm",
          className: "text-sm",
          value: ({ role }) => text.roles[isAdmin ? "admin" : role],
        },
        {
          label: text.columns.keys,
          from: "sm",
          numeric: true,
          value: ({ liveKeys }) => <FormattedNumber value={liveKeys} />,
        },
        { label: text.columns.week, value: (project) => <Sparkline points={weekOf(project)} /> },
        {
          label: text.columns.requests,
          from: "md",
          numeric: true,
          value: (project) => (
            <FormattedNumber
              value={sum(weekOf(project).map(({ valid, denied }) => valid + denied))}
              compact
            />
          ),
        },
        {
          label: text.columns.created,
          from: "lg",
          className: "text-sm",
          value: ({ createdAt }) => <RelativeTime at={createdAt} />,
        },
      ]}
    />
  );
}

function ProjectName({ project: { id, name, suspendedAt } }: { project: ProjectSummary }) {
  return (
    <span className="flex items-center gap-3">
      <ProjectInitial name={name} />
      <span className="min-w-0">
        <RowLink href={`/projects/${id}`} className="block truncate">
          {name}
        </RowLink>
        {suspendedAt ? (
          <StatusDot tone="bad" className="text-sm">
            {text.suspended}
          </StatusDot>
        ) : null}
      </span>
    </span>
  );
}

export function NoProjects({ create, owner }: { create: CreateProject; owner: string }) {
  return (
    <Card flush>
      <EmptyState title={projectsText.none.title} action={<FirstProject create={create} owner={owner} />}>
        <p>{projectsText.none.body}</p>
        <p className="mt-2">{projectsText.none.invite}</p>
      </EmptyState>
    </Card>
  );
}
