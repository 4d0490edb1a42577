import { ActionButton } from "#components/forms/action-button.tsx";
import { ROLE_WORDS } from "#components/members/roles.tsx";
import { Card, Section } from "#components/ui/card.tsx";
import { Table, Td, Th, Thead, Tr } from "#components/ui/table.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { Invitation } from "#domain/access/members/types.ts";
import { withdrawInvitation } from "./actions.ts";

/** Invitations that nobody has accepted yet. */
export function InvitationTable({
  projectId,
  invitations,
}: {
  projectId: string;
  invitations: Invitation[];
}) {
  return (
    <Section
      title="Pending invitations"
      description="Each has a link that works once, for as long as who made it may invite."
    >
      <Card flush>
        <Table aria-label="Pending invitations">
          <Thead>
            <tr>
              <Th>E-mail</Th>
              <Th>Role</Th>
              <Th>Invited by</Th>
              <Th>Ends</Th>
              <Th>
                <span className="sr-only">Actions</span>
              </Th>
            </tr>
          </Thead>
          <tbody>
            {invitations.map((invitation) => (
              <Tr key={invitation.id}>
                <Td className="font-medium">{invitation.email}</Td>
                <Td>{ROLE_WORDS[invitation.role].name}</Td>
                <Td className="text-muted">
                  {invitation.createdBy.name}, <RelativeTime at={invitation.createdAt} />
                </Td>
                <Td className="text-muted">
                  <RelativeTime at={invitation.expiresAt} />
                </Td>
                <Td className="text-right">
                  <ActionButton
                    variant="ghost"
                    size="sm"
                    about={`Withdraw the invitation of ${invitation.email}`}
                    action={withdrawInvitation.bind(null, { projectId, invitationId: invitation.id })}
                  >
                    Withdraw
                  </ActionButton>
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      </Card>
    </Section>
  );
}
