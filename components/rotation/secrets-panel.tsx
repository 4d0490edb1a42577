"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import type { Rotation } from "#domain/keys/rotation/schema.ts";
import type { Key } from "#domain/keys/schema.ts";
import type { SecretActions } from "../keys/actions.ts";
import type { KeyApi } from "../keys/new-key-form.tsx";
import { StatusDot } from "../ui/badge.tsx";
import { Card, Section } from "../ui/card.tsx";
import { Table, Td, Th, Thead, Tr } from "../ui/table.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { ReplaceSecret } from "./replace-secret.tsx";
import { RotationPanel } from "./rotation-panel.tsx";
import { rotationText } from "./text.ts";

const text = rotationText.secrets;

interface SecretsPanelProps {
  subject: Key;
  /** Null when there is no overlap. */
  rotation: Rotation | null;
  apis: KeyApi[];
  portalUrl: string;
  /** Null for viewers and for a revoked key. */
  actions: SecretActions | null;
}

/** The secrets of a key, the buttons that replace them, and the rotation in progress. */
export function SecretsPanel({ subject, rotation, apis, portalUrl, actions }: SecretsPanelProps) {
  const [client] = useState(() => new QueryClient());
  return (
    <QueryClientProvider client={client}>
      <Section
        title={text.title}
        description={text.description}
        actions={
          actions ? (
            <ReplaceSecret
              subject={subject}
              rotation={rotation}
              apis={apis}
              portalUrl={portalUrl}
              actions={actions}
            />
          ) : null
        }
      >
        {rotation ? <RotationPanel subject={subject} initial={rotation} actions={actions} /> : null}
        <Card flush>
          <SecretTable subject={subject} />
        </Card>
      </Section>
    </QueryClientProvider>
  );
}

/** The secrets that work: the current one, and an old one during an overlap. */
function SecretTable({ subject }: { subject: Key }) {
  return (
    <Table aria-label={text.table}>
      <Thead>
        <tr>
          <Th>{text.columns.hint}</Th>
          <Th>{text.columns.status}</Th>
          <Th>{text.columns.created}</Th>
          <Th>{text.columns.lastUsed}</Th>
        </tr>
      </Thead>
      <tbody>
        {subject.secrets.map((secret) => (
          <Tr key={secret.id}>
            <Td className="font-mono text-sm whitespace-nowrap">{secret.hint}</Td>
            <Td>
              {secret.lapsesAt ? (
                <StatusDot
                  tone="attention"
                  near={
                    <>
                      {text.lapses} <RelativeTime at={secret.lapsesAt} />
                    </>
                  }
                >
                  {text.older}
                </StatusDot>
              ) : (
                <StatusDot tone={subject.status === "active" ? "good" : "inert"}>{text.current}</StatusDot>
              )}
            </Td>
            <Td className="text-sm">
              <RelativeTime at={secret.createdAt} />
            </Td>
            <Td className="text-sm">
              {secret.lastUsedAt ? (
                <RelativeTime at={secret.lastUsedAt} />
              ) : (
                <span className="text-muted">{text.never}</span>
              )}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
