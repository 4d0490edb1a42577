import { accountText } from "#components/account/text.ts";
import { ConfirmButton } from "#components/forms/confirm-button.tsx";
import { managementExpiry } from "#components/tokens/expiry-choice.ts";
import { RotateTokenButton } from "#components/tokens/rotate-button.tsx";
import { tokensText } from "#components/tokens/text.ts";
import { TokenAccess, TokenExpiry, TokenLastUse } from "#components/tokens/token-cells.tsx";
import { DataTable, NameCell } from "#components/ui/data-table.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { NewLink } from "#components/ui/new-link.tsx";
import type { ManagementToken } from "#domain/access/management-tokens/schema.ts";
import { endManagementTokenOverlap, revokeManagementToken, rotateManagementToken } from "./actions.ts";

const { tokens: text } = accountText;

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
          label: text.columns.name,
          value: ({ name, hint }) => <NameCell mono name={name} detail={hint} />,
        },
        { label: text.columns.access, value: (token) => <TokenAccess {...token} /> },
        { label: text.columns.expires, value: (token) => <TokenExpiry token={token} nowMs={nowMs} /> },
        {
          label: text.columns.lastUsed,
          className: "text-muted",
          value: ({ lastUsedAt, lastUsedFrom }) => <TokenLastUse at={lastUsedAt} from={lastUsedFrom} />,
        },
        {
          label: text.columns.actions,
          hideLabel: true,
          value: (token) => <TokenActions token={token} maxDays={maxDays} />,
        },
      ]}
    />
  );
}

function TokenActions({ token, maxDays }: { token: ManagementToken; maxDays: number | null }) {
  const { id, name, older } = token;
  return (
    <div className="flex gap-1 max-sm:flex-wrap sm:justify-end">
      {older ? (
        <ConfirmButton
          variant="ghost"
          size="sm"
          label={tokensText.older.end}
          about={tokensText.older.endAbout(name)}
          title={tokensText.older.endTitle(name)}
          confirm={tokensText.older.endConfirm}
          action={endManagementTokenOverlap.bind(null, { managementTokenId: id })}
        >
          <p>{tokensText.older.endEffect}</p>
        </ConfirmButton>
      ) : null}
      <RotateTokenButton
        subject={token}
        form="management-token-rotation"
        noun={text.secretNoun}
        expiry={managementExpiry(maxDays)}
        rotate={rotateManagementToken.bind(null, id)}
        variable="LATCHKEY_TOKEN"
      />
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
    </div>
  );
}
