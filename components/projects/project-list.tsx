import Link from "next/link";
import type { ProjectSummary } from "#domain/projects/types.ts";
import type { ProjectSparklines, TrafficCount } from "#domain/usage/types.ts";
import { ProjectInitial } from "../app-shell/project-initial.tsx";
import { Sparkline } from "../charts/sparkline.tsx";
import { StatusDot } from "../ui/badge.tsx";
import { Card } from "../ui/card.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { NewLink } from "../ui/new-link.tsx";
import { FormattedNumber } from "../ui/number.tsx";
import { Table, Td, Th, Thead, Tr } from "../ui/table.tsx";
import { RelativeTime } from "../ui/time.tsx";

const ROLE = { owner: "Owner", developer: "Developer", viewer: "Viewer" };

interface ProjectListProps {
  projects: ProjectSummary[];
  weeks: ProjectSparklines;
}

/** Projects with what goes on in them. The whole row opens the project. */
export function ProjectList({ projects, weeks }: ProjectListProps) {
  return (
    <Card flush>
      <Table aria-label="Projects">
        <Thead>
          <tr>
            <Th>Name</Th>
            <Th className="max-sm:hidden">Your role</Th>
            <Th numeric className="max-sm:hidden">
              Keys
            </Th>
            <Th>7 days</Th>
            <Th numeric className="max-md:hidden">
              Checks
            </Th>
            <Th className="max-lg:hidden">Created</Th>
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
  const checks = week.reduce((sum, day) => sum + day.valid + day.refused, 0);
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
                Suspended
              </StatusDot>
            ) : null}
          </span>
        </span>
      </Td>
      <Td className="text-sm max-sm:hidden">{ROLE[project.role]}</Td>
      <Td numeric className="max-sm:hidden">
        <FormattedNumber value={project.liveKeys} />
      </Td>
      <Td>
        <Sparkline points={week} className="relative" />
      </Td>
      <Td numeric className="max-md:hidden">
        <span className="relative">
          <FormattedNumber value={checks} compact />
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

/** Before the first project. */
export function NoProjects() {
  return (
    <Card flush>
      <EmptyState title="Make your first project" action={<NewLink>New project</NewLink>}>
        <p>
          A project owns keys and is shared by its members. In it you enable the APIs you need, create a key
          for each program that calls them, and see what those keys are used for.
        </p>
        <p className="mt-2">Somebody has a project already? Ask its owner to invite you.</p>
      </EmptyState>
    </Card>
  );
}
