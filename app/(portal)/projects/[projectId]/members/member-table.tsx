import { ConfirmButton } from "#components/forms/confirm-button.tsx";
import { RoleField } from "#components/members/role-field.tsx";
import { membersText as text } from "#components/members/text.ts";
import { Badge } from "#components/ui/badge.tsx";
import { DataTable, NameCell } from "#components/ui/data-table.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { Member } from "#domain/access/members/schema.ts";
import { leaveProject, removeMember, setRole } from "./actions.ts";

interface MemberTableProps {
  projectId: string;
  projectName: string;
  members: Member[];
  /** The reader's own id. */
  ownId: string;
}

/** The members of a project, as its owners see them. */
export function MemberTable({ projectId, projectName, members, ownId }: MemberTableProps) {
  const owners = members.filter((member) => member.role === "owner").length;
  return (
    <DataTable
      label={text.title}
      rows={members}
      rowKey={({ user }) => user.id}
      columns={[
        {
          label: text.columns.member,
          value: ({ user }) => (
            <NameCell
              name={
                <>
                  {user.name} {user.id === ownId ? <Badge>{text.you}</Badge> : null}
                </>
              }
              detail={user.email}
            />
          ),
        },
        {
          label: text.columns.role,
          value: ({ role }) => <span data-tip={text.roles[role].may}>{text.roles[role].name}</span>,
        },
        {
          label: text.columns.since,
          className: "text-muted",
          value: ({ since }) => <RelativeTime at={since} />,
        },
        {
          label: text.columns.actions,
          hideLabel: true,
          value: (member) =>
            member.role === "owner" && owners === 1 ? (
              <span className="text-sm whitespace-nowrap text-muted">{text.onlyOwner}</span>
            ) : (
              <div className="flex gap-1 sm:justify-end">
                <ChangeRole projectId={projectId} member={member} />
                {member.user.id === ownId ? (
                  <LeaveButton projectId={projectId} projectName={projectName} />
                ) : (
                  <RemoveButton projectId={projectId} user={member.user} />
                )}
              </div>
            ),
        },
      ]}
    />
  );
}

function ChangeRole({ projectId, member: { user, role } }: { projectId: string; member: Member }) {
  return (
    <ConfirmButton
      variant="ghost"
      size="sm"
      label={text.changeRole.label}
      about={text.changeRole.about(user.name)}
      title={text.changeRole.title(user.name)}
      fields={<RoleField initial={role} />}
      confirm={text.changeRole.confirm}
      harmless
      action={setRole.bind(null, { projectId, userId: user.id })}
    >
      <p>
        {text.changeRole.effect}
        {role === "owner" ? text.changeRole.ownerEffect : null}
      </p>
    </ConfirmButton>
  );
}

function RemoveButton({ projectId, user }: { projectId: string; user: Member["user"] }) {
  return (
    <ConfirmButton
      variant="ghost"
      size="sm"
      label={text.remove.label}
      about={text.remove.about(user.name)}
      title={text.remove.title(user.name)}
      confirm={text.remove.confirm}
      action={removeMember.bind(null, { projectId, userId: user.id })}
    >
      <p>{text.remove.effect}</p>
    </ConfirmButton>
  );
}

interface LeaveButtonProps {
  projectId: string;
  projectName: string;
}

export function LeaveButton({ projectId, projectName }: LeaveButtonProps) {
  return (
    <ConfirmButton
      variant="ghost"
      size="sm"
      label={text.leave.label}
      about={text.leave.about}
      title={text.leave.title(projectName)}
      confirm={text.leave.confirm}
      action={leaveProject.bind(null, { projectId })}
      goTo="/projects"
    >
      <p>{text.leave.effect}</p>
    </ConfirmButton>
  );
}
