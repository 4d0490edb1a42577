import Link from "next/link";
import { ActionButton } from "#components/forms/action-button.tsx";
import { ConfirmButton } from "#components/forms/confirm-button.tsx";
import { PropagationStatus } from "#components/rotation/propagation-status.tsx";
import { StatusDot } from "#components/ui/badge.tsx";
import { Card } from "#components/ui/card.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/input.tsx";
import { FormattedNumber } from "#components/ui/number.tsx";
import { Table, Td, Th, Thead, Tr } from "#components/ui/table.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { ProjectSummary } from "#domain/projects/types.ts";
import { resumeProject, suspendProject } from "./actions.ts";

export function ProjectTable({ projects }: { projects: ProjectSummary[] }) {
  return (
    <Card flush>
      <Table aria-label="Projects">
        <Thead>
          <tr>
            <Th>Project</Th>
            <Th>Status</Th>
            <Th numeric>Live keys</Th>
            <Th>Made</Th>
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </Thead>
        <tbody>
          {projects.map((project) => (
            <Tr key={project.id}>
              <Td>
                <Link href={`/projects/${project.id}`} className="rounded font-medium hover:underline">
                  {project.name}
                </Link>
                <div className="font-mono text-sm text-muted">{project.id}</div>
              </Td>
              <Td>
                {project.suspendedAt ? (
                  <StatusDot tone="bad" near={<RelativeTime at={project.suspendedAt} />}>
                    Suspended
                  </StatusDot>
                ) : (
                  <StatusDot tone="good">Active</StatusDot>
                )}
              </Td>
              <Td numeric>
                <FormattedNumber value={project.liveKeys} />
              </Td>
              <Td className="text-muted">
                <RelativeTime at={project.createdAt} />
              </Td>
              <Td className="text-right">
                {project.suspendedAt ? <Resume project={project} /> : <Suspend project={project} />}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

function Suspend({ project }: { project: ProjectSummary }) {
  const { id, name, liveKeys } = project;
  return (
    <ConfirmButton
      variant="ghost"
      size="sm"
      label="Suspend…"
      about={`Suspend ${name}…`}
      title={`Suspend ${name}?`}
      confirm="Suspend project"
      fields={
        <Field name="reason" label="Reason" optional hint="Kept in the audit log, which its owners can read.">
          <Textarea name="reason" maxLength={500} />
        </Field>
      }
      action={suspendProject.bind(null, { projectId: id })}
      notice={{
        message: `${name} is suspended.`,
        description: <PropagationStatus projectId={id} what="Every key of it" />,
      }}
    >
      <p>
        Within a second, its {liveKeys} live key{liveKeys === 1 ? " is" : "s are"} refused everywhere with{" "}
        <code className="font-mono">PROJECT_SUSPENDED</code>, until it is resumed.
      </p>
    </ConfirmButton>
  );
}

function Resume({ project }: { project: ProjectSummary }) {
  return (
    <ActionButton
      size="sm"
      about={`Resume ${project.name}`}
      action={resumeProject.bind(null, { projectId: project.id })}
    >
      Resume
    </ActionButton>
  );
}
