import { ConfirmButton } from "#components/forms/confirm-button.tsx";
import { ROLE_WORDS, RoleField } from "#components/members/roles.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Card } from "#components/ui/card.tsx";
import { Table, Td, Th, Thead, Tr } from "#components/ui/table.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { Member } from "#domain/access/members/types.ts";
import { leaveProject, removeMember, setRole } from "./actions.ts";

interface MemberTableProps {
  projectId: string;
  projectName: string;
  members: Member[];
  /** The reader's own id. */
  me: string;
}

/** Who belongs to the project, as its owner sees it. */
export function MemberTable({ projectId, projectName, members, me }: MemberTableProps) {
  const owners = members.filter((member) => member.role === "owner").length;
  return (
    <Card flush>
      <Table aria-label="Members">
        <Thead>
          <tr>
            <Th>Member</Th>
            <Th>Role</Th>
            <Th>Since</Th>
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </Thead>
        <tbody>
          {members.map(({ user, role, since }) => (
            <Tr key={user.id}>
              <Td>
                <div className="flex items-center gap-2 font-medium">
                  {user.name}
                  {user.id === me ? <Badge>You</Badge> : null}
                </div>
                <div className="text-sm text-muted">{user.email}</div>
              </Td>
              <Td>
                <span data-tip={ROLE_WORDS[role].may}>{ROLE_WORDS[role].name}</span>
              </Td>
              <Td className="text-muted">
                <RelativeTime at={since} />
              </Td>
              <Td>
                <div className="flex justify-end gap-1">
                  {role === "owner" && owners === 1 ? (
                    <span className="text-sm whitespace-nowrap text-muted">The only owner</span>
                  ) : (
                    <>
                      <ChangeRole projectId={projectId} member={{ user, role, since }} />
                      {user.id === me ? (
                        <Leave projectId={projectId} projectName={projectName} me={me} />
                      ) : (
                        <Remove projectId={projectId} user={user} />
                      )}
                    </>
                  )}
                </div>
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

function ChangeRole({ projectId, member: { user, role } }: { projectId: string; member: Member }) {
  return (
    <ConfirmButton
      variant="ghost"
      size="sm"
      label="Change role…"
      about={`Change role of ${user.name}…`}
      title={`What may ${user.name} do?`}
      fields={<RoleField initial={role} />}
      confirm="Change role"
      harmless
      action={setRole.bind(null, { projectId, userId: user.id })}
    >
      <p>
        It counts from their next step on.
        {role === "owner" ? " Open invitations that they made end once they are no owner." : null}
      </p>
    </ConfirmButton>
  );
}

function Remove({ projectId, user }: { projectId: string; user: Member["user"] }) {
  return (
    <ConfirmButton
      variant="ghost"
      size="sm"
      label="Remove…"
      about={`Remove ${user.name}…`}
      title={`Remove ${user.name} from this project?`}
      confirm="Remove member"
      action={removeMember.bind(null, { projectId, userId: user.id })}
    >
      <p>
        They see nothing of this project any more, and open invitations that they made end. Keys that they
        made stay: keys belong to the project.
      </p>
    </ConfirmButton>
  );
}

/** The way out for oneself. */
export function Leave({
  projectId,
  projectName,
  me,
}: {
  projectId: string;
  projectName: string;
  me: string;
}) {
  return (
    <ConfirmButton
      variant="ghost"
      size="sm"
      label="Leave…"
      about="Leave this project…"
      title={`Leave ${projectName}?`}
      confirm="Leave project"
      action={leaveProject.bind(null, { projectId, userId: me })}
      goTo="/projects"
    >
      <p>
        You see nothing of it any more until an owner invites you again. Keys that you made stay; open
        invitations that you made end.
      </p>
    </ConfirmButton>
  );
}
