import { adminText } from "#components/admin/text.ts";
import { ActionButton } from "#components/forms/action-button.tsx";
import { ConfirmButton } from "#components/forms/confirm-button.tsx";
import { PropagationStatus } from "#components/rotation/propagation-status.tsx";
import { StatusDot } from "#components/ui/badge.tsx";
import { DataTable, NameCell } from "#components/ui/data-table.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/input.tsx";
import { Link } from "#components/ui/link.tsx";
import { FormattedNumber } from "#components/ui/number.tsx";
import type { CursorPaginationProps } from "#components/ui/pagination.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { ProjectSummary } from "#domain/projects/schema.ts";
import { resumeProject, suspendProject } from "../actions.ts";

const text = adminText.projects;

interface ProjectTableProps {
  projects: ProjectSummary[];
  pagination: CursorPaginationProps;
}

export function ProjectTable({ projects, pagination }: ProjectTableProps) {
  return (
    <DataTable
      label={text.title}
      rows={projects}
      rowKey={({ id }) => id}
      pagination={pagination}
      columns={[
        {
          label: text.columns.project,
          value: ({ id, name }) => (
            <NameCell
              mono
              name={
                <Link href={`/projects/${id}`} className="rounded hover:underline">
                  {name}
                </Link>
              }
              detail={id}
            />
          ),
        },
        {
          label: text.columns.status,
          value: ({ suspendedAt }) =>
            suspendedAt ? (
              <StatusDot tone="bad" near={<RelativeTime at={suspendedAt} />}>
                {text.suspended}
              </StatusDot>
            ) : (
              <StatusDot tone="good">{text.active}</StatusDot>
            ),
        },
        {
          label: text.columns.liveKeys,
          numeric: true,
          value: ({ liveKeys }) => <FormattedNumber value={liveKeys} />,
        },
        {
          label: text.columns.created,
          className: "text-muted",
          value: ({ createdAt }) => <RelativeTime at={createdAt} />,
        },
        {
          label: text.columns.actions,
          hideLabel: true,
          value: (project) =>
            project.suspendedAt ? (
              <ActionButton
                size="sm"
                about={text.resume.about(project.name)}
                action={resumeProject.bind(null, { projectId: project.id })}
              >
                {text.resume.label}
              </ActionButton>
            ) : (
              <SuspendButton project={project} />
            ),
        },
      ]}
    />
  );
}

function SuspendButton({ project: { id, name, liveKeys } }: { project: ProjectSummary }) {
  return (
    <ConfirmButton
      variant="ghost"
      size="sm"
      label={text.suspend.label}
      about={text.suspend.about(name)}
      title={text.suspend.title(name)}
      confirm={text.suspend.confirm}
      fields={
        <Field name="reason" label={text.suspend.reason} optional hint={text.suspend.reasonHint}>
          <Textarea name="reason" maxLength={500} />
        </Field>
      }
      action={suspendProject.bind(null, { projectId: id })}
      notice={{
        message: text.suspend.done(name),
        description: <PropagationStatus projectId={id} what={text.suspend.allKeys} />,
      }}
    >
      <p>{text.suspend.effect(liveKeys)}</p>
    </ConfirmButton>
  );
}
