import type { Rotation } from "#domain/keys/rotation/schema.ts";
import type { Key } from "#domain/keys/schema.ts";
import type { SecretActions } from "../keys/actions.ts";
import { ReplaceSecret, RotationPanel } from "../keys/key-tabs.tsx";
import type { KeyApi } from "../keys/new-key-form.tsx";
import { StatusDot } from "../ui/badge.tsx";
import { Section } from "../ui/card.tsx";
import { DataTable } from "../ui/data-table.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { rotationText } from "./text.ts";

const text = rotationText.secrets;

interface SecretsPanelProps {
  subject: Key;
  /** Null when there is no overlap. */
  rotation: Rotation | null;
  /** The enabled APIs of the project. */
  apis: KeyApi[];
  portalUrl: string;
  /** Null for viewers and for a revoked key. */
  actions: SecretActions | null;
}

/** The secrets of a key, the buttons that replace them, and the rotation in progress. */
export function SecretsPanel({ subject, rotation, apis, portalUrl, actions }: SecretsPanelProps) {
  return (
    <Section
      title={text.title}
      description={text.description}
      actions={
        actions ? (
          <ReplaceSecret subject={subject} rotation={rotation} portalUrl={portalUrl} actions={actions} />
        ) : null
      }
    >
      {rotation ? <RotationPanel subject={subject} initial={rotation} apis={apis} actions={actions} /> : null}
      <SecretTable subject={subject} />
    </Section>
  );
}

/** The secrets that work: the current one, and an old one during an overlap. */
function SecretTable({ subject }: { subject: Key }) {
  return (
    <DataTable
      label={text.table}
      rows={subject.secrets}
      rowKey={({ id }) => id}
      columns={[
        {
          label: text.columns.hint,
          className: "font-mono text-sm whitespace-nowrap",
          value: ({ hint }) => hint,
        },
        {
          label: text.columns.status,
          value: ({ lapsesAt }) => (
            <SecretStatus lapsesAt={lapsesAt} isKeyActive={subject.status === "active"} />
          ),
        },
        {
          label: text.columns.created,
          className: "text-sm",
          value: ({ createdAt }) => <RelativeTime at={createdAt} />,
        },
        {
          label: text.columns.lastUsed,
          className: "text-sm",
          value: ({ lastUsedAt }) =>
            lastUsedAt ? <RelativeTime at={lastUsedAt} /> : <span className="text-muted">{text.never}</span>,
        },
      ]}
    />
  );
}

function SecretStatus({ lapsesAt, isKeyActive }: { lapsesAt: string | null; isKeyActive: boolean }) {
  if (lapsesAt === null) return <StatusDot tone={isKeyActive ? "good" : "inert"}>{text.current}</StatusDot>;
  const near = (
    <>
      {text.lapses} <RelativeTime at={lapsesAt} />
    </>
  );
  return (
    <StatusDot tone="attention" near={near}>
      {text.older}
    </StatusDot>
  );
}
