import { ConfirmButton } from "#components/forms/confirm-button.tsx";
import { provisioningText } from "#components/provisioning/text.ts";
import { SERVICE_ROTATION } from "#components/tokens/expiry-choice.ts";
import { RotateTokenButton } from "#components/tokens/rotate-button.tsx";
import { tokensText } from "#components/tokens/text.ts";
import { TokenExpiry, TokenLastUse } from "#components/tokens/token-cells.tsx";
import { StatusDot } from "#components/ui/badge.tsx";
import { Section } from "#components/ui/card.tsx";
import { DataTable, NameCell } from "#components/ui/data-table.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { NewLink } from "#components/ui/new-link.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { ScimToken } from "#domain/access/scim/schema.ts";
import { endScimTokenOverlap, revokeScimToken, rotateScimToken } from "./actions.ts";

const { tokens: text } = provisioningText;

/** The SCIM tokens, revoked ones too. */
export function ScimTokenTable({ tokens, nowMs }: { tokens: ScimToken[]; nowMs: number }) {
  return (
    <Section title={text.title}>
      <DataTable
        label={text.title}
        rows={tokens}
        rowKey={({ id }) => id}
        empty={
          <EmptyState title={text.empty.title} action={<NewLink>{provisioningText.new}</NewLink>}>
            {text.empty.body}
          </EmptyState>
        }
        columns={[
          {
            label: text.columns.name,
            value: ({ name, hint }) => <NameCell mono name={name} detail={hint} />,
          },
          {
            label: text.columns.status,
            value: (token) => <TokenStatus token={token} nowMs={nowMs} />,
          },
          {
            label: text.columns.lastUsed,
            className: "text-muted",
            value: ({ lastUsedAt, lastUsedFrom }) => <TokenLastUse at={lastUsedAt} from={lastUsedFrom} />,
          },
          {
            label: text.columns.created,
            className: "text-muted",
            value: ({ createdAt, createdBy }) => (
              <span>
                <RelativeTime at={createdAt} />
                {text.createdBy(createdBy.name)}
              </span>
            ),
          },
          {
            label: text.columns.actions,
            hideLabel: true,
            value: (token) => (token.revokedAt ? null : <TokenActions token={token} />),
          },
        ]}
      />
    </Section>
  );
}

function TokenStatus({ token, nowMs }: { token: ScimToken; nowMs: number }) {
  if (token.revokedAt) {
    return (
      <StatusDot tone="inert" near={<RelativeTime at={token.revokedAt} />}>
        {text.revoked}
      </StatusDot>
    );
  }
  if (token.expiresAt || token.older) return <TokenExpiry token={token} nowMs={nowMs} optional />;
  return <StatusDot tone="good">{text.active}</StatusDot>;
}

function TokenActions({ token }: { token: ScimToken }) {
  return (
    <div className="flex gap-1 max-sm:flex-wrap sm:justify-end">
      {token.older ? (
        <ConfirmButton
          variant="ghost"
          size="sm"
          label={tokensText.older.end}
          about={tokensText.older.endAbout(token.name)}
          title={tokensText.older.endTitle(token.name)}
          confirm={tokensText.older.endConfirm}
          action={endScimTokenOverlap.bind(null, { scimTokenId: token.id })}
        >
          <p>{tokensText.older.endEffect}</p>
        </ConfirmButton>
      ) : null}
      <RotateTokenButton
        subject={token}
        form="scim-token-rotation"
        noun={provisioningText.noun}
        expiry={SERVICE_ROTATION}
        rotate={rotateScimToken.bind(null, token.id)}
        variable="SCIM_TOKEN"
      />
      <ConfirmButton
        variant="ghost"
        size="sm"
        label={text.revoke.label}
        about={text.revoke.about(token.name)}
        title={text.revoke.title(token.name)}
        confirm={text.revoke.confirm}
        action={revokeScimToken.bind(null, { scimTokenId: token.id })}
      >
        <p>{text.revoke.effect}</p>
      </ConfirmButton>
    </div>
  );
}
