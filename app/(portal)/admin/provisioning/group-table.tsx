import { ConfirmButton } from "#components/forms/confirm-button.tsx";
import { provisioningText } from "#components/provisioning/text.ts";
import { StatusDot } from "#components/ui/badge.tsx";
import { Section } from "#components/ui/card.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import type { GroupWithRole } from "#domain/access/scim/roles.ts";
import { setScimGroupRole } from "./actions.ts";

const { groups: text } = provisioningText;

/** The groups of the identity provider, and the site role that each gives. */
export function GroupTable({ groups }: { groups: GroupWithRole[] }) {
  return (
    <Section title={text.title} description={text.facts}>
      <DataTable
        label={text.title}
        rows={groups}
        rowKey={({ id }) => id}
        empty={<EmptyState title={text.empty.title}>{text.empty.body}</EmptyState>}
        columns={[
          { label: text.columns.name, className: "font-medium", value: ({ displayName }) => displayName },
          { label: text.columns.members, value: ({ members }) => text.members(members) },
          {
            label: text.columns.role,
            value: ({ siteRole }) =>
              siteRole === "admin" ? (
                <StatusDot tone="attention">{text.roles.admin}</StatusDot>
              ) : (
                text.roles.none
              ),
          },
          {
            label: text.columns.actions,
            hideLabel: true,
            value: (group) => <RoleButton group={group} />,
          },
        ]}
      />
    </Section>
  );
}

function RoleButton({ group: { id, displayName, members, siteRole } }: { group: GroupWithRole }) {
  const { grant, end } = text;
  const isAdmin = siteRole === "admin";
  const words = isAdmin ? end : grant;
  return (
    <div className="sm:text-right">
      <ConfirmButton
        variant="ghost"
        size="sm"
        label={words.label}
        about={words.about(displayName)}
        title={words.title(displayName)}
        confirm={words.confirm}
        harmless={isAdmin}
        action={setScimGroupRole.bind(null, { groupId: id, siteRole: isAdmin ? null : "admin" })}
      >
        <p>{isAdmin ? end.effect : grant.effect(members)}</p>
      </ConfirmButton>
    </div>
  );
}
