"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { Button, type ButtonVariant } from "../ui/button.tsx";
import { usePasskeySupport } from "./passkey-browser.ts";
import type { AddPasskeyActions } from "./passkey-dialog.tsx";
import { RecoveryCodesDialog } from "./recovery-codes-loader.ts";
import { accountText } from "./text.ts";

const { passkeys: text } = accountText;

const PasskeyDialog = dynamic(() => import("./passkey-dialog.tsx").then((module) => module.PasskeyDialog), {
  ssr: false,
});

interface AddPasskeyProps {
  actions: AddPasskeyActions;
  variant?: ButtonVariant;
  /** Called when the passkey is added and its recovery codes, if there are any, are stored. */
  onDone: () => void;
}

/** The button that adds a passkey, or a note if the browser can't. */
export function AddPasskey({ actions, variant, onDone }: AddPasskeyProps) {
  const supported = usePasskeySupport();
  const [asking, setAsking] = useState(false);
  const [codes, setCodes] = useState<string[] | null>(null);
  if (!supported) return <p className="text-sm text-muted">{text.unsupported}</p>;
  return (
    <>
      <Button variant={variant} aria-haspopup="dialog" onClick={() => setAsking(true)}>
        {text.add.label}
      </Button>
      {asking ? (
        <PasskeyDialog
          actions={actions}
          onClose={() => setAsking(false)}
          onDone={({ recoveryCodes }) => {
            setAsking(false);
            if (recoveryCodes === null) onDone();
            else setCodes(recoveryCodes);
          }}
        />
      ) : null}
      {codes === null ? null : (
        <RecoveryCodesDialog
          codes={codes}
          onClose={() => {
            setCodes(null);
            onDone();
          }}
        />
      )}
    </>
  );
}
