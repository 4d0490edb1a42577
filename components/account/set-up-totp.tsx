"use client";

import { useState } from "react";
import type { TotpSetup } from "#domain/access/accounts/factors/manage.ts";
import type { ActionResult } from "#domain/errors.ts";
import { ConfirmButton } from "../forms/confirm-button.tsx";
import { lazyInBrowser } from "../ui/lazy.tsx";
import { factorText } from "./factor-text.ts";
import { RecoveryCodesDialog, withCodesDialog } from "./recovery-codes-loader.ts";

const { setUp: text } = factorText.secondFactor;

const TotpDialog = lazyInBrowser(() => import("./totp-dialog.tsx").then((module) => module.TotpDialog));

export interface SetUpTotpActions {
  start: () => Promise<ActionResult<TotpSetup>>;
  confirm: (input: { code: string }) => Promise<ActionResult<{ recoveryCodes: string[] | null }>>;
}

/** The button that sets up an authenticator app. `onDone`: the recovery codes, if there are any, are stored too. */
export function SetUpTotp({ actions, onDone }: { actions: SetUpTotpActions; onDone: () => void }) {
  const [setup, setSetup] = useState<TotpSetup | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  return (
    <>
      <ConfirmButton
        label={text.label}
        title={text.title}
        confirm={text.confirm}
        harmless
        action={actions.start}
        onDone={setSetup}
      >
        <p>{text.effect}</p>
      </ConfirmButton>
      {setup === null ? null : (
        <TotpDialog
          setup={setup}
          confirm={(input) => withCodesDialog(() => actions.confirm(input))}
          onClose={() => setSetup(null)}
          onDone={({ recoveryCodes }) => {
            setSetup(null);
            if (recoveryCodes === null) onDone();
            else setCodes(recoveryCodes);
          }}
        />
      )}
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
