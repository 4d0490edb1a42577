import Link from "next/link";
import type { ProjectSummary } from "#domain/projects/schema.ts";
import type { ProjectSparklines, TrafficCount } from "#domain/usage/schema.ts";
import { ProjectInitial } from "../app-shell/project-initial.tsx";
import { Sparkline } from "../charts/sparkline.tsx";
import { StatusDot } from "../ui/badge.tsx";
import { Card } from "../ui/card.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { NewLink } from "../ui/new-link.tsx";
import { FormattedNumber } from "../ui/number.tsx";
import { Table, Td, Th, Thead, Tr } from "../ui/table.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { projectsText } from "./text.ts";

interface ProjectListProps {
  projects: ProjectSummary[];
  weeks: ProjectSparklines;
}

/** Projects with their recent traffic. The whole row opens the project. */
export function ProjectList({ projects, weeks }: ProjectListProps) {
  return (
    <Card flush>
      <Table aria-label={projectsText.list.table}>
        <Thead>
          <tr>
            <Th>{projectsText.list.columns.name}</Th>
            <Th className="max-sm:hidden">{projectsText.list.columns.role}</Th>
            <Th numeric className="max-sm:hidden">
              {projectsText.list.columns.keys}
            </Th>
            <Th>{projectsText.list.columns.week}</Th>
            <Th numeric className="max-md:hidden">
              {projectsText.list.columns.requests}
            </Th>
            <Th className="max-lg:hidden">{projectsText.list.columns.created}</Th>
          </tr>
        </Thead>
        <tbody>
          {projects.map((project) => (
            <ProjectRow key={project.id} project={project} week={weeks[project.id] ?? []} />
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

function ProjectRow({ project, week }: { project: ProjectSummary; week: TrafficCount[] }) {
  const requests = week.reduce((sum, day) => sum + day.valid + day.denied, 0);
  return (
    <Tr interactive>
      <Td className="w-full max-w-0 min-w-40">
        <span className="flex items-center gap-3">
          <ProjectInitial name={project.name} />
          <span className="min-w-0">
            <Link
              href={`/projects/${project.id}`}
              className="block truncate font-medium after:absolute after:inset-0"
            >
              {project.name}
            </Link>
            {project.suspendedAt ? (
              <StatusDot tone="bad" className="text-sm">
                {projectsText.list.suspended}
              </StatusDot>
            ) : null}
          </span>
        </span>
      </Td>
      <Td className="text-sm max-sm:hidden">{projectsText.list.roles[project.role]}</Td>
      <Td numeric className="max-sm:hidden">
        <FormattedNumber value={project.liveKeys} />
      </Td>
      <Td>
        <Sparkline points={week} className="relative" />
      </Td>
      <Td numeric className="max-md:hidden">
        <span className="relative">
          <FormattedNumber value={requests} compact />
        </span>
      </Td>
      <Td className="text-sm max-lg:hidden">
        <span className="relative">
          <RelativeTime at={project.createdAt} />
        </span>
      </Td>
    </Tr>
  );
}

export function NoProjects() {
  return (
    <Card flush>
      <EmptyState title={projectsText.none.title} action={<NewLink>{projectsText.none.action}</NewLink>}>
        <p>{projectsText.none.body}</p>
        <p className="mt-2">{projectsText.none.invite}</p>
      </EmptyState>
    </Card>
  );
}
