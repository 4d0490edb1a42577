import { usersText } from "#components/admin/users-text.ts";
import { ActionButton } from "#components/forms/action-button.tsx";
import { ConfirmButton } from "#components/forms/confirm-button.tsx";
import { Badge, StatusDot } from "#components/ui/badge.tsx";
import { DataTable, NameCell } from "#components/ui/data-table.tsx";
import { Link } from "#components/ui/link.tsx";
import { FormattedNumber } from "#components/ui/number.tsx";
import type { CursorPaginationProps } from "#components/ui/pagination.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { User } from "#domain/admin/schema.ts";
import { disableUser, enableUser, setSiteRole } from "../actions.ts";

const text = usersText;

interface UserTableProps {
  users: User[];
  /** The reader's own id. */
  ownId: string;
  pagination: CursorPaginationProps;
}

export function UserTable({ users, ownId, pagination }: UserTableProps) {
  return (
    <DataTable
      label={text.title}
      rows={users}
      rowKey={({ id }) => id}
      pagination={pagination}
      columns={[
        {
          label: text.columns.user,
          value: ({ id, name, email }) => (
            <NameCell
              name={
                <>
                  <Link href={`/admin/users/${id}`} className="underline-offset-2 hover:underline">
                    {name}
                  </Link>{" "}
                  {id === ownId ? <Badge>{text.you}</Badge> : null}
                </>
              }
              detail={email}
            />
          ),
        },
        {
          label: text.columns.role,
          value: ({ siteRole }) =>
            siteRole === "admin" ? <Badge tone="accent">{text.administrator}</Badge> : text.developer,
        },
        {
          label: text.columns.status,
          value: ({ disabledAt }) =>
            disabledAt ? (
              <StatusDot tone="inert" near={<RelativeTime at={disabledAt} />}>
                {text.disabled}
              </StatusDot>
            ) : (
              <StatusDot tone="good">{text.active}</StatusDot>
            ),
        },
        {
          label: text.columns.projects,
          numeric: true,
          value: ({ projects }) => <FormattedNumber value={projects} />,
        },
        {
          label: text.columns.created,
          className: "text-muted",
          value: ({ createdAt }) => <RelativeTime at={createdAt} />,
        },
        {
          label: text.columns.actions,
          hideLabel: true,
          value: (user) => (
            <div className="flex flex-wrap gap-1 sm:flex-nowrap sm:justify-end">
              {user.disabledAt ? (
                <ActionButton
                  size="sm"
                  about={text.enable.about(user.name)}
                  action={enableUser.bind(null, { userId: user.id })}
                >
                  {text.enable.label}
                </ActionButton>
              ) : (
                <>
                  <SiteRoleButton user={user} />
                  <DisableButton user={user} />
                </>
              )}
            </div>
          ),
        },
      ]}
    />
  );
}

function SiteRoleButton({ user: { id, name, siteRole } }: { user: User }) {
  const promote = siteRole === "developer";
  const words = promote ? text.promote : text.demote;
  return (
    <ConfirmButton
      variant="ghost"
      size="sm"
      label={words.label}
      about={words.about(name)}
      title={words.title(name)}
      confirm={words.confirm}
      harmless={promote}
      action={setSiteRole.bind(null, { userId: id, siteRole: promote ? "admin" : "developer" })}
    >
      <p>{words.effect}</p>
    </ConfirmButton>
  );
}

function DisableButton({ user: { id, name } }: { user: User }) {
  return (
    <ConfirmButton
      variant="ghost"
      size="sm"
      label={text.disable.label}
      about={text.disable.about(name)}
      title={text.disable.title(name)}
      confirm={text.disable.confirm}
      action={disableUser.bind(null, { userId: id })}
    >
      <p>{text.disable.effect}</p>
    </ConfirmButton>
  );
}
