"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button, type ButtonVariant } from "../ui/button.tsx";
import { lazyInBrowser } from "../ui/lazy.tsx";
import { factorText } from "./factor-text.ts";
import { usePasskeySupport } from "./passkey-browser.ts";
import type { AddPasskeyActions } from "./passkey-dialog.tsx";
import { RecoveryCodesDialog } from "./recovery-codes-loader.ts";

const { passkeys: text } = factorText;

const PasskeyDialog = lazyInBrowser(() =>
  import("./passkey-dialog.tsx").then((module) => module.PasskeyDialog),
);

interface AddPasskeyProps {
  actions: AddPasskeyActions;
  variant?: ButtonVariant;
  /** Called when the passkey is added and its recovery codes, if there are any, are stored. Default: shows the new list. */
  onDone?: () => void;
}

/** The button that adds a passkey, or a note if the browser can't. */
export function AddPasskey({ actions, variant, onDone }: AddPasskeyProps) {
  const router = useRouter();
  const finish = onDone ?? (() => router.refresh());
  const supported = usePasskeySupport();
  const [asking, setAsking] = useState(false);
  const [codes, setCodes] = useState<string[] | null>(null);
  if (!supported) return <p className="text-sm text-muted">{text.unsupported}</p>;
  return (
    <>
      <Button variant={variant} aria-haspopup="dialog" onClick={() => setAsking(true)}>
        {text.add}
      </Button>
      {asking ? (
        <PasskeyDialog
          actions={actions}
          onClose={() => setAsking(false)}
          onDone={({ recoveryCodes }) => {
            setAsking(false);
            if (recoveryCodes === null) finish();
            else setCodes(recoveryCodes);
          }}
        />
      ) : null}
      {codes === null ? null : (
        <RecoveryCodesDialog
          codes={codes}
          onClose={() => {
            setCodes(null);
            finish();
          }}
        />
      )}
    </>
  );
}
