"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { Rotation } from "#domain/keys/rotation/schema.ts";
import type { Key } from "#domain/keys/schema.ts";
import type { NewSecret, SecretActions } from "../keys/actions.ts";
import { Button } from "../ui/button.tsx";
import { lazyInBrowser } from "../ui/lazy.tsx";
import { preloadOn } from "../ui/preload.ts";
import { useDialogParam } from "../ui/use-url-state.ts";
import { rotationText } from "./text.ts";

const text = rotationText.replace;

const loadSecret = () => import("./replaced-secret.tsx");
const ReplacedSecret = lazyInBrowser(() => loadSecret().then((module) => module.ReplacedSecret));
// Load the secret's dialog together with the forms: once the secret exists, that dialog must not be missing.
const loadRotate = () => Promise.all([import("./rotate-form.tsx"), loadSecret()]);
const RotateForm = lazyInBrowser(() => loadRotate().then(([module]) => module.RotateForm));
const loadLeaked = () => Promise.all([import("./leaked-form.tsx"), loadSecret()]);
const LeakedForm = lazyInBrowser(() => loadLeaked().then(([module]) => module.LeakedForm));

interface ReplaceSecretProps {
  subject: Key;
  /** Null when there is no overlap. */
  rotation: Rotation | null;
  portalUrl: string;
  actions: SecretActions;
}

/** Creates a new secret and shows it. The secret exists only here until its dialog closes; then the page refreshes. */
export function ReplaceSecret({ subject, rotation, portalUrl, actions }: ReplaceSecretProps) {
  const router = useRouter();
  const { open, show, hide: close } = useDialogParam(["rotate", "leaked"]);
  const [created, setCreated] = useState<NewSecret | null>(null);
  const disabledReason = rotationDisabledReason(subject);
  const dialog = open === "rotate" && disabledReason !== null ? null : open;
  const onRotated = (result: NewSecret) => {
    close();
    setCreated(result);
  };
  return (
    <>
      <RotateButton disabledReason={disabledReason} onClick={() => show("rotate")} />
      <Button
        {...preloadOn(loadLeaked)}
        variant="danger"
        aria-haspopup="dialog"
        onClick={() => show("leaked")}
      >
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
        <ReplacedSecret
          subject={subject}
          created={created}
          portalUrl={portalUrl}
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
      <Button {...preloadOn(loadRotate)} variant="primary" aria-haspopup="dialog" onClick={onClick}>
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
