import { ActionButton } from "#components/forms/action-button.tsx";
import { ConfirmButton } from "#components/forms/confirm-button.tsx";
import { Badge, StatusDot } from "#components/ui/badge.tsx";
import { Card } from "#components/ui/card.tsx";
import { FormattedNumber } from "#components/ui/number.tsx";
import { Table, Td, Th, Thead, Tr } from "#components/ui/table.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { UserRecord } from "#domain/admin/types.ts";
import { disableUser, enableUser, setSiteRole } from "./actions.ts";

/** `me`: the reader's own id. */
export function UserTable({ users, me }: { users: UserRecord[]; me: string }) {
  return (
    <Card flush>
      <Table aria-label="Users">
        <Thead>
          <tr>
            <Th>Person</Th>
            <Th>Site role</Th>
            <Th>Status</Th>
            <Th numeric>Projects</Th>
            <Th>Since</Th>
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </Thead>
        <tbody>
          {users.map((user) => (
            <Tr key={user.id}>
              <Td>
                <div className="flex items-center gap-2 font-medium">
                  {user.name}
                  {user.id === me ? <Badge>You</Badge> : null}
                </div>
                <div className="text-sm text-muted">{user.email}</div>
              </Td>
              <Td>{user.siteRole === "admin" ? <Badge tone="accent">Administrator</Badge> : "Developer"}</Td>
              <Td>
                {user.disabledAt ? (
                  <StatusDot tone="inert" near={<RelativeTime at={user.disabledAt} />}>
                    Disabled
                  </StatusDot>
                ) : (
                  <StatusDot tone="good">Active</StatusDot>
                )}
              </Td>
              <Td numeric>
                <FormattedNumber value={user.projects} />
              </Td>
              <Td className="text-muted">
                <RelativeTime at={user.createdAt} />
              </Td>
              <Td>
                <div className="flex justify-end gap-1">
                  {user.disabledAt ? (
                    <ActionButton
                      size="sm"
                      about={`Enable ${user.name}`}
                      action={enableUser.bind(null, { userId: user.id })}
                    >
                      Enable
                    </ActionButton>
                  ) : (
                    <>
                      <ChangeSiteRole user={user} />
                      <Disable user={user} />
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

function ChangeSiteRole({ user }: { user: UserRecord }) {
  const promote = user.siteRole === "developer";
  return (
    <ConfirmButton
      variant="ghost"
      size="sm"
      label={promote ? "Make administrator…" : "Make developer…"}
      about={`Make ${promote ? "administrator" : "developer"}: ${user.name}…`}
      title={promote ? `Make ${user.name} an administrator?` : `Make ${user.name} a developer again?`}
      confirm={promote ? "Make administrator" : "Make developer"}
      harmless={promote}
      action={setSiteRole.bind(null, { userId: user.id, siteRole: promote ? "admin" : "developer" })}
    >
      <p>
        {promote
          ? "They may see every project and every key, change the catalogue, and decide who else is an administrator."
          : "They see only the projects that they belong to. Open invitations that they can make no more end."}
      </p>
    </ConfirmButton>
  );
}

function Disable({ user }: { user: UserRecord }) {
  return (
    <ConfirmButton
      variant="ghost"
      size="sm"
      label="Disable…"
      about={`Disable ${user.name}…`}
      title={`Disable the account of ${user.name}?`}
      confirm="Disable account"
      action={disableUser.bind(null, { userId: user.id })}
    >
      <p>
        They are signed out everywhere now, their management tokens are revoked for good, and open invitations
        that they made end. Projects and keys are not touched. The account can be enabled again.
      </p>
    </ConfirmButton>
  );
}
