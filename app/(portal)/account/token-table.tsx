import { accountText } from "#components/account/text.ts";
import { ConfirmButton } from "#components/forms/confirm-button.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { NewLink } from "#components/ui/new-link.tsx";
import { uiText } from "#components/ui/text.ts";
import { RelativeTime } from "#components/ui/time.tsx";
import { MEMBERS_WRITE } from "#core/scopes.ts";
import type { ManagementToken } from "#domain/access/management-tokens/schema.ts";
import type { ActionResult } from "#domain/errors.ts";

const { tokens: text } = accountText;

interface TokenTableProps {
  tokens: ManagementToken[];
  revoke: (input: { managementTokenId: string }) => Promise<ActionResult<unknown>>;
}

/** The management tokens of the user. */
export function TokenTable({ tokens, revoke }: TokenTableProps) {
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
          value: ({ name, scopes, hint }) => (
            <>
              <div className="font-medium">{name}</div>
              {scopes.includes(MEMBERS_WRITE) ? (
                <div className="text-sm text-muted">{text.managesMembers}</div>
              ) : null}
              <div className="font-mono text-xs whitespace-nowrap text-muted">{hint}</div>
            </>
          ),
        },
        {
          label: text.columns.created,
          className: "text-muted",
          value: ({ createdAt }) => <RelativeTime at={createdAt} />,
        },
        {
          label: text.columns.lastUsed,
          className: "text-muted",
          value: ({ lastUsedAt }) => (lastUsedAt ? <RelativeTime at={lastUsedAt} /> : uiText.never),
        },
        {
          label: text.columns.actions,
          hideLabel: true,
          value: ({ id, name }) => (
            <ConfirmButton
              variant="ghost"
              size="sm"
              label={text.revoke.label}
              about={text.revoke.about(name)}
              title={text.revoke.title(name)}
              confirm={text.revoke.confirm}
              action={revoke.bind(null, { managementTokenId: id })}
            >
              <p>{text.revoke.effect}</p>
            </ConfirmButton>
          ),
        },
      ]}
    />
  );
}
