"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { Rotation } from "#domain/keys/rotation/schema.ts";
import type { Key, KeyWithSecret } from "#domain/keys/schema.ts";
import type { SecretActions } from "../keys/actions.ts";
import type { KeyApi } from "../keys/new-key-form.tsx";
import { keySnippets } from "../keys/snippets.ts";
import { Button } from "../ui/button.tsx";
import { DateTime } from "../ui/time.tsx";
import { PropagationStatus } from "./propagation-status.tsx";
import { rotationText } from "./text.ts";

const text = rotationText.replace;

const loadSecretOnce = () => import("../secret/secret-once.tsx");
const SecretOnce = dynamic(() => loadSecretOnce().then((module) => module.SecretOnce), { ssr: false });
// Load the secret's dialog together with the forms: once the secret exists, that dialog must not be missing.
const RotateForm = dynamic(
  () => Promise.all([import("./rotate-form.tsx"), loadSecretOnce()]).then(([module]) => module.RotateForm),
  { ssr: false },
);
const LeakedForm = dynamic(
  () => Promise.all([import("./leaked-form.tsx"), loadSecretOnce()]).then(([module]) => module.LeakedForm),
  { ssr: false },
);

interface ReplaceSecretProps {
  subject: Key;
  /** Null when there is no overlap. */
  rotation: Rotation | null;
  apis: KeyApi[];
  portalUrl: string;
  actions: SecretActions;
}

/** Creates a new secret and shows it. The secret exists only here until its dialog closes; then the page refreshes. */
export function ReplaceSecret({ subject, rotation, apis, portalUrl, actions }: ReplaceSecretProps) {
  const router = useRouter();
  const [dialog, setDialog] = useState<"rotate" | "leaked" | null>(null);
  const [created, setCreated] = useState<KeyWithSecret | null>(null);
  const close = () => setDialog(null);
  const onRotated = (result: KeyWithSecret) => {
    close();
    setCreated(result);
  };
  const allowed = subject.restrictions.apis.map((entry) => entry.api);
  return (
    <>
      <RotateButton disabledReason={rotationDisabledReason(subject)} onClick={() => setDialog("rotate")} />
      <Button variant="danger" aria-haspopup="dialog" onClick={() => setDialog("leaked")}>
        {text.leaked}
      </Button>
      {dialog === "rotate" ? (
        <RotateForm
          subject={subject}
          rotation={rotation}
          actions={actions}
          onRotated={onRotated}
          onClose={close}
        />
      ) : null}
      {dialog === "leaked" ? (
        <LeakedForm
          subject={subject}
          actions={actions}
          onRotated={onRotated}
          onClose={close}
          onRevoked={() => {
            close();
            router.refresh();
          }}
        />
      ) : null}
      {created ? (
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
          onDone={() => {
            setCreated(null);
            router.refresh();
          }}
        />
      ) : null}
    </>
  );
}

interface RotateButtonProps {
  /** Why the key can't be rotated now; null when it can. */
  disabledReason: string | null;
  onClick: () => void;
}

function RotateButton({ disabledReason, onClick }: RotateButtonProps) {
  if (disabledReason === null) {
    return (
      <Button variant="primary" aria-haspopup="dialog" onClick={onClick}>
        {text.rotate}
      </Button>
    );
  }
  return (
    <span data-tip={disabledReason} className="relative">
      <Button disabled aria-label={text.notPossible(disabledReason)}>
        {text.rotate}
      </Button>
    </span>
  );
}

/** A new secret of a key that an administrator disabled would not work either. */
function rotationDisabledReason({ status, endedBy }: Pick<Key, "status" | "endedBy">): string | null {
  return status === "disabled" && endedBy === "admin" ? text.disabledByAdmin : null;
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
