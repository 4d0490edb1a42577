import { ActionButton } from "#components/forms/action-button.tsx";
import { membersText } from "#components/members/text.ts";
import { Section } from "#components/ui/card.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { Invitation } from "#domain/access/members/schema.ts";
import { withdrawInvitation } from "./actions.ts";

const text = membersText.invitations;

interface InvitationTableProps {
  projectId: string;
  invitations: Invitation[];
}

/** Invitations that are neither accepted nor expired. */
export function InvitationTable({ projectId, invitations }: InvitationTableProps) {
  return (
    <Section title={text.title} description={text.description}>
      <DataTable
        label={text.title}
        rows={invitations}
        rowKey={({ id }) => id}
        columns={[
          { label: text.columns.email, value: ({ email }) => email, className: "font-medium" },
          { label: text.columns.role, value: ({ role }) => membersText.roles[role].name },
          {
            label: text.columns.invitedBy,
            className: "text-muted",
            value: ({ createdBy, createdAt }) => (
              <span>
                {createdBy.name}, <RelativeTime at={createdAt} />
              </span>
            ),
          },
          {
            label: text.columns.expires,
            className: "text-muted",
            value: ({ expiresAt }) => <RelativeTime at={expiresAt} />,
          },
          {
            label: text.columns.actions,
            hideLabel: true,
            value: ({ id, email }) => (
              <ActionButton
                variant="ghost"
                size="sm"
                about={text.withdrawAbout(email)}
                action={withdrawInvitation.bind(null, { projectId, invitationId: id })}
              >
                {text.withdraw}
              </ActionButton>
            ),
          },
        ]}
      />
    </Section>
  );
}
