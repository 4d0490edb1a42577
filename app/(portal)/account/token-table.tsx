import { accountText } from "#components/account/text.ts";
import { managementExpiry } from "#components/tokens/expiry-choice.ts";
import { ManagementTokenActions } from "#components/tokens/management-token-actions.tsx";
import { tokensText } from "#components/tokens/text.ts";
import { TokenAccess, TokenExpiry, TokenLastUse } from "#components/tokens/token-cells.tsx";
import { DataTable, NameCell } from "#components/ui/data-table.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { NewLink } from "#components/ui/new-link.tsx";
import type { ManagementToken } from "#domain/access/management-tokens/schema.ts";
import { endManagementTokenOverlap, revokeManagementToken, rotateManagementToken } from "./actions.ts";

const { tokens: text } = accountText;
const { columns } = tokensText;

interface TokenTableProps {
  tokens: ManagementToken[];
  /** The policy's maximum lifetime in days, or null. */
  maxDays: number | null;
  nowMs: number;
}

/** The management tokens of the user. */
export function TokenTable({ tokens, maxDays, nowMs }: TokenTableProps) {
  return (
    <DataTable
      label={text.title}
      rows={tokens}
      rowKey={({ id }) => id}
      empty={
        <EmptyState title={text.empty.title} action={<NewLink>{text.new}</NewLink>}>
          {text.empty.body}
        </EmptyState>
      }
      columns={[
        {
          label: columns.name,
          value: ({ name, hint }) => <NameCell mono name={name} detail={hint} />,
        },
        { label: columns.access, value: (token) => <TokenAccess {...token} /> },
        { label: columns.expires, value: (token) => <TokenExpiry token={token} nowMs={nowMs} /> },
        {
          label: columns.lastUsed,
          className: "text-muted",
          value: ({ lastUsedAt, lastUsedFrom }) => <TokenLastUse at={lastUsedAt} from={lastUsedFrom} />,
        },
        {
          label: columns.actions,
          hideLabel: true,
          value: (token) => <TokenActions token={token} maxDays={maxDays} />,
        },
      ]}
    />
  );
}

function TokenActions({ token, maxDays }: { token: ManagementToken; maxDays: number | null }) {
  const { id } = token;
  return (
    <ManagementTokenActions
      token={token}
      form="management-token-rotation"
      noun={text.secretNoun}
      expiry={managementExpiry(maxDays)}
      endOverlap={endManagementTokenOverlap.bind(null, { managementTokenId: id })}
      rotate={rotateManagementToken.bind(null, id)}
      revoke={revokeManagementToken.bind(null, { managementTokenId: id })}
    />
  );
}
