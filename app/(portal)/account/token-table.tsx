import { ConfirmButton } from "#components/forms/confirm-button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { NewLink } from "#components/ui/new-link.tsx";
import { Table, Td, Th, Thead, Tr } from "#components/ui/table.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import { MEMBERS_WRITE } from "#core/scopes.ts";
import type { ManagementToken } from "#domain/access/management-tokens/types.ts";
import type { ActionResult } from "#domain/errors.ts";

interface TokenTableProps {
  tokens: ManagementToken[];
  revoke: (input: { managementTokenId: string }) => Promise<ActionResult<unknown>>;
}

/** The tokens with which scripts act as this person. */
export function TokenTable({ tokens, revoke }: TokenTableProps) {
  if (tokens.length === 0) {
    return (
      <Card flush>
        <EmptyState title="No management tokens" action={<NewLink>New management token</NewLink>}>
          Create one for a script that manages projects and keys over HTTP.
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card flush>
      <Table aria-label="Management tokens">
        <Thead>
          <tr>
            <Th>Name</Th>
            <Th>Made</Th>
            <Th>Last used</Th>
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </Thead>
        <tbody>
          {tokens.map((token) => (
            <Tr key={token.id}>
              <Td>
                <div className="font-medium">{token.name}</div>
                {token.scopes.includes(MEMBERS_WRITE) ? (
                  <div className="text-sm text-muted">Can change project members</div>
                ) : null}
                <div className="font-mono text-sm whitespace-nowrap text-muted">{token.hint}</div>
              </Td>
              <Td className="text-muted">
                <RelativeTime at={token.createdAt} />
              </Td>
              <Td className="text-muted">
                {token.lastUsedAt ? <RelativeTime at={token.lastUsedAt} /> : "Never"}
              </Td>
              <Td className="text-right">
                <ConfirmButton
                  variant="ghost"
                  size="sm"
                  label="Revoke…"
                  about={`Revoke ${token.name}…`}
                  title={`Revoke ${token.name}?`}
                  confirm="Revoke token"
                  action={revoke.bind(null, { managementTokenId: token.id })}
                >
                  <p>Scripts that hold it get 401 from now on. This can't be undone.</p>
                </ConfirmButton>
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
