"use client";

import type { Key } from "#domain/keys/schema.ts";
import type { NewSecret } from "../keys/actions.ts";
import { keySnippets } from "../keys/snippets.ts";
import { SecretOnce } from "../secret/secret-once.tsx";
import { ReservedLines } from "../ui/reserved-lines.tsx";
import { DateTime } from "../ui/time.tsx";
import { PropagationStatus } from "./propagation-status.tsx";
import { rotationText } from "./text.ts";

const text = rotationText.replace;

interface ReplacedSecretProps {
  subject: Key;
  created: NewSecret;
  portalUrl: string;
  onDone: () => void;
}

/** Shows the new secret once, and how long the old one works. */
export function ReplacedSecret({ subject, created, portalUrl, onDone }: ReplacedSecretProps) {
  return (
    <SecretOnce
      secret={created.secret}
      noun="secret"
      title={text.store(subject.name)}
      consequence={text.discarded}
      note={
        created.key.secrets.length === 1 ? (
          <ReservedLines>
            <PropagationStatus projectId={subject.projectId} what={text.oldSecret} />
          </ReservedLines>
        ) : (
          <OlderSecretEnd secrets={created.key.secrets} />
        )
      }
      snippets={keySnippets({
        secret: created.secret,
        keyName: subject.name,
        portalUrl,
        calls: created.calls ?? [],
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
