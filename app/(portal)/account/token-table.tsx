import { profileText } from "#components/account/profile-text.ts";
import { accountText } from "#components/account/text.ts";
import { managementExpiry } from "#components/tokens/expiry-choice.ts";
import { ManagementTokenActions } from "#components/tokens/management-token-actions.tsx";
import { tokensText } from "#components/tokens/text.ts";
import { TokenAccess, TokenExpiry } from "#components/tokens/token-cells.tsx";
import { TokenTable } from "#components/tokens/token-table.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { NewLink } from "#components/ui/new-link.tsx";
import type { ManagementToken } from "#domain/access/management-tokens/schema.ts";
import { endManagementTokenOverlap, revokeManagementToken, rotateManagementToken } from "./actions.ts";

const { tokens: text } = accountText;
const { columns } = tokensText;

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
      headings={columns}
      empty={
        <EmptyState title={text.empty.title} action={<NewLink>{text.new}</NewLink>}>
          {text.empty.body}
        </EmptyState>
      }
      columns={[
        { label: columns.access, value: (token) => <TokenAccess {...token} /> },
        { label: columns.expires, value: (token) => <TokenExpiry token={token} nowMs={nowMs} /> },
      ]}
      actions={(token) => (
        <ManagementTokenActions
          token={token}
          form="management-token-rotation"
          noun={profileText.token.noun}
          expiry={managementExpiry(maxDays)}
          endOverlap={endManagementTokenOverlap.bind(null, { managementTokenId: token.id })}
          rotate={rotateManagementToken.bind(null, token.id)}
          revoke={revokeManagementToken.bind(null, { managementTokenId: token.id })}
        />
      )}
    />
  );
}
