"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import type { Rotation } from "#domain/keys/rotation/types.ts";
import type { Key } from "#domain/keys/types.ts";
import type { KeyApi } from "../keys/new-key-form.tsx";
import { Card, Section } from "../ui/card.tsx";
import type { SecretActions } from "./actions.ts";
import { ReplaceSecret } from "./replace-secret.tsx";
import { RotationPanel } from "./rotation-panel.tsx";
import { SecretTable } from "./secret-table.tsx";

interface SecretsPanelProps {
  subject: Key;
  /** Null when no overlap runs. */
  rotation: Rotation | null;
  apis: KeyApi[];
  portalUrl: string;
  /** Null for those who may only look, and for a revoked key. */
  actions: SecretActions | null;
}

/** The secrets of a key: which work, how to replace one, and what an overlap is waiting for. */
export function SecretsPanel({ subject, rotation, apis, portalUrl, actions }: SecretsPanelProps) {
  const [client] = useState(() => new QueryClient());
  return (
    <QueryClientProvider client={client}>
      <Section
        title="Secrets"
        description="A secret is shown once, when it is made. What is kept is its fingerprint and this hint."
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
