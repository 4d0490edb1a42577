"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { Rotation } from "#domain/keys/rotation/types.ts";
import type { Key, KeyWithSecret } from "#domain/keys/types.ts";
import type { KeyApi } from "../keys/new-key-form.tsx";
import { keySnippets } from "../keys/snippets.ts";
import { Button } from "../ui/button.tsx";
import { DateTime } from "../ui/time.tsx";
import type { SecretActions } from "./actions.ts";
import { ReachLine } from "./reach-line.tsx";

const dialogs = () => import("./rotation-dialogs.ts");
const RotateForm = dynamic(() => dialogs().then((module) => module.RotateForm), { ssr: false });
const LeakedForm = dynamic(() => dialogs().then((module) => module.LeakedForm), { ssr: false });
const SecretOnce = dynamic(() => dialogs().then((module) => module.SecretOnce), { ssr: false });

interface ReplaceSecretProps {
  subject: Key;
  /** Null when no overlap runs. */
  rotation: Rotation | null;
  apis: KeyApi[];
  portalUrl: string;
  actions: SecretActions;
}

/** The ways to a new secret, and the secret itself: it lives here until it is stored, then the page is read anew. */
export function ReplaceSecret({ subject, rotation, apis, portalUrl, actions }: ReplaceSecretProps) {
  const router = useRouter();
  const [asking, setAsking] = useState<"rotate" | "leaked" | null>(null);
  const [made, setMade] = useState<KeyWithSecret | null>(null);
  const close = () => setAsking(null);
  const rotated = (result: KeyWithSecret) => {
    close();
    setMade(result);
  };
  const allowed = subject.restrictions.apis.map((entry) => entry.api);
  return (
    <>
      <RotateButton why={whyNotRotate(subject)} onClick={() => setAsking("rotate")} />
      <Button variant="danger" aria-haspopup="dialog" onClick={() => setAsking("leaked")}>
        This key leaked…
      </Button>
      {asking === "rotate" ? (
        <RotateForm
          subject={subject}
          rotation={rotation}
          actions={actions}
          onRotated={rotated}
          onClose={close}
        />
      ) : null}
      {asking === "leaked" ? (
        <LeakedForm
          subject={subject}
          actions={actions}
          onRotated={rotated}
          onClose={close}
          onRevoked={() => {
            close();
            router.refresh();
          }}
        />
      ) : null}
      {made ? (
        <SecretOnce
          secret={made.secret}
          noun="secret"
          title={`Store the new secret of ${subject.name}`}
          consequence="The key stays, and can only be rotated again."
          note={
            made.key.secrets.length === 1 ? (
              <ReachLine projectId={subject.projectId} what="The old secret" />
            ) : (
              <OlderWorks secrets={made.key.secrets} />
            )
          }
          snippets={keySnippets({
            secret: made.secret,
            keyName: subject.name,
            portalUrl,
            apis: allowed.length > 0 ? apis.filter((api) => allowed.includes(api.slug)) : apis,
          })}
          onDone={() => {
            setMade(null);
            router.refresh();
          }}
        />
      ) : null}
    </>
  );
}

/** `why`: why the key can't be rotated now; null where it can. */
function RotateButton({ why, onClick }: { why: string | null; onClick: () => void }) {
  if (why === null) {
    return (
      <Button variant="primary" aria-haspopup="dialog" onClick={onClick}>
        Rotate…
      </Button>
    );
  }
  return (
    <span data-tip={why} className="relative">
      <Button disabled aria-label={`Rotate: ${why}`}>
        Rotate…
      </Button>
    </span>
  );
}

/** A new secret of a key that an administrator disabled would not work either. Null where rotating is useful. */
function whyNotRotate({ status, endedBy }: Pick<Key, "status" | "endedBy">): string | null {
  return status === "disabled" && endedBy === "admin"
    ? "An administrator disabled this key, and a new secret would not enable it."
    : null;
}

/** Until when the older secret works, as it was chosen at the attempt that was carried out. */
function OlderWorks({ secrets }: Pick<Key, "secrets">) {
  const older = secrets.find(({ lapsesAt }) => lapsesAt !== null);
  if (!older?.lapsesAt) return null;
  return (
    <p className="text-sm text-muted">
      The older secret <code className="font-mono">{older.hint}</code> works until{" "}
      <DateTime at={older.lapsesAt} />.
    </p>
  );
}
