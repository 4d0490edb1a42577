import { accountText } from "#components/account/text.ts";
import { ConfirmButton } from "#components/forms/confirm-button.tsx";
import { managementExpiry } from "#components/tokens/expiry-choice.ts";
import { TokenAccess, TokenExpiry } from "#components/tokens/token-cells.tsx";
import { TokenActions, TokenTable } from "#components/tokens/token-table.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { NewLink } from "#components/ui/new-link.tsx";
import type { ManagementToken } from "#domain/access/management-tokens/schema.ts";
import { endManagementTokenOverlap, revokeManagementToken, rotateManagementToken } from "./actions.ts";

const { tokens: text } = accountText;

interface ManagementTokenTableProps {
  tokens: ManagementToken[];
  /** The policy's maximum lifetime in days, or null. */
  maxDays: number | null;
  nowMs: number;
}

/** The management tokens of the user. */
export function ManagementTokenTable({ tokens, maxDays, nowMs }: ManagementTokenTableProps) {
  return (
    <TokenTable
      label={text.title}
      tokens={tokens}
      headings={text.columns}
      empty={
        <EmptyState title={text.empty.title} action={<NewLink>{text.new}</NewLink>}>
          {text.empty.body}
        </EmptyState>
      }
      columns={[
        { label: text.columns.access, value: (token) => <TokenAccess {...token} /> },
        { label: text.columns.expires, value: (token) => <TokenExpiry token={token} nowMs={nowMs} /> },
      ]}
      actions={(token) => (
        <TokenActions
          token={token}
          form="management-token-rotation"
          noun={text.secretNoun}
          expiry={managementExpiry(maxDays)}
          variable="LATCHKEY_TOKEN"
          rotate={rotateManagementToken.bind(null, token.id)}
          endOverlap={endManagementTokenOverlap.bind(null, { managementTokenId: token.id })}
        >
          <RevokeButton token={token} />
        </TokenActions>
      )}
    />
  );
}

function RevokeButton({ token: { id, name } }: { token: ManagementToken }) {
  return (
    <ConfirmButton
      variant="ghost"
      size="sm"
      label={text.revoke.label}
      about={text.revoke.about(name)}
      title={text.revoke.title(name)}
      confirm={text.revoke.confirm}
      action={revokeManagementToken.bind(null, { managementTokenId: id })}
    >
      <p>{text.revoke.effect}</p>
    </ConfirmButton>
  );
}
