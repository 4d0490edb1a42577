"use client";

import type { Key, KeyWithSecret } from "#domain/keys/schema.ts";
import type { KeyApi } from "../keys/new-key-form.tsx";
import { keySnippets } from "../keys/snippets.ts";
import { SecretOnce } from "../secret/secret-once.tsx";
import { DateTime } from "../ui/time.tsx";
import { PropagationStatus } from "./propagation-status.tsx";
import { rotationText } from "./text.ts";

const text = rotationText.replace;

interface ReplacedSecretProps {
  subject: Key;
  created: KeyWithSecret;
  apis: KeyApi[];
  portalUrl: string;
  onDone: () => void;
}

/** Shows the new secret once, and what becomes of the old one. */
export function ReplacedSecret({ subject, created, apis, portalUrl, onDone }: ReplacedSecretProps) {
  const allowed = subject.restrictions.apis.map((entry) => entry.api);
  return (
    <SecretOnce
      secret={created.secret}
      noun="secret"
      title={text.store(subject.name)}
      consequence={text.discarded}
      note={
        created.key.secrets.length === 1 ? (
          <PropagationStatus projectId={subject.projectId} what={text.oldSecret} />
        ) : (
          <OlderSecretEnd secrets={created.key.secrets} />
        )
      }
      snippets={keySnippets({
        secret: created.secret,
        keyName: subject.name,
        portalUrl,
        apis: allowed.length > 0 ? apis.filter((api) => allowed.includes(api.slug)) : apis,
      })}
      onDone={onDone}
    />
  );
}

/** How long the older secret works, as chosen in the attempt that was carried out. */
function OlderSecretEnd({ secrets }: Pick<Key, "secrets">) {
  const older = secrets.find(({ lapsesAt }) => lapsesAt !== null);
  if (!older?.lapsesAt) return null;
  return (
    <p className="text-sm text-muted">
      {text.olderSecret} <code className="font-mono">{older.hint}</code> {text.worksUntil}{" "}
      <DateTime at={older.lapsesAt} />.
    </p>
  );
}
