import { ConfirmButton } from "#components/forms/confirm-button.tsx";
import { provisioningText } from "#components/provisioning/text.ts";
import { SERVICE_ROTATION } from "#components/tokens/expiry-choice.ts";
import { TokenStatus } from "#components/tokens/token-cells.tsx";
import { TokenActions, TokenTable } from "#components/tokens/token-table.tsx";
import { StatusDot } from "#components/ui/badge.tsx";
import { Section } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { NewLink } from "#components/ui/new-link.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { ScimToken } from "#domain/access/scim/schema.ts";
import { endScimTokenOverlap, revokeScimToken, rotateScimToken } from "./actions.ts";

const { tokens: text } = provisioningText;

interface ScimTokenTableProps {
  tokens: ScimToken[];
  providers: readonly { id: string; name: string }[];
  nowMs: number;
}

/** The SCIM tokens, revoked ones too. */
export function ScimTokenTable({ tokens, providers, nowMs }: ScimTokenTableProps) {
  const nameOf = (id: string) => providers.find((provider) => provider.id === id)?.name ?? id;
  return (
    <Section title={text.title}>
      <TokenTable
        label={text.title}
        tokens={tokens}
        headings={text.columns}
        empty={
          <EmptyState title={text.empty.title} action={<NewLink>{provisioningText.new}</NewLink>}>
            {text.empty.body}
          </EmptyState>
        }
        columns={[
          {
            label: text.columns.manages,
            value: ({ provider, managesAdmins }) => (
              <>
                {provider === null ? text.anyProvider : nameOf(provider)}
                {managesAdmins && <span className="block text-sm text-muted">{text.managesAdmins}</span>}
              </>
            ),
          },
          { label: text.columns.status, value: (token) => <Status token={token} nowMs={nowMs} /> },
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
        ]}
        actions={(token) =>
          token.revokedAt ? null : (
            <TokenActions
              token={token}
              form="scim-token-rotation"
              noun={provisioningText.noun}
              expiry={SERVICE_ROTATION}
              variable="SCIM_TOKEN"
              rotate={rotateScimToken.bind(null, token.id)}
              endOverlap={endScimTokenOverlap.bind(null, { scimTokenId: token.id })}
            >
              <RevokeButton token={token} />
            </TokenActions>
          )
        }
      />
    </Section>
  );
}

function Status({ token, nowMs }: { token: ScimToken; nowMs: number }) {
  if (token.revokedAt === null && token.providerChanged)
    return (
      <>
        <StatusDot tone="bad">{text.providerChanged}</StatusDot>
        <span className="block text-sm text-muted">{text.providerChangedHint}</span>
      </>
    );
  return <TokenStatus token={token} nowMs={nowMs} />;
}

function RevokeButton({ token: { id, name } }: { token: ScimToken }) {
  return (
    <ConfirmButton
      variant="ghost"
      size="sm"
      label={text.revoke.label}
      about={text.revoke.about(name)}
      title={text.revoke.title(name)}
      confirm={text.revoke.confirm}
      action={revokeScimToken.bind(null, { scimTokenId: id })}
    >
      <p>{text.revoke.effect}</p>
    </ConfirmButton>
  );
}
